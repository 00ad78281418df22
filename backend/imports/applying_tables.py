"""Writing what was checked of a table, record by record, in batches that are each one transaction.

A batch marks its records as applied, so that a run which is cut short anywhere goes on where it was; each
record gets a revision, so that it can be undone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from catalog.history import hold_prints, recorded, remove_prints
from catalog.models import Print
from catalog.registers import last_ids
from catalog.scans import keeping_scans
from core.sentences import say
from imports.attaching import Attached, attach_pictures, author_of, replaced_prints
from imports.comparing import difference, only_with, record_of
from imports.models import ImportImage, ImportRecord, ImportRun
from imports.names import Names
from imports.outdated import records_changed_since
from imports.picture import Picture
from imports.progress import Progress
from imports.queries import stored_prints
from imports.records import Record
from imports.relating import resolve_relations
from imports.staging import record_from_json
from imports.undoing import revisions_of
from imports.writing import write_prints
from indexing.changes import lock_appends
from indexing.services import enqueue_index_update

WRITING = say("steps.writing", "Writing records")
BATCH = 200  # records to a transaction: how long the writer's lock is held, and what an interruption costs
PICTURED_BATCH = 20  # where each has scans to be read through first
Action, Outcome, State = ImportRun.Action, ImportRecord.Outcome, ImportRun.State


class Pictures(Protocol):
    """Where pictures are read while records are written."""

    def pictures_for(self, record_ids: Sequence[str]) -> Mapping[str, Sequence[Picture]]:
        """The pictures of these records, whole and kept; of those it has none for, nothing."""


def apply_records(run: ImportRun, *, pictures: Pictures, progress: Progress) -> None:
    """Write what is not written yet, and finish the run."""
    _begin(run)
    names, total = Names(), records_to_write(run).count()
    done = total - _waiting(run).count()
    progress(done, total, WRITING)
    for batch in _batches(run):
        with keeping_scans():
            found = pictures.pictures_for([record.record_id for record in batch])
            _apply_batch(run, names, batch, found)
        done += len(batch)
        progress(done, total, WRITING)
    _finish(run)


def records_to_write(run: ImportRun) -> QuerySet[ImportRecord]:
    """The records that the run writes, or gives pictures to, in the order of the table."""
    written = Q(outcome__in=[Outcome.CREATED, Outcome.CHANGED, Outcome.REMOVED])
    pictured = ImportImage.objects.filter(run=run, record_id=OuterRef("record_id"))
    rows = ImportRecord.objects.filter(written | Q(Exists(pictured), outcome=Outcome.UNCHANGED), run=run)
    return rows.order_by("position")


def _waiting(run: ImportRun) -> QuerySet[ImportRecord]:
    return records_to_write(run).filter(applied=False)


def _batches(run: ImportRun) -> Iterator[list[ImportRecord]]:
    """What waits. (Sorted once, as numbers: asked for batch by batch, all records were sorted for each.)"""
    ids, size = list(_waiting(run).values_list("pk", flat=True)), _batch_size(run)
    for start in range(0, len(ids), size):
        yield list(ImportRecord.objects.filter(pk__in=ids[start : start + size]).order_by("position"))


def _batch_size(run: ImportRun) -> int:
    return PICTURED_BATCH if run.images.exists() else BATCH


@transaction.atomic
def _begin(run: ImportRun) -> None:
    """Remember what names there are before the first is made: an undoing forgets the new ones."""
    run.traces.setdefault("names", last_ids())
    run.state, run.message = State.RUNNING, ""
    run.save(update_fields=["traces", "state", "message"])


@dataclass(frozen=True)
class _Todo:
    """What is to be done now with the records of a batch; `ids` are of all that are there, by record id."""

    ids: Mapping[str, int]
    new: Sequence[Record]
    changed: Sequence[tuple[int, Record]]
    removed: Sequence[int]


@transaction.atomic
def _apply_batch(
    run: ImportRun, names: Names, batch: Sequence[ImportRecord], pictures: Mapping[str, Sequence[Picture]]
) -> None:
    # The log's lock comes before the first write of image rows: see lock_appends.
    lock_appends()
    todo = _todo(run, batch)
    with recorded(run.collection, todo.ids.values(), author_of(run)) as recording:
        written = write_prints(run.collection, names, new=todo.new, changed=todo.changed)
        recording.add(written.values())
        remove_prints(todo.removed)
        ids = {name: pk for name, pk in {**todo.ids, **written}.items() if pk not in todo.removed}
        wanted = {ids[name]: some for name, some in pictures.items() if name in ids}
        attached = attach_pictures(wanted, only_these=replaced_prints(run, ids))
    _mark_applied(run, batch, ids)
    count_pictures(run, attached)
    enqueue_index_update()


def _todo(run: ImportRun, batch: Sequence[ImportRecord]) -> _Todo:
    """The records' outcomes under what is in the catalogue now: it may have changed since the check."""
    stored = Print.objects.filter(
        collection=run.collection, record_id__in=[record.record_id for record in batch]
    )
    hold_prints(stored)
    ids = dict(stored.order_by().values_list("record_id", "pk"))
    writing = [one for one in batch if one.outcome in (Outcome.CREATED, Outcome.CHANGED)]
    edited = _edited_since_the_check(run, writing)
    return _Todo(
        ids=ids,
        new=[
            record_from_json(one.record)
            for one in writing
            if one.record_id not in ids and run.action != Action.UPDATE
        ],
        changed=[
            (ids[one.record_id], edited.get(one.record_id) or record_from_json(one.record))
            for one in writing
            if one.record_id in ids and run.action != Action.ADD
        ],
        removed=[
            ids[one.record_id] for one in batch if one.outcome == Outcome.REMOVED and one.record_id in ids
        ],
    )


