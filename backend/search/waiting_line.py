"""A line in front of what only few may do at a time, served by turns of those who ask. Pure: threads only.

Those who wait are served one of each asker, then the next of each: nobody who asks much keeps others waiting.
"""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from time import monotonic

from core.errors import TooManyRequests, TryAgain

FIRST_GUESS_S = 0.5  # what one turn takes, until some were seen


class WaitingLine:
    """Lets `places` in at a time; `most_waiting` wait, `most_of_one` of each asker, for `patience_s`."""

    def __init__(
        self,
        *,
        places: int,
        most_waiting: int,
        most_of_one: int,
        patience_s: float,
        now: Callable[[], float] = monotonic,
    ) -> None:
        self._places, self._free = places, places
        self._most_waiting, self._most_of_one, self._patience_s = most_waiting, most_of_one, patience_s
        self._now = now
        self._took_s = FIRST_GUESS_S
        self._lock = threading.Lock()
        # Who is next stands first; each asker's own stand in the order of their arrival.
        self._lines: OrderedDict[str, deque[threading.Event]] = OrderedDict()

    @property
    def waiting(self) -> int:
        return sum(map(len, self._lines.values()))

    @property
    def running(self) -> int:
        return self._places - self._free

    @contextmanager
    def turn(self, asker: str) -> Iterator[None]:
        """Inside, it is the asker's turn. Raises TryAgain or TooManyRequests where there is no room."""
        self._enter(asker)
        started = self._now()
        try:
            yield
        finally:
            self._leave(self._now() - started)

    def _enter(self, asker: str) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            self._check_room(asker)
            mine = threading.Event()
            self._lines.setdefault(asker, deque()).append(mine)
        if not mine.wait(self._patience_s):
            self._give_up(asker, mine)

    def _check_room(self, asker: str) -> None:
        if len(self._lines.get(asker, ())) >= self._most_of_one:
            text = "Several of your searches are waiting already. Try again when they are answered."
            raise TooManyRequests("search_waiting", text, retry_after=self._wait_s())
        if self.waiting >= self._most_waiting:
            raise self._busy()

    def _give_up(self, asker: str, mine: threading.Event) -> None:
        with self._lock:
            if mine.is_set():
                return  # its turn came in the last moment
            line = self._lines[asker]
            line.remove(mine)
            if not line:
                del self._lines[asker]
            raise self._busy()

    def _leave(self, took_s: float) -> None:
        with self._lock:
            self._took_s += 0.2 * (took_s - self._took_s)
            if not self._lines:
                self._free += 1
                return
            asker, line = self._lines.popitem(last=False)
            line.popleft().set()  # the place is handed on
            if line:
                self._lines[asker] = line

    def _wait_s(self) -> float:
        """Until those who stand here now have been served."""
        return float(ceil(max(1.0, (self.waiting + 1) * self._took_s / self._places)))

    def _busy(self) -> TryAgain:
        text = "Many people are searching right now. Try again in a few seconds."
        return TryAgain("search_busy", text, retry_after=self._wait_s())
