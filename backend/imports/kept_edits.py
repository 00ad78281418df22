"""What was changed in Recto itself, which loading a folder again, as every start does, must not undo.

People, tables that they import, and undoing leave a revision; loading a folder leaves none. What was undone,
or taken back to what the folder had made of it, is the folder's as before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalog.models import Collection, PrintImage, Revision
from catalog.snapshots import Snapshot, content_of
from imports.issues import Issue, make_issue
from imports.models import ImportRun
from imports.planning import OVER_EDITS, KeptEdits
from imports.queries import StoredPrint
from imports.records import Record
from imports.writing import differs

Picture = tuple[str, str]  # path and SHA-256
MOST_NAMED = 1000  # records: a table may have been imported over all of its folder, and each start says so
_REMEDY = f"to take them all the same, import the table under Imports, or {OVER_EDITS}"
_GIVEN_BACK = "given_back_until"  # in the traces of every run that loads a folder


def given_back_until(collection: Collection) -> int:
    """The revision up to which edits count no more, for the folder was loaded over them; else 0."""
    loads = ImportRun.objects.filter(
        collection=collection, action=ImportRun.Action.LOAD, state=ImportRun.State.DONE
    )
    traces = loads.order_by("-pk").values_list("traces", flat=True).first() or {}
    return int(traces.get(_GIVEN_BACK, 0))


def remember_given_back(run: ImportRun, until: int) -> None:
    """(Each load hands it on to the next, for only the last of them are kept.)"""
    run.traces[_GIVEN_BACK] = until


def kept_edits(
    collection: Collection, prints: Mapping[str, StoredPrint], images: Iterable[PrintImage], *, since: int = 0
) -> KeptEdits:
    """Of a collection, which has these prints and images; every revision after `since` is read."""
    histories: dict[str, _History] = {}
    taken_away: set[Picture] = set()
    undone = _undone(collection)
    rows = Revision.objects.filter(collection=collection, pk__gt=since).order_by("pk")
    columns = ("origin_id", "print_id", "record_id", "before", "after")
    for origin_id, print_id, record_id, before, after in rows.values_list(*columns).iterator(500):
        if (origin_id, print_id) in undone:
            continue
        histories[record_id] = _History.after(histories.get(record_id), _said(before), _said(after))
        taken_away |= _pictures_of(before)
        taken_away -= _pictures_of(after)
    records = frozenset(record_id for record_id, history in histories.items() if history.is_edited)
    edited = {stored.id for record_id, stored in prints.items() if record_id in records}
    there = list(images)
    return KeptEdits(
        records,
        held=frozenset(image.path for image in there if image.print_id in edited),
        taken_away=frozenset(taken_away),
        gone=frozenset(sha256 for _, sha256 in taken_away) - {image.sha256 for image in there},
    )


def _undone(collection: Collection) -> set[tuple[int | None, int]]:
    """Import and print of what was undone: neither what the import did counts nor its undoing."""
    rows = Revision.objects.filter(collection=collection, origin=Revision.Origin.UNDO).order_by()
    return set(rows.values_list("origin_id", "print_id").iterator(2000))


@dataclass(frozen=True)
class _History:
    """A record as the folder had `given` it and as people have `left` it: hashes, None where there is none.

    `was_edited`: it had been edited already when the folder brought it something more.
    """

    given: int | None
    left: int | None
    was_edited: bool = False

    @staticmethod
    def after(history: "_History | None", before: int | None, after: int | None) -> "_History":
        if history is None:
            return _History(before, after)
        if before == history.left:
            return _History(history.given, after, history.was_edited)
        return _History(before, after, history.is_edited)

    @property
    def is_edited(self) -> bool:
        return self.was_edited or self.left is None or self.left != self.given


def _said(snapshot: Snapshot | None) -> int | None:
    """(Whether a record is hidden is nothing that a folder would say.)"""
    return hash(repr(content_of({**snapshot, "hidden": False}))) if snapshot else None


def _pictures_of(snapshot: Snapshot | None) -> set[Picture]:
    return {(image["path"], image["sha256"]) for image in snapshot["images"]} if snapshot else set()


def edits_kept(records: Iterable[Record], prints: Mapping[str, StoredPrint], edits: KeptEdits) -> list[Issue]:
    """What is to be said of the rows that do not count, where they say other than the catalogue."""
    others = [
        record
        for record in records
        if record.record_id in edits.records
        and (record.record_id not in prints or differs(record, prints[record.record_id]))
    ]
    named, more = others[:MOST_NAMED], others[MOST_NAMED:]
    issues = [_edited(record) if record.record_id in prints else _removed(record) for record in named]
    return [*issues, _more(more)] if more else issues


def _edited(record: Record) -> Issue:
    reason = f"record {record.record_id!r} was changed in Recto; the table's values are not taken: {_REMEDY}"
    return make_issue(record.sources[0], "edited_here", reason, value=record.title)


def _more(records: Sequence[Record]) -> Issue:
    reason = f"{len(records)} more records were changed or removed in Recto, and stay so: {_REMEDY}"
    return make_issue(records[0].sources[0], "edited_here", reason)


def _removed(record: Record) -> Issue:
    reason = f"record {record.record_id!r} was removed in Recto, and stays so: {_REMEDY}"
    return make_issue(record.sources[0], "removed_here", reason, value=record.title, left_out=True)
