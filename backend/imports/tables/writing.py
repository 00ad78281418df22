"""Rows of text -> a CSV or a workbook, which spreadsheets open as text and Recto reads as it was written."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from core.errors import UserError
from core.sentences import say

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for Windows-1252
LONGEST_CELL_OF_A_SHEET = 32_767  # characters, as Excel has it
_FORMULA = re.compile(r"'*[=+@-]")


def guarded(text: str) -> str:
    """`text`, with an apostrophe before what a spreadsheet would run; `clean_cell` takes it off."""
    return f"'{text}" if _FORMULA.match(text) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def csv_lines(rows: Iterable[Sequence[str]], *, delimiter: str = ",") -> Iterator[str]:
    """The lines of a CSV in UTF-8 with a byte order mark."""
    start = BYTE_ORDER_MARK
    for row in rows:
        line = io.StringIO()
        csv.writer(line, delimiter=delimiter).writerow([guarded(text) for text in row])
        yield start + line.getvalue()
        start = ""


def write_workbook(
    file: IO[bytes], sheets: Mapping[str, Iterable[Sequence[str]]], *, widths: Sequence[int] = ()
) -> None:
    """Write an XLSX; every cell is text, so that no number loses its zeros. First rows stay in view."""
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place, width in enumerate(widths):
            sheet.column_dimensions[chr(ord("A") + place)].width = width
        for row in rows:
            sheet.append([_text_cell(sheet, text) for text in row])
    book.save(file)


def _text_cell(sheet: Any, text: str) -> Any:
    if len(text) > LONGEST_CELL_OF_A_SHEET:
        limit = f"{LONGEST_CELL_OF_A_SHEET:,}"
        message = say(
            "text_too_long_for_workbook",
            f"A text has {len(text):,} characters; a workbook keeps {limit}. Take the CSV.",
            length=len(text),
            limit=LONGEST_CELL_OF_A_SHEET,
        )
        raise UserError("text_too_long_for_workbook", message)
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", guarded(text)))
    cell.data_type, cell.number_format = "s", "@"
    return cell
