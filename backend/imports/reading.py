"""The bytes of a CSV file -> rows of text. Pure: no Django, no I/O.

Excel writes semicolons and Windows-1252 in half of Europe, tabs and UTF-16 as "Unicode text", and a BOM
when asked for UTF-8; all of them are recognised from the content.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from imports.cells import clean_cell
from imports.columns import ColumnMap, field_named, map_columns
from imports.issues import Issue, Source, make_issue

DELIMITERS = (",", ";", "\t")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

# The file is in memory already and bounded by the caller, so a huge cell must not stop the rest.
csv.field_size_limit(2**31 - 1)


@dataclass(frozen=True)
class Row:
    """One row: `cells` by field and `extra` by the column's own name, cleaned, empty ones left out."""

    source: Source
    cells: Mapping[str, str]
    extra: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A whole file: what it was written in, its columns, its rows, and what was wrong with it."""

    encoding: str
    delimiter: str
    columns: ColumnMap
    rows: tuple[Row, ...]
    issues: tuple[Issue, ...]


def read_table(content: bytes, *, name: str, mapping: Mapping[str, str] | None = None) -> Table:
    """The table in `content`; `name` is the file's, for the issues; `mapping` as in `map_columns`."""
    text, encoding = decode_text(content)
    text, delimiter = find_delimiter(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [clean_cell(cell) for cell in next(lines, [])]
    columns = map_columns(header, mapping)
    issues = list(_header_issues(name, header, columns))
    rows: list[Row] = []
    for number, cells in enumerate(lines, start=2):
        source = Source(name, number)
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            issues.append(_surplus_issue(source, cells, header, delimiter))
        if any(cell.strip() for cell in cells):
            rows.append(_read_row(source, cells, columns))
    return Table(encoding, delimiter, columns, tuple(rows), tuple(issues))


def decode_text(content: bytes) -> tuple[str, str]:
    """The text of `content` and its encoding: by BOM, then UTF-16 by its NULs, UTF-8, Windows-1252."""
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), None)
    encoding = encoding or _utf16_without_bom(content[:2000])
    if encoding:
        return content.decode(encoding, "replace"), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "cp1252"


def _utf16_without_bom(start: bytes) -> str | None:
    """UTF-16 of western text has a NUL in nearly every second byte; UTF-8 with a stray NUL has not."""
    pairs = len(start) // 2
    if not pairs:
        return None
    if start[1::2].count(0) > 0.4 * pairs and start[0::2].count(0) < 0.1 * pairs:
        return "utf-16-le"
    if start[0::2].count(0) > 0.4 * pairs and start[1::2].count(0) < 0.1 * pairs:
        return "utf-16-be"
    return None


def find_delimiter(text: str) -> tuple[str, str]:
    """`text` without Excel's `sep=;` line, and the delimiter that gives the header most known columns."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5:
        return rest, first.strip("\r\n ")[4:] or "\t"
    return text, max(DELIMITERS, key=lambda delimiter: _header_score(text, delimiter))


def _header_score(text: str, delimiter: str) -> tuple[int, int]:
    header = next(csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=delimiter), [])
    known = sum(1 for cell in header if field_named(clean_cell(cell)))
    return known, len(header)


def _read_row(source: Source, cells: list[str], columns: ColumnMap) -> Row:
    def picked(positions: Mapping[str, int]) -> Iterator[tuple[str, str]]:
        for name, position in positions.items():
            if position < len(cells) and (text := clean_cell(cells[position])):
                yield name, text

    return Row(source, dict(picked(columns.fields)), dict(picked(columns.extra)))


def _header_issues(name: str, header: list[str], columns: ColumnMap) -> Iterator[Issue]:
    source = Source(name, 1)
    if not columns.fields:
        reason = "no column has a name that Recto knows (record_id, image_file, …): is row 1 the header?"
        yield make_issue(source, "no_known_column", reason, value=", ".join(header))
    for column in columns.repeated:
        reason = f"the column {column!r} stands there twice for the same thing; the first one is used"
        yield make_issue(source, "repeated_column", reason, column=column)


def _surplus_issue(source: Source, cells: list[str], header: list[str], delimiter: str) -> Issue:
    shown = {"\t": "tab"}.get(delimiter, delimiter)
    reason = (
        f"{len(cells)} cells under {len(header)} columns; the last ones were dropped. "
        f"Put a cell that contains {shown!r} in quotes"
    )
    return make_issue(source, "surplus_cells", reason, value=" | ".join(cells[len(header) :]))
