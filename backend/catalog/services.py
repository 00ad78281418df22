"""Writes to the catalogue that are not an import."""

from collections.abc import Collection as Ids
from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet

from catalog.models import Print
from catalog.text import searchable

BATCH = 500


@transaction.atomic
def refresh_search_text(*, print_ids: Ids[int] | None = None) -> int:
    """Write what the text search reads, for these prints or for all. Returns how many rows changed.

    Call it in the transaction that writes prints, their people, techniques and so on.
    """
    changed = [row for batch in _batches(print_ids) for row in batch if _refresh(row)]
    Print.objects.bulk_update(changed, ["search_text"], batch_size=BATCH)
    return len(changed)


def _refresh(row: Print) -> bool:
    text = searchable(
        row.title,
        row.inventory_number,
        row.record_id,
        row.date_text,
        *(person.name for person in row.people.all()),
        *(technique.name for technique in row.techniques.all()),
        row.classification.name if row.classification else "",
        row.institution.name if row.institution else "",
    )
    changed = text != row.search_text
    row.search_text = text
    return changed


def _batches(print_ids: Ids[int] | None) -> Iterator[QuerySet[Print]]:
    """SQLite takes only so many parameters in one statement."""
    ids = list(Print.objects.order_by().values_list("pk", flat=True) if print_ids is None else print_ids)
    one, many = ("classification", "institution"), ("people", "techniques")
    rows = Print.objects.select_related(*one).prefetch_related(*many)
    for start in range(0, len(ids), BATCH):
        yield rows.filter(pk__in=ids[start : start + BATCH])
