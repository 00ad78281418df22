"""Giving pictures that came after their records to them, while the import still stands."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db import transaction

from catalog.models import PrintImage
from core.jobs import JobCancelled
from imports.applying_tables import count_pictures
from imports.attaching import attach_fetched
from imports.models import ImportImage, ImportRun
from imports.picture import Picture
from imports.sources.preparing import picture_of
from indexing.changes import lock_appends
from indexing.services import enqueue_index_update

State = ImportImage.State


@transaction.atomic
def give_pictures(run: ImportRun, record_ids: Collection[str]) -> None:
    """Give these records all their pictures that are ready, in the table's order, unless others still wait.

    Raises JobCancelled when the import has been undone meanwhile.
    """
    lock_appends()
    current = ImportRun.objects.select_for_update().get(pk=run.pk)
    if current.state != ImportRun.State.DONE:
        raise JobCancelled
    rows = run.images.filter(record_id__in=record_ids).order_by("record_id", "position")
    of_record: dict[str, list[ImportImage]] = defaultdict(list)
    for row in rows:
        of_record[row.record_id].append(row)
    complete = {name: some for name, some in of_record.items() if _is_complete(some)}
    there = _pictures_there(run, complete)
    pictures: dict[str, Sequence[Picture]] = {
        name: [picture_of(row) for row in some if row.state == State.READY or _is_still_there(row, there)]
        for name, some in complete.items()
    }
    attached = attach_fetched(current, pictures)
    run.images.filter(record_id__in=complete, state=State.READY).update(state=State.ATTACHED)
    count_pictures(current, attached)
    current.counts["issues"] = current.issues.count()
    current.save(update_fields=["counts"])
    enqueue_index_update()


def _pictures_there(run: ImportRun, record_ids: Collection[str]) -> set[tuple[str, str]]:
    """Record id and SHA-256 of the pictures that these records have now."""
    rows = PrintImage.objects.filter(print__collection=run.collection, print__record_id__in=list(record_ids))
    return set(rows.order_by().values_list("print__record_id", "sha256"))


def _is_still_there(row: ImportImage, there: Collection[tuple[str, str]]) -> bool:
    """Given before. Curators may have removed or replaced it since, and then it does not come back."""
    return row.state == State.ATTACHED and (row.record_id, row.sha256) in there


def _is_complete(rows: Sequence[ImportImage]) -> bool:
    """Whether none waits any more, and one has not been given yet."""
    states = {row.state for row in rows}
    return State.WAITING not in states and State.READY in states
