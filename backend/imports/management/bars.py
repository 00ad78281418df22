"""Progress bars in a terminal."""

import sys
from types import TracebackType

from tqdm import tqdm


class Bars:
    """One progress bar for each step, one after the other."""

    def __init__(self) -> None:
        self._bar: tqdm[None] | None = None
        self._step = ""

    def __enter__(self) -> "Bars":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, done: int, total: int, step: str) -> None:
        if total == 0:
            return  # nothing to do needs no bar
        if self._bar is None or step != self._step:
            if self._bar is not None:
                self._bar.close()
            self._bar, self._step = tqdm(total=total, desc=step, file=sys.stderr), step
        self._bar.total = total
        self._bar.update(done - self._bar.n)
