"""What every kind of table is read into. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from imports.issues import Issue

MOST_COLUMNS = 500


@dataclass(frozen=True)
class Reading:
    """How a table is read. A workbook has sheets, no encoding or delimiter; `rows` is a count or a guess."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    rows: int = 0


@dataclass(frozen=True)
class TableRow:
    """A row under the header: its number as a spreadsheet counts, its cells as they are, what is wrong."""

    number: int
    cells: Sequence[str]
    issues: Sequence[Issue] = field(default_factory=tuple)


class OpenTable(Protocol):
    """A table that is being read: the header first, then its rows, once.

    `above` is what is to be said of the lines over the header.
    """

    @property
    def reading(self) -> Reading: ...

    @property
    def header(self) -> Sequence[str]: ...

    @property
    def header_row(self) -> int: ...

    @property
    def above(self) -> Sequence[Issue]: ...

    def __iter__(self) -> Iterator[TableRow]: ...
