"""Single records in the hands of a curator: added, corrected, hidden, removed, taken back to what they were.

Every change is one transaction with its revision and its line in the audit trail.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction

from accounts import audit
from catalog.history import Author, hold_prints, recorded, remove_prints
from catalog.models import Collection, Print, Revision
from catalog.queries import print_not_found
from catalog.restoring import restore
from catalog.scans import keeping_scans
from catalog.snapshots import Snapshot
from core.errors import Conflict, NotFound, UserError
from core.sentences import say
from imports.cell_texts import COORDINATES
from imports.columns import field_named
from imports.comparing import record_of
from imports.names import Names
from imports.queries import stored_prints
from imports.records import Record
from imports.relating import resolve_relations_of
from imports.writing import write_prints
from indexing.changes import lock_appends

Curator = User | AnonymousUser | None
Origin = Revision.Origin


def author(user: Curator) -> Author:
    """In whose name a change of a single record is written down."""
    return Author(Origin.EDIT, user=user if isinstance(user, User) else None)


@transaction.atomic
def create_print(
    *, collection: Collection, record_id: str, values: Mapping[str, Any], hidden: bool, user: Curator
) -> int:
    """A new record; `values` are attributes of `records.Record`. Returns its id. Raises Conflict."""
    if Print.objects.filter(collection=collection, record_id=record_id).exists():
        message = say(
            "record_exists",
            f"The collection has a record {record_id!r} already. Correct that one, or give another id.",
            record=record_id,
        )
        raise Conflict("record_exists", message, fields={"record_id": [message]})
    _require_free_names(values.get("extra", {}))
    with recorded(collection, [], author(user)) as recording:
        written = write_prints(collection, Names(), new=[Record(record_id, (), **values)])
        recording.add(written.values())
        row = Print.objects.get(pk=written[record_id])
        _set_hidden(row, hidden)
        resolve_relations_of(row)
    audit.record(user, "print_created", collection, record_id, {"print": row.pk})
    return row.pk


@transaction.atomic
def change_print(*, row: Print, values: Mapping[str, Any], hidden: bool | None, user: Curator) -> None:
    """Set the given attributes of `records.Record`; the others stay. Raises NotFound once it is gone."""
    row = held(row)
    stored = stored_prints(row.collection, record_ids=[row.record_id])[row.record_id]
    before = record_of(stored, row.record_id)
    after = replace(before, **values)
    _require_free_names(after.extra.keys() - before.extra.keys())
    with recorded(row.collection, [row.pk], author(user)):
        if after != before:
            write_prints(row.collection, Names(), changed=[(row.pk, after)])
        if hidden is not None:
            _set_hidden(row, hidden)
        row.refresh_from_db()
        resolve_relations_of(row)
    changed = sorted(values) + (["hidden"] if hidden is not None else [])
    audit.record(user, "print_changed", row.collection, row.record_id, {"print": row.pk, "fields": changed})


def held(row: Print) -> Print:
    """The record as it is now, nobody else's till the end of the transaction: all its values are written."""
    found = Print.objects.select_for_update(no_key=True).filter(pk=row.pk).first()
    if found is None:
        raise print_not_found(row.pk)
    return found


def _require_free_names(names: Iterable[str]) -> None:
    """Of further fields: one named like a field of every record would be read as that in a table."""
    for name in names:
        if name not in COORDINATES and field_named(name) is not None:
            message = say(
                "extra_name_taken",
                f"{name!r} is a field that every record has. Write it there, or choose another name.",
                name=name,
            )
            raise UserError("extra_name_taken", message, fields={"extra": [message]})


def _set_hidden(row: Print, hidden: bool) -> None:
    Print.objects.filter(pk=row.pk).update(hidden=hidden)


@transaction.atomic
def remove_print(*, row: Print, user: Curator) -> None:
    """Delete the record; its history stays, and can bring it back."""
    # The log's lock comes before the first write of image rows: see lock_appends.
    lock_appends()
    row = held(row)
    with recorded(row.collection, [row.pk], author(user)):
        remove_prints([row.pk])
    audit.record(user, "print_removed", row.collection, row.record_id, {"print": row.pk})


def restore_revision(*, revision: Revision, before: bool, user: Curator) -> int:
    """Make the record what it was after the change (`before`: before it). Returns its id.

    Raises NotFound where it was not there then, Conflict when files of its pictures are gone, or another
    record has its number.
    """
    state: Snapshot | None = revision.before if before else revision.after
    if state is None:
        raise NotFound("no_such_state", "The record did not exist then. Choose another state.")
    # What an undone import brought is named by nobody before this is committed.
    with keeping_scans(), transaction.atomic():
        lock_appends()
        hold_prints(Print.objects.filter(pk=revision.print_id))
        _require_room(revision)
        _require_files(state)
        with recorded(revision.collection, [revision.print_id], author(user)):
            restore(revision.collection, {revision.print_id: state})
        detail = {"print": revision.print_id, "revision": revision.pk}
        audit.record(user, "print_restored", revision.collection, revision.record_id, detail)
    return revision.print_id


def _require_room(revision: Revision) -> None:
    others = Print.objects.filter(collection=revision.collection_id, record_id=revision.record_id)
    if others.exclude(pk=revision.print_id).exists():
        message = say(
            "record_id_taken_since",
            f"Another record has the id {revision.record_id!r} by now. Remove that one first.",
            record=revision.record_id,
        )
        raise Conflict("record_exists", message)


def _require_files(state: Snapshot) -> None:
    gone = [one["path"] for one in state["images"] if not (settings.RECTO_DATA_DIR / one["path"]).is_file()]
    if gone:
        message = say(
            "scan_gone",
            f"The file {gone[0]} of a picture it had then is gone. Put it back first.",
            file=gone[0],
        )
        raise Conflict("scan_gone", message)
