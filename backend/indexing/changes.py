"""The log of index changes: appending to it in commit order, and reading what is new.

PostgreSQL gives ids out before transactions commit, so a reader that has seen change 7 might still get 6.
Every append therefore waits for one lock that is held until its transaction ends. SQLite has one writer at a
time anyway.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max

from indexing.models import IndexChange, Road

# Any constant will do; it only has to be the same in every process and used for nothing else.
APPEND_LOCK = 0x5265_6374_6F01


@dataclass(frozen=True)
class Change:
    """One line of the log: ids as in `IndexChange`; `image_id` is None for a published version."""

    id: int
    image_id: int | None
    descriptor: str
    kind: str


def lock_appends() -> None:
    """Wait until no other transaction can append, and keep them out until this one ends.

    Takers must take it before they write or delete image rows: the same order everywhere is what rules out
    deadlocks (a feature's insert waits for a deleted image, whose deletion waits for this lock).
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "The index log can only be appended to in a transaction."
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [APPEND_LOCK])


def append_changes(*, kind: str, descriptor: str, image_ids: Iterable[int], road: Road = Road.GLOBAL) -> None:
    """Append one change for each image, in the caller's transaction."""
    lock_appends()
    IndexChange.objects.bulk_create(
        [
            IndexChange(image_id=image_id, road=road, descriptor=descriptor, kind=kind)
            for image_id in image_ids
        ],
        batch_size=1000,
    )


def announce_publication(*, descriptor: str, road: Road = Road.GLOBAL) -> int:
    """Append that a new version is there, in the caller's transaction; returns the id of the change."""
    lock_appends()
    published = IndexChange.Kind.PUBLISHED
    return IndexChange.objects.create(kind=published, road=road, descriptor=descriptor, image_id=None).pk


def changes_since(change_id: int, *, road: Road = Road.GLOBAL) -> Sequence[Change]:
    """The changes of a road after `change_id`, oldest first: one query over the primary key."""
    rows = IndexChange.objects.filter(id__gt=change_id, road=road).order_by("id")
    return [Change(*row) for row in rows.values_list("id", "image_id", "descriptor", "kind")]


def last_change_id() -> int:
    """The id of the newest change, 0 for an empty log."""
    newest: int | None = IndexChange.objects.aggregate(newest=Max("id"))["newest"]
    return newest or 0
