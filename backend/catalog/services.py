"""Writes to the catalogue that are not an import."""

from collections.abc import Collection as Ids
from collections.abc import Iterator, Sequence

from django.db import connection, transaction

from catalog.models import Collection, Print
from catalog.search_text import search_text

BATCH = 500
# Of the further columns of a record these are numbers, not words.
COORDINATES = ("latitude", "longitude")


def refresh_stale_search_text(*, plan: Sequence[tuple[object, bool]] = (), **_: object) -> None:
    """After a migration that emptied it, because it is written in another way now."""
    if any(backwards for _, backwards in plan):
        return  # the rows are not those of this code any more
    stale = list(Print.objects.filter(search_text="").order_by().values_list("pk", flat=True))
    # (Each batch is a transaction: what is cut short goes on the next time, and the texts fill no memory.)
    for start in range(0, len(stale), BATCH):
        refresh_search_text(print_ids=stale[start : start + BATCH])


@transaction.atomic
def refresh_search_text(*, print_ids: Ids[int] | None = None) -> int:
    """Write what the text search reads, for these prints or for all. Returns how many rows changed.

    Call it in the transaction that writes prints, their people, techniques and so on.
    """
    changed = [(text, row.pk) for row in _rows(print_ids) if (text := _search_text(row)) != row.search_text]
    with connection.cursor() as cursor:
        # (bulk_update makes one long CASE of each batch, which takes seventy times as long: measured.)
        cursor.executemany("UPDATE catalog_print SET search_text = %s WHERE id = %s", changed)
    return len(changed)


def delete_collection(collection: Collection) -> None:
    """Delete a collection and all that hangs on it, for good. One that is cut short is asked for again.

    In batches: as one transaction it would read every row into memory, and keep all others from writing.
    """
    prints = Print.objects.filter(collection=collection).order_by("pk").values_list("pk", flat=True)
    while ids := list(prints[:BATCH]):
        Print.objects.filter(pk__in=ids).delete()
    collection.delete()


def _search_text(row: Print) -> str:
    return search_text(
        title=row.title,
        people=[person.name for person in row.people.all()],
        numbers=(row.inventory_number, row.record_id),
        others=(
            row.date_text,
            *(technique.name for technique in row.techniques.all()),
            row.classification.name if row.classification else "",
            row.institution.name if row.institution else "",
            *(str(value) for name, value in row.extra.items() if name not in COORDINATES),
        ),
    )


def _rows(print_ids: Ids[int] | None) -> Iterator[Print]:
    """SQLite takes only so many parameters in one statement."""
    ids = list(Print.objects.order_by().values_list("pk", flat=True) if print_ids is None else print_ids)
    one, many = ("classification", "institution"), ("people", "techniques")
    rows = Print.objects.select_related(*one).prefetch_related(*many)
    for start in range(0, len(ids), BATCH):
        yield from rows.filter(pk__in=ids[start : start + BATCH])
