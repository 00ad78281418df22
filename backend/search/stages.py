"""How long each stage of a search took."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

STAGES = ("decode", "features", "knn", "verify", "metadata")


class StageClock:
    """Milliseconds by stage; a stage that was not needed stays at 0."""

    def __init__(self) -> None:
        self.timings_ms: dict[str, float] = dict.fromkeys(STAGES, 0.0)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to a stage."""
        start = perf_counter()
        try:
            yield
        finally:
            self.timings_ms[name] = round(self.timings_ms[name] + 1000 * (perf_counter() - start), 2)
