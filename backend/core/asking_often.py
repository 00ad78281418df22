"""How often somebody asked for something of late, in this process."""

import threading
from collections import deque
from collections.abc import Callable
from math import ceil
from time import monotonic

MOST_ASKERS = 10_000  # who are remembered; then all of them are forgotten


class LatelyAsked:
    """Lets everybody ask `most` times within so many `seconds`."""

    def __init__(self, *, most: int, seconds: float, now: Callable[[], float] = monotonic) -> None:
        self._most, self._seconds, self._now = most, seconds, now
        self._times: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def note(self, asker: str) -> int:
        """0 when it may be, and it counts; else after how many seconds."""
        now = self._now()
        with self._lock:
            if len(self._times) > MOST_ASKERS:
                self._times.clear()
            times = self._times.setdefault(asker, deque())
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(times) >= self._most:
                return ceil(times[0] + self._seconds - now)
            times.append(now)
            return 0
