"""One batch of rows of a table -> what is to become of their records, and what is wrong with them."""

from collections.abc import Iterable, Mapping

from core.sentences import say
from imports.deciding import decide
from imports.issues import Issue, make_issue
from imports.models import ImportIssue, ImportRecord, ImportRun
from imports.queries import StoredPrint, prints_without_images, stored_prints
from imports.records import Record, merge_rows
from imports.runs import issue_row
from imports.staging import record_from_json, record_to_json
from imports.table_rows import ReadRow, RowReader
from imports.tables.rows import TableRow

MOST_ROWS = 1000  # of one record: with every row more, all before it are written again
IMAGE_FIELDS = frozenset({"image_file", "image_url"})
Action, Outcome = ImportRun.Action, ImportRecord.Outcome


class Batch:
    """Records that rows of one batch name. Those of earlier batches go on where they were."""

    def __init__(self, run: ImportRun, reader: RowReader) -> None:
        self._run, self._reader = run, reader
        self._staged: dict[str, ImportRecord] = {}
        self._records: dict[str, Record] = {}
        self._issues: list[ImportIssue] = []

    def stage(self, rows: Iterable[TableRow]) -> None:
        """Write what `rows` say, in the caller's transaction."""
        read = [self._reader.read(row) for row in rows]
        ids = list({one.record.record_id for one in read if one.record})
        self._staged = {one.record_id: one for one in self._run.records.filter(record_id__in=ids)}
        stored = stored_prints(self._run.collection, record_ids=ids)
        for one in read:
            self._take(one)
            self._keep_issues(one)
        for record_id in ids:
            self._decide(self._staged[record_id], stored.get(record_id))
        self._note_records_without_picture(stored)
        self._write()

    def _take(self, read: ReadRow) -> None:
        """Add the row to what earlier rows said of its record, unless it is left out."""
        if read.record is None:
            return
        record_id = read.record.record_id
        earlier = self._staged.get(record_id)
        if earlier is None:
            position = read.row.source.row or 0
            earlier = ImportRecord(
                run=self._run, position=position, record_id=record_id, outcome=Outcome.PROBLEM
            )
            self._staged[record_id] = earlier
            self._records[record_id] = read.record
        elif earlier.outcome == Outcome.PROBLEM and not read.left_out:
            self._records[record_id] = read.record
        elif not read.left_out:
            self._records[record_id] = self._merged(record_id, read)
        if not read.left_out:
            earlier.outcome = ""

    def _merged(self, record_id: str, read: ReadRow) -> Record:
        assert read.record is not None
        before = self._record(record_id)
        if len(before.sources) >= MOST_ROWS:
            reason = say(
                "too_many_rows",
                f"the record has more than {MOST_ROWS:,} rows; is this column its number?",
                limit=MOST_ROWS,
            )
            column = self._reader.heading("record_id")
            read.issues.append(
                make_issue(
                    read.row.source, "too_many_rows", reason, column=column, value=record_id, left_out=True
                )
            )
            return before
        merged, issues = merge_rows([before, read.record])
        read.issues += [self._reader.difference_within(issue, read.row) for issue in issues]
        return merged[0]

    def _record(self, record_id: str) -> Record:
        if record_id not in self._records:
            self._records[record_id] = record_from_json(self._staged[record_id].record)
        return self._records[record_id]

    def _keep_issues(self, read: ReadRow) -> None:
        issues: Iterable[Issue] = read.issues
        if self._run.action == Action.DELETE:
            issues = [issue for issue in issues if issue.left_out]  # of what goes, nothing else matters
        self._issues += [issue_row(self._run, issue, record_id=read.record_id) for issue in issues]

    def _decide(self, staged: ImportRecord, stored: StoredPrint | None) -> None:
        staged.print_id = stored.id if stored else None
        record = self._record(staged.record_id)
        if staged.outcome != Outcome.PROBLEM:
            decided = decide(record, stored, action=self._run.action, mapped=self._reader.mapped)
            staged.outcome, staged.difference = decided.outcome, decided.difference
            record = decided.record
            if self._run.action == Action.DELETE and stored is None:
                reason = "the collection has no such record; there is nothing to delete"
                self._note(record, "not_in_collection", reason, "the record_id of a record of the collection")
        staged.record = record_to_json(record)

    def _note_records_without_picture(self, stored: Mapping[str, StoredPrint]) -> None:
        """Of sources that have pictures, `sources.planning` says what is missing."""
        kind = self._run.image_source.get("kind", "none")
        if kind != "none" or not IMAGE_FIELDS & set(self._reader.mapped.fields):
            return
        bare = set(prints_without_images([one.id for one in stored.values()]))
        for record_id, record in self._records.items():
            writes = self._staged[record_id].outcome in (Outcome.CREATED, Outcome.CHANGED, Outcome.UNCHANGED)
            has_none = record_id not in stored or stored[record_id].id in bare
            if writes and has_none and not (record.image_files or record.image_urls):
                reason = say(
                    "row_names_no_image",
                    "the row names no picture; the record is kept, and is found once it has one",
                )
                self._note(record, "row_without_image", reason, "the name of a picture")

    def _note(self, record: Record, code: str, reason: str, accepted: str) -> None:
        field = "image_file" if code == "row_without_image" else "record_id"
        column = self._reader.heading(field)
        value = record.record_id if field == "record_id" else ""
        issue = make_issue(record.sources[0], code, reason, column=column, value=value, accepted=accepted)
        self._issues.append(issue_row(self._run, issue, record_id=record.record_id))

    def _write(self) -> None:
        new = [one for one in self._staged.values() if one.pk is None]
        earlier = [one for one in self._staged.values() if one.pk is not None]
        ImportRecord.objects.bulk_create(new)
        for one in earlier:
            one.save(update_fields=["outcome", "record", "difference", "print_id"])
        ImportIssue.objects.bulk_create(self._issues)
