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
# Bytes of one row, texts that stand in its cells included: a reader takes in a row at a time. Other parts
# have no rows, and are taken in whole.
LARGEST_ROW = 20_000_000
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
        archive = zipfile.ZipFile(file)
    except BROKEN as error:
        raise unreadable() from error
    parts = archive.infolist()
    texts = sum(part.file_size for part in parts if _is_of_shared_texts(part))
    if texts > LARGEST_STRINGS:
        raise _texts_too_large(texts)
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED or any(map(_is_bomb, parts)):
        limit = f"{LARGEST_UNPACKED / 1e9:g} GB"
        message = f"Unpacked the workbook has more than {limit}. Save it as CSV."
        raise UserError(
            "workbook_too_large", say("workbook_too_large", message, gigabytes=LARGEST_UNPACKED / 1e9)
        )
    if any(_has_endless_row(archive, part) for part in parts):
        raise _row_too_large()


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


def _has_endless_row(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """The beginning of a row that is cut in two here is missed: two rows then count as one."""
    if part.file_size <= LARGEST_ROW or not part.filename.endswith(".xml") or _is_of_shared_texts(part):
        return False
    since = 0
    try:
        with archive.open(part) as content:
            while piece := content.read(1 << 20):
                rows = [found.span() for found in _ROW.finditer(piece)]
                if since + (rows[0][0] if rows else len(piece)) > LARGEST_ROW:
                    return True
                since = len(piece) - rows[-1][1] if rows else since + len(piece)
    except BROKEN as error:
        raise unreadable() from error
    return False


def _row_too_large() -> UserError:
    most = LARGEST_ROW / 1e6
    message = say(
        "workbook_row_too_large",
        f"A row or another part of the workbook has more than {most:g} MB unpacked. "
        "Save the sheet as CSV (UTF-8).",
        limit=most,
    )
    return UserError("workbook_row_too_large", message)


def _is_of_shared_texts(part: zipfile.ZipInfo) -> bool:
    return part.filename.endswith("sharedStrings.xml")


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
