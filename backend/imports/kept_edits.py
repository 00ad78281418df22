"""What was changed in Recto itself, which loading a folder again, as every start does, must not undo.

People, tables that they import, and undoing leave a revision; loading a folder leaves none.
"""

from collections.abc import Iterable, Mapping

from catalog.models import Collection, PrintImage, Revision
from catalog.snapshots import Snapshot
from imports.issues import Issue, make_issue
from imports.planning import KeptEdits
from imports.queries import StoredPrint
from imports.records import Record
from imports.writing import differs

_REMEDY = "to take them all the same, import the table under Imports, or load the folder with --over-edits"


def kept_edits(
    collection: Collection, prints: Mapping[str, StoredPrint], images: Iterable[PrintImage]
) -> KeptEdits:
    """Of a collection, which has these prints and images; every revision of it is read."""
    records: set[str] = set()
    taken_away: set[tuple[str, str]] = set()
    rows = Revision.objects.filter(collection=collection).order_by("pk")
    for record_id, before, after in rows.values_list("record_id", "before", "after").iterator(500):
        records.add(record_id)
        taken_away |= _pictures_of(before)
        taken_away -= _pictures_of(after)
    edited = {stored.id for record_id, stored in prints.items() if record_id in records}
    there = list(images)
    return KeptEdits(
        frozenset(records),
        held=frozenset(image.path for image in there if image.print_id in edited),
        taken_away=frozenset(taken_away),
        gone=frozenset(sha256 for _, sha256 in taken_away) - {image.sha256 for image in there},
    )


def _pictures_of(snapshot: Snapshot | None) -> set[tuple[str, str]]:
    return {(image["path"], image["sha256"]) for image in snapshot["images"]} if snapshot else set()


def edits_kept(records: Iterable[Record], prints: Mapping[str, StoredPrint], edits: KeptEdits) -> list[Issue]:
    """What is to be said of the rows that do not count, where they say other than the catalogue."""
    return [
        _edited(record) if record.record_id in prints else _removed(record)
        for record in records
        if record.record_id in edits.records
        and (record.record_id not in prints or differs(record, prints[record.record_id]))
    ]


def _edited(record: Record) -> Issue:
    reason = f"record {record.record_id!r} was changed in Recto; the table's values are not taken: {_REMEDY}"
    return make_issue(record.sources[0], "edited_here", reason, value=record.title)


def _removed(record: Record) -> Issue:
    reason = f"record {record.record_id!r} was removed in Recto, and stays so: {_REMEDY}"
    return make_issue(record.sources[0], "removed_here", reason, value=record.title, left_out=True)
