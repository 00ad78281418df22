"""How long each stage of a search took.

`features` is the wait for the extractor, in a thread of its own beside `local`, `vote` and the first part of
`verify`: so `total` is less than their sum.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

STAGES = ("decode", "sheet", "features", "local", "vote", "knn", "verify", "metadata", "total")


class StageClock:
    """Milliseconds by stage; a stage that was not needed stays at 0. One thread at a time for each stage."""

    def __init__(self) -> None:
        self._started = perf_counter()
        self.timings_ms: dict[str, float] = dict.fromkeys(STAGES, 0.0)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to a stage."""
        start = perf_counter()
        try:
            yield
        finally:
            self.timings_ms[name] = round(self.timings_ms[name] + 1000 * (perf_counter() - start), 2)

    def stop(self) -> dict[str, float]:
        """The stages, with the time since the clock was made as `total`."""
        self.timings_ms["total"] = round(1000 * (perf_counter() - self._started), 2)
        return self.timings_ms
