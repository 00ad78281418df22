"""Progress: bars in a terminal, a line for every quarter of a step where the output goes into a log."""

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
        self._drawn = stream.isatty()
        self._told = not self._drawn and not only_on_terminal
        self._quarter = -1
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
        if self._told:
            self._tell(step, done, total)
        elif self._drawn:
            self._draw(step, done, total)

    def _tell(self, step: str, done: int, total: int) -> None:
        if step != self._step:
            self._step, self._quarter = step, -1
        quarter = done * 4 // total if total else 0
        if quarter != self._quarter:
            share = f"{done * 100 // total}%, {done} of {total}" if total else "begun"
            self._stream.write(f"{step}: {share}\n")
            self._stream.flush()
        self._quarter = quarter

    def _draw(self, step: str, done: int, total: int) -> None:
        if self._bar is None or step != self._step:
            self._close()
            self._bar = tqdm(
                desc=step,
                total=total or None,
                unit_scale=self._short,
                file=self._stream,
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
