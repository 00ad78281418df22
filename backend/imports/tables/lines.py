"""The lines of a CSV file -> the cells of its rows, also where a quotation mark has no partner.

A reader of CSV that meets an opening quotation mark without a closing one takes all up to the next mark,
often hundreds of rows, for one cell. So each row is taken by itself: a cell of several lines is believed only
when what comes of it is a whole row; else the mark is called stray, and the next row is a row again.
"""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.errors import UserError
from core.sentences import say

LONGEST_LINE = 20_000_000  # characters
MOST_LINES = 500  # of one cell
_MENDED_LINES = 5  # of one row with a stray mark
_LONGEST_CELL = 2_000_000  # characters of a cell of several lines

csv.field_size_limit(2**31 - 1)


@dataclass(frozen=True)
class CellsOfRow:
    """`stray` is the place of the cell with a quotation mark that has no partner, None where all is well."""

    cells: list[str]
    stray: int | None = None


class RowSplitter:
    """Takes lines from `read_line` ("" at the end) and gives the rows; whole ones have `width` cells."""

    def __init__(self, read_line: Callable[[int], str], delimiter: str) -> None:
        self._read_line, self._delimiter = read_line, delimiter
        self._ahead: deque[str] = deque()
        self.width = 0  # unknown before the header
        mark = re.escape(delimiter)
        self._lone_marks = re.compile(rf'(?<=[^{mark}])"(?=[^{mark}])')

    def __iter__(self) -> Iterator[CellsOfRow]:
        while line := self._next_line():
            if '"' in line:
                yield self._quoted(line)
            else:
                yield CellsOfRow(line.rstrip("\r\n").split(self._delimiter))

    def _next_line(self) -> str:
        if self._ahead:
            return self._ahead.popleft()
        line = self._read_line(LONGEST_LINE)
        if len(line) == LONGEST_LINE:
            message = say(
                "line_too_long",
                f"The table has a line of more than {LONGEST_LINE:,} characters. Is it a CSV file?",
                limit=LONGEST_LINE,
            )
            raise UserError("line_too_long", message)
        return line

    def _quoted(self, line: str) -> CellsOfRow:
        cells = self._parsed(line)
        if cells is not None:
            return CellsOfRow(cells)
        if _may_go_on(line, self._delimiter):
            taken = self._lines_of_cell(line)
            if taken is not None:
                return CellsOfRow(taken)
        alone = self._mended(line)
        if len(alone.cells) >= self.width:
            return alone
        return self._mended_with_next_lines(line) or alone

    def _parsed(self, text: str) -> list[str] | None:
        """The cells of `text` as one row, None when its quotation marks do not fit together."""
        try:
            rows = list(csv.reader((text,), delimiter=self._delimiter, strict=True))
        except csv.Error:
            return None
        return rows[0] if len(rows) == 1 else None

    def _lines_of_cell(self, first: str) -> list[str] | None:
        """The row that begins with `first` and goes on in the next lines; None if none does."""
        lines, length = [first], len(first)
        while len(lines) < MOST_LINES and length < _LONGEST_CELL and (line := self._next_line()):
            lines.append(line)
            length += len(line)
            if '"' in line:
                cells = self._parsed_lines(lines)
                if cells is not None and self._believable(cells, lines):
                    return cells
                if cells is not None or not self._is_open(lines):
                    break
        self._ahead.extendleft(reversed(lines[1:]))
        return None

    def _parsed_lines(self, lines: list[str]) -> list[str] | None:
        try:
            rows = list(csv.reader(lines, delimiter=self._delimiter, strict=True))
        except csv.Error:
            return None
        return rows[0] if len(rows) == 1 else None

    def _is_open(self, lines: list[str]) -> bool:
        """Whether the marks fit as far as they go, and the last one still waits for its partner."""
        closed = [*lines[:-1], lines[-1].rstrip("\r\n") + '"']
        return self._parsed_lines(closed) is not None

    def _believable(self, cells: list[str], lines: list[str]) -> bool:
        """Whether the lines are one row: a whole one; or its first line would be none by itself, either."""
        if self.width < 4:
            return self.width in (0, len(cells))
        if any(len(self._parsed(line) or ()) == self.width for line in lines[1:-1]):
            return False
        return len(cells) == self.width or len(self._mended(lines[0]).cells) != self.width

    def _mended_with_next_lines(self, first: str) -> CellsOfRow | None:
        """A row with a cell of several lines and a stray mark besides; None if it is none."""
        lines = [first]
        while len(lines) < _MENDED_LINES and (line := self._next_line()):
            lines.append(line)
            mended = self._mended("".join(lines))
            if len(mended.cells) == self.width:
                return mended
        self._ahead.extendleft(reversed(lines[1:]))
        return None

    def _mended(self, line: str) -> CellsOfRow:
        """The row in `line` with its stray mark as a part of the text, or without it."""
        text = line.rstrip("\r\n")
        doubled = self._lone_marks.sub('""', text)
        for attempt in (doubled, *_without_one_mark(text)):
            cells = self._parsed(attempt)
            if cells is not None and len(cells) == self.width:
                return CellsOfRow(cells, self._first_stray(text, attempt))
        cells = next(csv.reader((text,), delimiter=self._delimiter))
        return CellsOfRow(
            cells, next((place for place, cell in enumerate(cells) if '"' in cell), len(cells) - 1)
        )

    def _first_stray(self, text: str, mended: str) -> int:
        """The cell in which the two first differ."""
        same = next(
            (at for at, (old, new) in enumerate(zip(text, mended, strict=False)) if old != new), len(mended)
        )
        return len(next(csv.reader((mended[: same + 1],), delimiter=self._delimiter), [""])) - 1


def _may_go_on(line: str, delimiter: str) -> bool:
    """Only a mark at the beginning of a cell opens one."""
    return line.startswith('"') or f'{delimiter}"' in line


def _without_one_mark(text: str) -> Iterator[str]:
    """`text` with each of its (first hundred) quotation marks left out in turn."""
    places = [found.start() for found in re.finditer('"', text)][:100]
    return (text[:place] + text[place + 1 :] for place in places)
