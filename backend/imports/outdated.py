"""Whether a preview is still true: somebody else may have changed the same records since the check."""

from collections.abc import Iterable, Sequence

from django.db.models import Max, QuerySet

from catalog.history import hold_prints
from catalog.models import Collection, Print, Revision
from core.errors import Conflict
from core.sentences import say
from imports.models import ImportRun

MOST_NAMED = 100  # records in the answer


def last_revision_id(collection: Collection) -> int:
    """Where the history of the collection stands; a check remembers it in its run's traces."""
    return collection.revisions.aggregate(last=Max("pk"))["last"] or 0


def records_changed_since(
    revision_id: int,
    collection: Collection,
    record_ids: Sequence[str],
    *,
    known: Iterable[int] = (),
    but_by: ImportRun | None = None,
) -> set[str]:
    """Those of the records that were changed after the revision, by others than the import `but_by`.

    Of what is not there any more only the `known` prints are looked at. Till the end of the transaction
    nobody else changes any of the records.
    """
    there = hold_prints(Print.objects.filter(collection=collection, record_id__in=record_ids))
    # (By print, for which there is an index: of the collection, all that a long import has written would be
    # read again for each of its batches.)
    since = Revision.objects.filter(print_id__in={*there, *known}, pk__gt=revision_id)
    if but_by is not None:
        since = since.exclude(origin=Revision.Origin.IMPORT, origin_id=but_by.pk)
    return set(since.order_by().values_list("record_id", flat=True))


def require_up_to_date(run: ImportRun) -> None:
    """Raises Conflict, naming the records, when any that the import is about were changed since its check."""
    changed = list(_changed_since(run).values_list("record_id", flat=True).distinct()[: MOST_NAMED + 1])
    if not changed:
        return
    count = f"More than {MOST_NAMED}" if len(changed) > MOST_NAMED else str(len(changed))
    message = (
        f"{count} of these records were changed after the check. Check again to see what would change now."
    )
    raise Conflict(
        "changed_since_check",
        say("changed_since_check", message, count=len(changed)),
        fields={"conflicts": changed[:MOST_NAMED]},
    )


def _changed_since(run: ImportRun) -> QuerySet[Revision]:
    """A collection that is replaced is meant as a whole, new records of others included."""
    since = Revision.objects.filter(collection=run.collection, pk__gt=run.traces.get("checked_after", 0))
    if run.action != ImportRun.Action.REPLACE:
        since = since.filter(record_id__in=run.records.order_by().values("record_id"))
    return since.order_by("record_id")
