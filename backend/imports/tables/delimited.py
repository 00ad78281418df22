"""CSV and TSV: text between delimiters, in any of the encodings of `encodings`."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import BinaryIO

from core.sentences import say
from imports.cells import clean_cell
from imports.columns import field_named, field_proposed, header_place
from imports.issues import Issue, Source, make_issue
from imports.tables.encodings import ON_ERROR, find_encoding
from imports.tables.inspecting import inspect_cells
from imports.tables.lines import CellsOfRow, RowSplitter
from imports.tables.rows import Reading, TableRow
from imports.tables.titles import HEADER_WITHIN, issues_above

DELIMITERS = (",", ";", "\t")
_SNIFFED = 100_000  # characters of which the delimiter is guessed


def sniff(file: BinaryIO, wanted: Reading) -> Reading:
    """How to read `file`; what `wanted` says already is believed. `rows` counts lines."""
    encoding = wanted.encoding or find_encoding(file)
    delimiter = wanted.delimiter or _find_delimiter(_text(file, encoding).read(_SNIFFED))
    return replace(wanted, encoding=encoding, delimiter=delimiter, rows=max(0, _count_lines(file) - 1))


def _text(file: BinaryIO, encoding: str) -> io.TextIOWrapper:
    file.seek(0)
    errors = "replace" if encoding.startswith("utf-16") else ON_ERROR
    unclosed = io.BufferedReader(_Unclosed(file))  # the wrapper would close the file when it is dropped
    return io.TextIOWrapper(unclosed, encoding, errors=errors, newline="")


class _Unclosed(io.RawIOBase):
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        part = self._file.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def _find_delimiter(text: str) -> str:
    """What Excel's line `sep=;` names, else the delimiter that gives the header most known columns."""
    first = text.partition("\n")[0]
    return _named_delimiter(first) or max(DELIMITERS, key=lambda delimiter: _header_score(text, delimiter))


def _named_delimiter(line: str) -> str:
    """The delimiter in `sep=;`, empty for every other line."""
    bare = line.strip("\r\n ")
    return (bare[4:] or "\t") if bare.lower().startswith("sep=") and len(bare) <= 5 else ""


def _header_score(text: str, delimiter: str) -> tuple[int, int, int]:
    rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), HEADER_WITHIN))
    header = [clean_cell(cell) for cell in rows[header_place(rows)]] if rows else []
    return sum(map(bool, map(field_named, header))), sum(map(bool, map(field_proposed, header))), len(header)


def _count_lines(file: BinaryIO) -> int:
    file.seek(0)
    count, last = 0, b""
    while part := file.read(1 << 20):
        count, last = count + part.count(b"\n"), part
    return count + (bool(last) and not last.rstrip(b"\0").endswith(b"\n"))


def _rows_of(file: BinaryIO, reading: Reading) -> RowSplitter:
    """All rows from the first on, without Excel's line `sep=;`."""
    text = _text(file, reading.encoding)
    if not _named_delimiter(text.readline(100)):
        text = _text(file, reading.encoding)
    return RowSplitter(text.readline, reading.delimiter)


class DelimitedTable:
    """An open CSV: see `rows.OpenTable`."""

    def __init__(self, file: BinaryIO, name: str, reading: Reading) -> None:
        self.reading, self._name = reading, name
        # Twice from the start: how a row with quotation marks is read depends on the width of the header.
        place = header_place([row.cells for row in islice(_rows_of(file, reading), HEADER_WITHIN)])
        self._rows = _rows_of(file, reading)
        self.above = issues_above(name, [row.cells for row in islice(self._rows, place)])
        self.header_row = place + 1
        first = next(iter(self._rows), CellsOfRow([]))
        self.header = [clean_cell(cell) for cell in first.cells]
        self._rows.width = len(self.header)

    def __iter__(self) -> Iterator[TableRow]:
        for number, row in enumerate(self._rows, start=self.header_row + 1):
            if any(cell and not cell.isspace() for cell in row.cells):
                yield self._row(number, row)

    def _row(self, number: int, row: CellsOfRow) -> TableRow:
        source = Source(self._name, number)
        cells, issues = inspect_cells(row.cells, self.header, source, self.reading.encoding)
        if row.stray is not None:
            issues.append(self._stray_mark(source, cells, row.stray))
        if len(cells) != len(self.header):
            issues += self._wrong_count(source, cells)
        return TableRow(number, cells, issues)

    def _stray_mark(self, source: Source, cells: list[str], position: int) -> Issue:
        reason = (
            "a quotation mark without a partner; the row was read as if it were not there or part of the text"
        )
        accepted = 'quotation marks in a text doubled, and the text in quotation marks: "the ""great"" war"'
        column = self.header[position] if position < len(self.header) else ""
        value = cells[position] if position < len(cells) else ""
        return make_issue(source, "stray_quote", reason, column=column, value=value, accepted=accepted)

    def _wrong_count(self, source: Source, cells: list[str]) -> Iterator[Issue]:
        width, shown = len(self.header), {"\t": "tab"}.get(self.reading.delimiter, self.reading.delimiter)
        surplus = [cell for cell in cells[width:] if cell.strip()]
        accepted = say("accepted.cells", f"{width} cells", count=width)
        if surplus:
            reason = say(
                "surplus_cells",
                f"{len(cells)} cells under {width} columns, so values stand under the wrong heading. "
                f"Put a cell that contains {shown!r} in quotes",
                cells=len(cells),
                columns=width,
                delimiter=shown,
            )
            yield make_issue(
                source, "surplus_cells", reason, value=" | ".join(surplus), accepted=accepted, left_out=True
            )
        elif len(cells) < width:
            reason = say(
                "missing_cells",
                f"only {len(cells)} cells under {width} columns; those after {cells[-1]!r} count as empty",
                cells=len(cells),
                columns=width,
                last=cells[-1],
            )
            column = self.header[len(cells)]
            yield make_issue(source, "missing_cells", reason, column=column, accepted=accepted)
