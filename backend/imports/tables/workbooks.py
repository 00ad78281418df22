"""XLSX: the sheets of a workbook, with dates, numbers and computed cells as the sheet shows them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import chain, islice, repeat, zip_longest
from typing import Any, BinaryIO

from openpyxl import load_workbook

from core.errors import UserError
from core.sentences import say
from imports.cells import clean_cell
from imports.columns import header_place
from imports.issues import Issue, Source, make_issue
from imports.tables.encodings import UTF8
from imports.tables.inspecting import inspect_cells
from imports.tables.rows import Reading, TableRow
from imports.tables.titles import HEADER_WITHIN, issues_above
from imports.tables.workbook_parts import BROKEN, has_formulas, refuse_bombs, row_count, unreadable

LAST_ROW = 1_048_576  # of XLSX; a file may say that its next row is the billionth


def sniff(file: BinaryIO, wanted: Reading) -> Reading:
    """The sheets and the one to read: the wanted one, else the first that has rows, of those shown if any."""
    with _Workbook(file, computed=True) as book:
        sheets = tuple(book)
        if wanted.sheet and wanted.sheet not in sheets:
            message = say(
                "sheet_missing",
                f"The workbook has no sheet {wanted.sheet!r}. It has {', '.join(sheets)}.",
                sheet=wanted.sheet,
                sheets=", ".join(sheets),
            )
            raise UserError("sheet_missing", message)
        rows = {name: row_count(book[name]) for name in sheets}
        shown_first = sorted(sheets, key=lambda name: book[name].sheet_state != "visible")
        sheet = wanted.sheet or next((name for name in shown_first if rows[name] > 1), shown_first[0])
        return replace(
            wanted, encoding="", delimiter="", sheet=sheet, sheets=sheets, rows=max(0, rows[sheet] - 1)
        )


class _Workbook:
    """An open workbook: its sheets by name. `computed` asks for values and not for formulas."""

    def __init__(self, file: BinaryIO, *, computed: bool) -> None:
        refuse_bombs(file)
        file.seek(0)
        try:
            self._book = load_workbook(file, read_only=True, data_only=computed, keep_links=False)
        except BROKEN as error:
            raise unreadable() from error

    def __enter__(self) -> Mapping[str, Any]:
        sheets = {sheet.title: sheet for sheet in self._book.worksheets}
        if not sheets:
            raise UserError("no_sheet", "The workbook has no sheet with a table.")
        return sheets

    def __exit__(self, *_: object) -> None:
        self._book.close()


class WorkbookTable:
    """An open sheet: see `rows.OpenTable`."""

    def __init__(self, file: BinaryIO, name: str, reading: Reading) -> None:
        self.reading, self._name, self._file = reading, name, file
        self._rows: Iterator[tuple[int, list[str]]] = self._numbered_rows()
        start = list(islice(self._rows, HEADER_WITHIN))
        place = header_place([row for _, row in start])
        self.header = [clean_cell(text) for text in _trimmed(start[place][1])] if start else []
        self.header_row = place + 1
        self.above = issues_above(name, [cells for _, cells in start[:place]])
        self._rows = chain(start[place + 1 :], self._rows)

    def __iter__(self) -> Iterator[TableRow]:
        for number, raw in self._rows:
            cells = _trimmed(raw)
            if any(cell and not cell.isspace() for cell in cells):
                yield self._row(number, cells)

    def _row(self, number: int, cells: list[str]) -> TableRow:
        source = Source(self._name, number)
        uncomputed = [place for place, cell in enumerate(cells) if isinstance(cell, _Uncomputed)]
        cells, issues = inspect_cells(cells, self.header, source, UTF8)
        issues += [self._formula(source, cells[place], place) for place in uncomputed]
        width = len(self.header)
        if surplus := [cell for cell in cells[width:] if cell.strip()]:
            reason = say(
                "surplus_cells_unread",
                f"{len(cells)} cells under {width} columns; the last ones have no heading and are not read",
                cells=len(cells),
                columns=width,
            )
            accepted = say("accepted.cells", f"{width} cells", count=width)
            issues.append(
                make_issue(source, "surplus_cells", reason, value=" | ".join(surplus), accepted=accepted)
            )
        return TableRow(number, cells, issues)

    def _formula(self, source: Source, text: str, place: int) -> Issue:
        column = self.header[place] if place < len(self.header) else ""
        reason = say(
            "formula_not_computed",
            "a formula of which the file has no value; open it in a spreadsheet program and save it again",
        )
        accepted = "the value that the formula gives"
        return make_issue(source, "formula", reason, column=column, value=text, accepted=accepted)

    def _numbered_rows(self) -> Iterator[tuple[int, list[str]]]:
        try:
            with _Workbook(self._file, computed=True) as values:
                sheet = _whole(values[self.reading.sheet])
                formulas = self._formula_rows() if has_formulas(sheet) else repeat(())
                for number, (row, sources) in enumerate(
                    zip(sheet.iter_rows(), formulas, strict=False), start=1
                ):
                    if number > LAST_ROW:
                        raise unreadable()
                    pairs = zip_longest(row, sources[: len(row)])
                    yield number, [_text_of(cell, source) for cell, source in pairs]
        except BROKEN as error:
            raise unreadable() from error

    def _formula_rows(self) -> Iterator[Sequence[Any]]:
        """The same sheet once more: a cell gives either its value or its formula."""
        with _Workbook(self._file, computed=False) as formulas:
            yield from _whole(formulas[self.reading.sheet]).iter_rows()


def _whole(sheet: Any) -> Any:
    """To be read to its end: some programs write that their sheets have a single cell."""
    sheet.reset_dimensions()
    return sheet


class _Uncomputed(str):
    """A formula without a value."""

    __slots__ = ()


def _text_of(cell: Any, source: Any) -> str:
    value = cell.value
    if value is None:
        formula = source.value if source is not None else None
        return _Uncomputed(formula) if isinstance(formula, str) and formula.startswith("=") else ""
    if isinstance(value, str):
        return value
    return _written(value, str(cell.number_format or ""))


def _written(value: object, number_format: str) -> str:
    """A number or date as the sheet shows it, or without rounding where it shows less."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return (
            _day(value.date(), number_format) if value.time() == time() else value.isoformat(" ", "seconds")
        )
    return _day(value, number_format) if isinstance(value, date) else str(value)


def _number(value: float, number_format: str) -> str:
    whole = isinstance(value, int) or (value.is_integer() and abs(value) < 1e16)
    text = str(int(value)) if whole else format(value, ".15g")
    if number_format and not number_format.strip("0"):
        return text.zfill(len(number_format))  # "00000": leading zeros of an inventory number
    return text


def _day(day: date, number_format: str) -> str:
    """ISO 8601; of a format that shows only years, the year."""
    shown = number_format.lower().split(";")[0]
    return f"{day.year:04d}" if "y" in shown and "m" not in shown and "d" not in shown else day.isoformat()


def _trimmed(cells: list[str]) -> list[str]:
    last = next((place for place in range(len(cells), 0, -1) if cells[place - 1]), 0)
    return cells[:last]
