"""Checking a table: every row is read, every problem written down, and what would become of every record.

Nothing of the catalogue changes. Rows go by in batches, so that memory does not grow with the table; a check
that is cut short begins again.
"""

from collections.abc import Iterator
from itertools import islice

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from catalog.models import Print
from core.errors import RectoError, UserError
from core.jobs import JobCancelled, JobInterrupted
from core.sentences import said_of, say
from imports.columns import ColumnMap, map_columns
from imports.issues import Source, make_issue
from imports.models import ImportIssue, ImportRecord, ImportRun
from imports.outdated import last_revision_id
from imports.preparing import reading_of, remember_columns, table_file
from imports.progress import Progress, silent
from imports.queries import kept_lengths
from imports.reading import header_issues
from imports.records import Record
from imports.runs import issue_row
from imports.sources.planning import plan_images
from imports.staged_batches import Batch
from imports.staging import record_to_json
from imports.table_rows import RowReader
from imports.tables.opening import open_table
from imports.tables.rows import OpenTable

CHECK = "check_import"
CHECKING_ROWS = say("steps.checking_rows", "Checking rows")
BATCH = 500  # rows to a transaction, and ids to a query
Action, Outcome, State = ImportRun.Action, ImportRecord.Outcome, ImportRun.State
# One of these has to be there for a row to be found again.
KEYS = ("record_id", "inventory_number", "image_file")
# Actions under which it matters what the table does not name.
_SPEAKS_OF_ALL = (Action.ADD_AND_UPDATE, Action.UPDATE, Action.REPLACE)


def check_import(run: ImportRun, *, progress: Progress = silent) -> None:
    """Check the run's table and leave the run as `checked`, with its counts; its mapping is remembered.

    What ends the check early is written into the run, which can then be configured anew. Raises UserError
    when the table cannot be read or has no column that a record could be found by.
    """
    if run.state not in (State.CHECKING, State.UPLOADED, State.CHECKED):
        return
    _set_state(run, State.CHECKING)
    try:
        _check(run, progress)
    except JobInterrupted:
        raise
    except JobCancelled:
        _set_state(run, State.UPLOADED, say("check_cancelled", "The check was cancelled."))
        raise
    except RectoError as error:
        _set_state(run, State.UPLOADED, error.sentence)
        raise
    except Exception as error:
        _set_state(run, State.UPLOADED, say("check_failed", f"The check failed: {error}", cause=str(error)))
        raise


def _set_state(run: ImportRun, state: ImportRun.State, message: str = "") -> None:
    """Unless the run has been abandoned meanwhile."""
    live = ImportRun.objects.filter(pk=run.pk).exclude(state=State.ABANDONED)
    if live.update(state=state, message=str(message), message_said=said_of(message)):
        run.state, run.message, run.message_said = state, message, said_of(message)


def _check(run: ImportRun, progress: Progress) -> None:
    _forget_check(run)
    run.traces = {"checked_after": last_revision_id(run.collection)}
    with open_table(table_file(run), reading=reading_of(run), name=run.table_name) as table:
        columns = _columns(run, table)
        rows = _check_rows(run, table, columns, progress)
    if run.action in _SPEAKS_OF_ALL:
        _stage_unnamed(run, first_position=rows + 2)
    plan_images(run, progress=progress)
    _finish(run, rows)


def _forget_check(run: ImportRun) -> None:
    run.records.all().delete()
    run.issues.all().delete()


def _columns(run: ImportRun, table: OpenTable) -> ColumnMap:
    columns = map_columns(table.header, run.mapping)
    if not any(key in columns.fields for key in KEYS):
        message = "No column says which record a row is about. Say which one is the record_id."
        raise UserError("no_key_column", message, fields={"mapping": [message]})
    issues = [*table.above, *header_issues(run.table_name, table, columns)]
    ImportIssue.objects.bulk_create([issue_row(run, issue) for issue in issues])
    return columns


def _check_rows(run: ImportRun, table: OpenTable, columns: ColumnMap, progress: Progress) -> int:
    """Stage all rows. Returns the number of the last one, less the header's."""
    rows, last = iter(table), 1
    total = max(1, table.reading.rows)
    reader = RowReader(run.table_name, table.header, columns, kept_lengths())
    progress(0, total, CHECKING_ROWS)
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic():
            Batch(run, reader).stage(batch)
        last = batch[-1].number
        progress(last - 1, max(total, last - 1), CHECKING_ROWS)
    return last - 1


def _stage_unnamed(run: ImportRun, *, first_position: int) -> None:
    """The prints of the collection that the table does not name: they stay, or go when it replaces all."""
    outcome = Outcome.REMOVED if run.action == Action.REPLACE else Outcome.MISSING
    position = first_position
    for batch in _unnamed(run):
        rows = [
            ImportRecord(
                run=run,
                position=position + offset,
                record_id=record_id,
                outcome=outcome,
                print_id=pk,
                record=record_to_json(Record(record_id, (), title=title)),
            )
            for offset, (pk, record_id, title) in enumerate(batch)
        ]
        ImportRecord.objects.bulk_create(rows)
        position += len(rows)


def _unnamed(run: ImportRun) -> Iterator[list[tuple[int, str, str]]]:
    # (Each is looked up by the index. `NOT IN` would read all that the table names anew for each batch.)
    named = ImportRecord.objects.filter(run=run, record_id=OuterRef("record_id")).order_by()
    rows = Print.objects.filter(~Exists(named), collection=run.collection).order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last).values_list("pk", "record_id", "title")[:BATCH]):
        yield batch
        last = batch[-1][0]


@transaction.atomic
def _finish(run: ImportRun, rows: int) -> None:
    if not ImportRecord.objects.filter(run=run).exists():
        issue = make_issue(Source(run.table_name), "empty_table", "the table has no row under its header")
        issue_row(run, issue).save()
    live = ImportRun.objects.select_for_update().filter(pk=run.pk).exclude(state=State.ABANDONED)
    remember_columns(run)
    run.counts, run.reading = counts_of(run), {**run.reading, "rows": rows}
    run.state, run.message = State.CHECKED, ""
    live.update(
        counts=run.counts,
        reading=run.reading,
        traces=run.traces,
        state=run.state,
        message="",
        finished_at=timezone.now(),
    )


def counts_of(run: ImportRun) -> dict[str, int]:
    """Records by outcome, and issues. `problem` counts rows without a record, too."""
    by_outcome = run.records.order_by().values_list("outcome").annotate(number=Count("pk"))
    nameless = run.issues.filter(left_out=True, record_id="", row__gt=1).order_by()
    counts = {str(outcome): 0 for outcome in Outcome.values} | dict(by_outcome)
    counts["problem"] += nameless.values("row").distinct().count()
    return counts | {"issues": run.issues.count()}
