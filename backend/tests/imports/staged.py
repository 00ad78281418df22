"""Imports as the check leaves them, for the tests of what comes after; and all there is, to compare."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import connection

from catalog.models import Collection, Print
from catalog.scans import keep_scan
from imports.issues import Source
from imports.models import ImportImage, ImportRecord, ImportRun
from imports.picture import Picture
from imports.queries import stored_prints
from imports.records import Record
from imports.running import apply_import, undo_import
from imports.staging import record_to_json
from imports.writing import differs

Outcome = ImportRecord.Outcome
TABLES = (
    "catalog_print", "catalog_printperson", "catalog_print_techniques", "catalog_relation",
    "catalog_printimage", "catalog_person", "catalog_technique", "catalog_classification",
    "catalog_institution", "catalog_example", "indexing_feature", "indexing_localfeature",
)  # fmt: skip


def staged(
    collection: Collection,
    *records: Record,
    action: str = "add_and_update",
    removed: Sequence[str] = (),
    **fields: Any,
) -> ImportRun:
    """A run that was checked: what these records would do, and these record ids that would go."""
    run = ImportRun.objects.create(
        collection=collection, action=action, state="checked", table_name="prints.csv", **fields
    )
    stored = stored_prints(collection)
    rows = [
        _row(run, number, replace(one, sources=(Source("prints.csv", number),)), stored)
        for number, one in enumerate(records, start=2)
    ]
    rows += [
        ImportRecord(
            run=run,
            position=len(rows) + place,
            record_id=name,
            outcome=Outcome.REMOVED,
            print_id=stored[name].id,
        )
        for place, name in enumerate(removed, start=2)
    ]
    ImportRecord.objects.bulk_create(rows, batch_size=500)
    return run


def _row(run: ImportRun, position: int, record: Record, stored: Any) -> ImportRecord:
    known = stored.get(record.record_id)
    outcome = Outcome.CREATED
    if known is not None:
        outcome = Outcome.CHANGED if differs(record, known) else Outcome.UNCHANGED
    return ImportRecord(
        run=run,
        position=position,
        record_id=record.record_id,
        outcome=outcome,
        record=record_to_json(record),
        print_id=known.id if known else None,
    )


def record(record_id: str, **values: Any) -> Record:
    return Record(record_id, (Source("prints.csv", 2),), **values)


def applied(run: ImportRun, pictures: Mapping[str, Sequence[bytes]] | None = None) -> ImportRun:
    """Written, with these pictures (files by record id)."""
    for record_id in pictures or {}:
        ImportImage.objects.create(run=run, record_id=record_id, position=0, location=f"{record_id}.png")
    apply_import(run, opened=lambda _: nullcontext(Scans(pictures or {})))
    return fresh(run)


class Scans:
    """What a source of pictures is to the writing of records."""

    def __init__(self, files: Mapping[str, Sequence[bytes]]) -> None:
        self._files = files

    def pictures_for(self, record_ids: Sequence[str]) -> Mapping[str, Sequence[Picture]]:
        return {
            record_id: [
                _kept(f"{record_id}-{place}.png", file) for place, file in enumerate(self._files[record_id])
            ]
            for record_id in record_ids
            if record_id in self._files
        }


def no_pictures(run: ImportRun) -> AbstractContextManager[Scans]:
    """A source that has none."""
    return nullcontext(Scans({}))


def _kept(name: str, file: bytes) -> Picture:
    scan = keep_scan(io.BytesIO(file))
    return Picture(name, scan.path, scan.sha256, scan.width, scan.height, scan.format)


def undone(run: ImportRun, *, rest: bool = False) -> ImportRun:
    undo_import(fresh(run), user=None, rest=rest)
    return fresh(run)


def fresh(run: ImportRun) -> ImportRun:
    return ImportRun.objects.select_related("collection", "job", "created_by").get(pk=run.pk)


def database() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the catalogue and of what the index is made from, with all ids."""
    with connection.cursor() as cursor:
        dump = {}
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            dump[table] = [tuple(row) for row in cursor.fetchall()]
        return dump


def files(data_dir: Path) -> dict[str, str]:
    """Path and checksum of every file that is kept: neither locks nor what is made again when asked for."""
    kept = [path for path in data_dir.rglob("*") if path.is_file()]
    names = {path.relative_to(data_dir).as_posix(): path for path in kept}
    passing = ("processed/locks/", "processed/derivatives/", "processed/knn/", "processed/local")
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in sorted(names.items())
        if not name.startswith(passing)
    }


def titles(collection: Collection) -> dict[str, str]:
    rows = Print.objects.filter(collection=collection).order_by("pk")
    return dict(rows.values_list("record_id", "title"))
