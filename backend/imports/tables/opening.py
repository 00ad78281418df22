"""The way into a table file: what kind it is, how it is to be read, and its rows.

>>> with open_table(path, reading=sniff_table(path)) as table:
...     for row in table: ...
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from core.errors import UnsupportedType, UserError
from core.sentences import say
from imports.tables import delimited, workbooks
from imports.tables.encodings import ENCODINGS
from imports.tables.rows import MOST_COLUMNS, OpenTable, Reading

DELIMITERS = delimited.DELIMITERS
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NO_TABLES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"II*\0",
    b"MM\0*",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
)


def sniff_table(path: Path, wanted: Reading | None = None) -> Reading:
    """How to read the table at `path`. What `wanted` says is believed. Raises UserError if it is no table."""
    with path.open("rb") as file:
        return sniff_from(file, wanted)


def sniff_from(file: BinaryIO, wanted: Reading | None = None) -> Reading:
    """The same of an open file."""
    reading: Reading = _kind_of(file).sniff(file, wanted or Reading())
    return reading


@contextmanager
def open_table(path: Path, *, reading: Reading, name: str = "") -> Iterator[OpenTable]:
    """The table at `path`, to be read once from the header on; `name` is the file's, for the issues."""
    with path.open("rb") as file:
        table = read_from(file, reading=reading, name=name or path.name)
        if len(table.header) > MOST_COLUMNS:
            message = say(
                "too_many_columns",
                f"The table has {len(table.header):,} columns; the limit is {MOST_COLUMNS}. Leave some out.",
                columns=len(table.header),
                limit=MOST_COLUMNS,
            )
            raise UserError("too_many_columns", message)
        yield table


def read_from(file: BinaryIO, *, reading: Reading, name: str) -> OpenTable:
    if _kind_of(file) is workbooks:
        return workbooks.WorkbookTable(file, name, reading)
    _check(reading)
    return delimited.DelimitedTable(file, name, reading)


def _check(reading: Reading) -> None:
    if reading.encoding not in ENCODINGS:
        names = ", ".join(ENCODINGS)
        message = f"The encoding {reading.encoding!r} is not one of {names}."
        raise UserError(
            "encoding_unknown",
            say("encoding_unknown", message, encoding=reading.encoding, encodings=names),
        )
    if len(reading.delimiter) != 1 or reading.delimiter in '"\r\n':
        raise UserError("delimiter_unknown", "A delimiter is one sign: a comma, a semicolon or a tab.")


def _kind_of(file: BinaryIO) -> ModuleType:
    """By content: half of all files called .xls are CSV."""
    file.seek(0)
    start = file.read(8)
    if start.startswith(_ZIP):
        return workbooks
    if start.startswith(_OLE):
        message = say(
            "workbook_old_or_locked",
            "This workbook is of an old Excel or has a password. Save it as XLSX or CSV, without one.",
        )
        raise UnsupportedType("table_type", message)
    if start.startswith(_NO_TABLES):
        raise UnsupportedType("table_type", "This is not a table. Send a CSV, TSV or XLSX file.")
    return delimited
