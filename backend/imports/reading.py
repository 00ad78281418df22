"""Tables -> rows by field. Pure: no Django, no I/O but of the file it is given."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.sentences import say
from imports.cells import clean_cell
from imports.columns import ColumnMap, map_columns
from imports.issues import Issue, Source, make_issue
from imports.tables.opening import read_from, sniff_from
from imports.tables.rows import OpenTable, TableRow


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


def read_table(content: bytes, *, name: str, mapping: Mapping[str, str | None] | None = None) -> Table:
    """The CSV or workbook in `content`; `name` is the file's, for issues; `mapping` as in `map_columns`.

    Raises UserError when it is no table.
    """
    file = io.BytesIO(content)
    reading = sniff_from(file)
    table = read_from(file, reading=reading, name=name)
    columns = map_columns(table.header, mapping)
    issues = [*table.above, *header_issues(name, table, columns)]
    rows: list[Row] = []
    for row in table:
        issues += row.issues
        rows.append(row_by_field(row, columns, name))
    return Table(reading.encoding, reading.delimiter, columns, tuple(rows), tuple(issues))


def row_by_field(row: TableRow, columns: ColumnMap, name: str) -> Row:
    """The row's cells under the fields and the extra columns that they belong to."""

    def picked(positions: Mapping[str, int]) -> Iterator[tuple[str, str]]:
        for field, position in positions.items():
            if position < len(row.cells) and (text := clean_cell(row.cells[position])):
                yield field, text

    return Row(Source(name, row.number), dict(picked(columns.fields)), dict(picked(columns.extra)))


def header_issues(name: str, table: OpenTable, columns: ColumnMap) -> Iterator[Issue]:
    """What is wrong with the table as a whole."""
    source = Source(name, table.header_row)
    if not columns.fields:
        reason = "no column has a name that Recto knows (record_id, image_file, …): is row 1 the header?"
        yield make_issue(source, "no_known_column", reason, value=", ".join(table.header))
    for column in columns.repeated:
        reason = say(
            "repeated_column",
            f"the column {column!r} stands there twice for the same thing; the first one is used",
            column=column,
        )
        yield make_issue(source, "repeated_column", reason, column=column, accepted="each column once")
