"""What became of each record: revisions around every change, and the way back to any of their states.

Whoever changes records does it in `recorded(...)`. Whoever keeps something of pictures listens to the two
signals: a picture that leaves may come back with the same id and the same bytes (`catalog.restoring`).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.dispatch import Signal

from catalog.models import Collection, Example, Print, PrintImage, Revision
from catalog.snapshots import Snapshot, same_content, snapshots

# Sent with `image_ids` in the transaction, before pictures are written: these lose their rows or their bytes.
images_leave = Signal()
# Sent with `image_ids` in the transaction, after: these are new or have other bytes.
images_written = Signal()
Kind, Origin = Revision.Kind, Revision.Origin


@dataclass(frozen=True)
class Author:
    """Who changes records, and by what: `origin` is one of Revision.Origin, `origin_id` that of an import."""

    origin: str
    origin_id: int | None = None
    user: User | None = None


@dataclass
class Recording:
    """The prints of one change; those that it creates are added."""

    ids: set[int] = field(default_factory=set)

    def add(self, print_ids: Iterable[int]) -> None:
        self.ids.update(print_ids)


@contextmanager
def recorded(collection: Collection, print_ids: Iterable[int], author: Author) -> Iterator[Recording]:
    """Write down what the block does to these prints, and to those that are added to the recording.

    An import that comes to a record again, with its pictures for instance, goes on with the revision it has.
    """
    with transaction.atomic():
        recording = Recording(set(print_ids))
        before = snapshots(recording.ids)
        yield recording
        after = snapshots(recording.ids)
        _write_revisions(collection, before, after, recording.ids, author)


def _write_revisions(
    collection: Collection,
    before: Mapping[int, Snapshot],
    after: Mapping[int, Snapshot],
    print_ids: Iterable[int],
    author: Author,
) -> None:
    changed = [pk for pk in sorted(print_ids) if not same_content(before.get(pk), after.get(pk))]
    known = _revisions_to_go_on_with(changed, author)
    for revision in known.values():
        revision.after = after.get(revision.print_id)
        revision.kind = _kind(revision.before, revision.after)
    Revision.objects.bulk_update(known.values(), ["after", "kind"], batch_size=100)
    Revision.objects.bulk_create(
        _revision(collection, pk, before.get(pk), after.get(pk), author) for pk in changed if pk not in known
    )


def _revisions_to_go_on_with(print_ids: list[int], author: Author) -> dict[int, Revision]:
    """The newest revisions of prints, where they are of this very import."""
    if author.origin != Origin.IMPORT or author.origin_id is None:
        return {}
    newest = Revision.objects.filter(print_id__in=print_ids).order_by().values("print_id")
    ids = [row["newest"] for row in newest.annotate(newest=Max("pk"))]
    rows = Revision.objects.filter(pk__in=ids, origin=author.origin, origin_id=author.origin_id)
    return {row.print_id: row for row in rows}


def _revision(
    collection: Collection, pk: int, before: Snapshot | None, after: Snapshot | None, author: Author
) -> Revision:
    return Revision(
        collection=collection,
        print_id=pk,
        record_id=((after or before) or {})["record_id"],
        kind=_kind(before, after),
        before=before,
        after=after,
        origin=author.origin,
        origin_id=author.origin_id,
        user=author.user,
    )


def _kind(before: Snapshot | None, after: Snapshot | None) -> str:
    if after is None:
        return Kind.REMOVED
    return Kind.CREATED if before is None else Kind.CHANGED


def hold_prints(prints: QuerySet[Print]) -> list[int]:
    """Whoever else would change these prints waits for the end of the caller's transaction: their ids.

    For who looks at prints and then writes all of their values: what was written between would be lost.
    """
    # In one order, so that two who hold some of the same prints do not wait for each other. SQLite, which has
    # one writer and holds nothing, would read the whole collection for the sake of the order.
    order = ["pk"] if connection.features.has_select_for_update else []
    return list(prints.order_by(*order).select_for_update(no_key=True).values_list("pk", flat=True))


def remove_prints(print_ids: Iterable[int]) -> None:
    """Delete prints and all that hangs on them, in the caller's transaction."""
    ids = list(print_ids)
    leaving = PrintImage.objects.filter(print__in=ids).order_by().values_list("pk", flat=True)
    images_leave.send(Print, image_ids=list(leaving))
    Example.objects.filter(print__in=ids).update(print_removed=True)
    Print.objects.filter(pk__in=ids).delete()
