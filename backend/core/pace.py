"""How fast something gets on, over its last moments. Pure but for the clock."""

from collections import deque
from collections.abc import Callable
from time import monotonic

WINDOW_S = 30.0


class Pace:
    """Told of `done` of `total` now and then, says how many were done a second."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._seen: deque[tuple[float, int]] = deque()
        self._total = 0

    def rate(self, done: int, total: int) -> float:
        """Of the last half minute; 0 at the beginning, and when another count begins."""
        if total < self._total or (self._seen and done < self._seen[-1][1]):
            # Another step of the same job counts other things.
            self._seen.clear()
        self._total = total
        self._seen.append((self._now(), done))
        # One from before the window stays, so that slow steps have a rate as well.
        while len(self._seen) > 2 and self._seen[1][0] < self._seen[-1][0] - WINDOW_S:
            self._seen.popleft()
        seconds = self._seen[-1][0] - self._seen[0][0]
        return (done - self._seen[0][1]) / seconds if seconds > 0 else 0.0
