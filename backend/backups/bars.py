"""Progress in a terminal; nothing where nobody looks, as under cron."""

from types import TracebackType
from typing import TextIO

from tqdm import tqdm


class Bars:
    """One bar for each step, one after the other."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._bar: tqdm[None] | None = None
        self._step = ""

    def __enter__(self) -> "Bars":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def show(self, step: str, done: int, total: int) -> None:
        """`total` is 0 where it is not known."""
        if self._bar is None or step != self._step:
            self._close()
            # (`disable=None`: only on a terminal.)
            self._bar = tqdm(desc=step, total=total or None, unit_scale=True, file=self._stream, disable=None)
            self._step = step
        self._bar.update(done - self._bar.n)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
