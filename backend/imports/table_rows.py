"""Rows of a table under the columns of a run -> records, and what is wrong under the table's own headings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from imports.cell_texts import FIELDS_OF
from imports.columns import ColumnMap
from imports.comparing import Mapped
from imports.issues import Issue
from imports.reading import Row, row_by_field
from imports.records import Lengths, Record, read_record
from imports.tables.rows import TableRow


@dataclass
class ReadRow:
    """A row that was read: its record, unless it names none that could be found again, and what is wrong."""

    row: Row
    record: Record | None
    issues: list[Issue]

    @property
    def left_out(self) -> bool:
        return self.record is None or any(issue.left_out for issue in self.issues)

    @property
    def record_id(self) -> str:
        return self.record.record_id if self.record else self.row.cells.get("record_id", "")


class RowReader:
    """Reads rows of the table `name` whose columns mean `columns`."""

    def __init__(self, name: str, header: Sequence[str], columns: ColumnMap, lengths: Lengths) -> None:
        self._name, self._header, self._columns, self._lengths = name, header, columns, lengths
        self.mapped = Mapped(columns.fields.keys(), columns.extra.keys())

    def read(self, row: TableRow) -> ReadRow:
        by_field = row_by_field(row, self._columns, self._name)
        record, issues = read_record(by_field, self._lengths)
        found = [*row.issues, *(replace(one, column=self.heading(one.column)) for one in issues)]
        return ReadRow(by_field, record, [self._judged(one) for one in found])

    def heading(self, field: str) -> str:
        """What the table calls a field (or a record's attribute); of one without a column, its own name."""
        field = FIELDS_OF.get(field, field)
        position = self._columns.fields.get(field)
        return field if position is None else self._header[position]

    def _judged(self, issue: Issue) -> Issue:
        """A formula is text wherever it stands, but no key."""
        is_key = issue.column == self.heading("record_id")
        return replace(issue, left_out=True) if issue.code == "formula" and is_key else issue

    def difference_within(self, issue: Issue, row: Row) -> Issue:
        """An issue of two rows that differ, with the cell as it stands in the later one."""
        field = FIELDS_OF.get(issue.column, issue.column)
        value = issue.value or row.cells.get(field, "")
        return replace(issue, column=self.heading(field), value=value)