def _edited_since_the_check(run: ImportRun, writing: Sequence[ImportRecord]) -> dict[str, Record]:
    """Records that somebody has changed while the import waited: of them only that is written which the check
    said would change."""
    checked_after = run.traces.get("checked_after")
    if checked_after is None:
        return {}
    names = [one.record_id for one in writing]
    changed = records_changed_since(checked_after, run.collection, names, but_by=run)
    now = stored_prints(run.collection, record_ids=list(changed)) if changed else {}
    return {
        one.record_id: _laid_over_what_is_now(one, record_of(now[one.record_id], one.record_id))
        for one in writing
        if one.record_id in now
    }


def _laid_over_what_is_now(one: ImportRecord, now: Record) -> Record:
    record = record_from_json(one.record)
    # (Of a record that was not there then, all that the table says would have been new.)
    changes = one.difference or difference(Record(one.record_id, ()), record)
    return only_with(changes, record, now)


def _mark_applied(run: ImportRun, batch: Sequence[ImportRecord], ids: Mapping[str, int]) -> None:
    """(bulk_update makes one long CASE of each batch, which takes seventy times as long: measured.)"""
    rows = [(True, ids.get(one.record_id, one.print_id), one.pk) for one in batch]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE imports_importrecord SET applied = %s, print_id = %s WHERE id = %s", rows)
    ready = run.images.filter(record_id__in=list(ids), state=ImportImage.State.READY)
    ready.update(state=ImportImage.State.ATTACHED)


def count_pictures(run: ImportRun, attached: Attached) -> None:
    """Add to what the run says that it did."""
    if attached == Attached():
        return
    before = Attached(**run.counts.get("images", {}))
    run.counts["images"] = asdict(before + attached)
    run.save(update_fields=["counts"])


@transaction.atomic
def _finish(run: ImportRun) -> None:
    """Point relations to what is new, and say that it is done."""
    lock_appends()
    touched = set(revisions_of(run).values_list("print_id", flat=True))
    # Those of the run's own records are in the revisions.
    others = [one.pk for one in resolve_relations(run.collection) if one.print_id not in touched]
    run.traces["relations"] = [*run.traces.get("relations", []), *others]
    run.state, run.finished_at, run.message = State.DONE, timezone.now(), ""
    run.save(update_fields=["state", "finished_at", "message", "traces"])
    enqueue_index_update()
