"""Progress in a terminal."""

from types import TracebackType
from typing import TextIO

from tqdm import tqdm


class Bars:
    """One bar for each step, one after the other.

    Args:
        only_on_terminal: nothing is drawn where nobody looks, as under cron.
        short: large numbers are written as 1.2k and 3.4M.
    """

    def __init__(self, stream: TextIO, *, only_on_terminal: bool = False, short: bool = False) -> None:
        self._stream, self._short = stream, short
        self._disable = None if only_on_terminal else False
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
            self._bar = tqdm(
                desc=step,
                total=total or None,
                unit_scale=self._short,
                file=self._stream,
                disable=self._disable,
            )
            self._step = step
        self._bar.total = total or None
        self._bar.update(done - self._bar.n)

    def show_work(self, done: int, total: int, step: str) -> None:
        """The same for work that knows how much it is; nothing to do needs no bar."""
        if total:
            self.show(step, done, total)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
