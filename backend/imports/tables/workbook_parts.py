"""The parts of an XLSX file, before a reader takes them in: bombs, what breaks readers, raw XML in pieces."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from openpyxl.utils.exceptions import InvalidFileException

from core.errors import UserError
from core.sentences import say

LARGEST_UNPACKED = (
    2_000_000_000  # bytes of all parts: a workbook of a few kilobytes may say that it has terabytes
)
# Bytes of the texts that all sheets share: a reader holds them in memory, and reads them all before the first
# row, also while somebody waits for the page that shows the columns.
LARGEST_STRINGS = 50_000_000
# Packed, a sheet shrinks to a tenth, a uniform one to a fiftieth; a bomb to a thousandth.
_PACKED_TO, _SMALL = 1 / 200, 50_000_000
BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    IndexError,
    OverflowError,
    RuntimeError,  # a part with a password, or packed in a way that is not known
    ParseError,
    ExpatError,
    zlib.error,
)
_ROW, _FORMULA = re.compile(rb"<(?:\w+:)?row[\s/>]"), re.compile(rb"<(?:\w+:)?f[\s>]")


def unreadable() -> UserError:
    return UserError(
        "workbook_unreadable",
        "The workbook cannot be read. Open it, save it again as XLSX (or as CSV), and send that.",
    )


def refuse_bombs(file: BinaryIO) -> None:
    file.seek(0)
    try:
        parts = zipfile.ZipFile(file).infolist()
    except BROKEN as error:
        raise unreadable() from error
    texts = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    if texts > LARGEST_STRINGS:
        raise _texts_too_large(texts)
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED or any(map(_is_bomb, parts)):
        limit = f"{LARGEST_UNPACKED / 1e9:g} GB"
        message = f"Unpacked the workbook has more than {limit}. Save it as CSV."
        raise UserError(
            "workbook_too_large", say("workbook_too_large", message, gigabytes=LARGEST_UNPACKED / 1e9)
        )


def _texts_too_large(size: int) -> UserError:
    most = LARGEST_STRINGS / 1e6
    message = say(
        "workbook_texts_too_large",
        f"The texts of the workbook have {size / 1e6:.0f} MB unpacked; the limit is {most:g} MB. "
        "Save it as CSV (UTF-8), which is read row by row, or split it.",
        megabytes=round(size / 1e6),
        limit=most,
    )
    return UserError("workbook_texts_too_large", message)


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _SMALL and part.compress_size < part.file_size * _PACKED_TO


def row_count(sheet: Any) -> int:
    """As the sheet says, unless it says that there is next to nothing."""
    said = int(sheet.max_row or 0)
    return said if said > 1 else sum(len(_ROW.findall(part)) for part in _pieces(sheet))


def has_formulas(sheet: Any) -> bool:
    """Whether it is worth reading the sheet twice."""
    return any(_FORMULA.search(part) for part in _pieces(sheet))


def _pieces(sheet: Any) -> Iterator[bytes]:
    """The XML of a sheet, cut where elements begin."""
    with sheet._get_source() as content:
        before = b""
        while part := content.read(1 << 20):
            whole, bracket, rest = (before + part).rpartition(b"<")
            yield whole
            before = bracket + rest
        yield before
