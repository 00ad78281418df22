"""What was changed in Recto itself, which loading a folder again, as every start does, must not undo.

People, tables that they import, and undoing leave a revision; loading a folder leaves none.
"""

from collections.abc import Iterable, Mapping

from catalog.models import Collection, Revision
from imports.issues import Issue, make_issue
from imports.planning import KeptEdits
from imports.queries import StoredPrint
from imports.records import Record
from imports.writing import differs

_REMEDY = "to take them all the same, import the table under Imports, or load the folder with --over-edits"


def kept_edits(collection: Collection) -> KeptEdits:
    """Of a collection; every revision of it is read."""
    records: set[str] = set()
    pictures: set[tuple[str, str]] = set()
    rows = Revision.objects.filter(collection=collection).order_by()
    for record_id, before in rows.values_list("record_id", "before").iterator(500):
        records.add(record_id)
        if before:
            pictures.update((image["path"], image["sha256"]) for image in before["images"])
    return KeptEdits(frozenset(records), frozenset(pictures))


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
