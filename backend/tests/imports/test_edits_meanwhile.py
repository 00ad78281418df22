"""Curators who go on working while an import or a folder is being written."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog.models import Collection, Print, PrintImage
from imports import services
from imports.checking import check_import
from imports.editing import change_print, remove_print
from imports.editing_images import replace_image
from imports.kept_edits import kept_edits
from imports.models import ImportRun
from imports.outdated import records_changed_since
from imports.planning import KeptEdits
from imports.preparing import create_import
from imports.running import apply_import
from imports.services import load_collection
from tests.imports.pictures_drawn import engraving, make_collection, row, save, write_table
from tests.imports.staged import fresh, no_pictures

pytestmark = pytest.mark.usefixtures("data_dir")


@pytest.fixture
def prints(db: None) -> Collection:
    return Collection.objects.create(slug="prints", name="Prints")


def checked(collection: Collection, tmp_path: Path, *lines: str) -> ImportRun:
    table = tmp_path / "prints.csv"
    table.write_text("\n".join(lines) + "\n")
    run = create_import(
        collection=collection,
        table=table,
        table_name="prints.csv",
        action="add_and_update",
        image_source={"kind": "none"},
        user=None,
    )
    check_import(run)
    return fresh(run)


def write(run: ImportRun) -> None:
    apply_import(run, opened=no_pictures)


def edit(record_id: str, **values: object) -> None:
    row = Print.objects.get(record_id=record_id)
    change_print(row=row, values=values, hidden=None, user=None)


def test_fields_that_the_table_has_not_keep_what_was_edited_after_the_check(
    prints: Collection, tmp_path: Path
) -> None:
    """The job waited behind others, or was cut short and went on the next day."""
    header = "record_id,title,inventory_number,Standort"
    write(checked(prints, tmp_path, header, "a,Kanone,I 1,Kasten 1"))
    run = checked(prints, tmp_path, "record_id,title", "a,Die Kanone")
    edit("a", inventory_number="I 2", extra={"Standort": "Kasten 2"})

    write(run)

    found = Print.objects.get(record_id="a")
    assert found.title == "Die Kanone"
    assert (found.inventory_number, found.extra) == ("I 2", {"Standort": "Kasten 2"})


def test_what_the_table_says_counts_over_what_was_edited_after_the_check(
    prints: Collection, tmp_path: Path
) -> None:
    write(checked(prints, tmp_path, "record_id,title,Standort", "a,Kanone,Kasten 1"))
    run = checked(prints, tmp_path, "record_id,title,Standort", "a,Die Kanone,Kasten 3")
    edit("a", title="Kanonen", extra={"Standort": "Kasten 2", "Notiz": "neu"})

    write(run)

    found = Print.objects.get(record_id="a")
    assert (found.title, found.extra) == ("Die Kanone", {"Standort": "Kasten 3", "Notiz": "neu"})


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by the size of its tables")
def test_what_an_import_of_many_records_has_written_is_not_read_again_for_each_batch(
    prints: Collection, tmp_path: Path
) -> None:
    run = checked(prints, tmp_path, "record_id,title", "a,Kanone")
    write(run)
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        assert not records_changed_since(0, prints, ["a"], but_by=run)
    (asked,) = [query["sql"] for query in queries if 'FROM "catalog_revision"' in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
        plan = cursor.fetchall()
    assert "revision_by_print (print_id=? AND id>?)" in str(plan)


def test_a_record_that_is_edited_while_its_folder_is_loaded_keeps_the_edit(raw: Path, db: None) -> None:
    folder = make_collection(raw / "c", ["a.jpg", "b.jpg"], [row("1", "a.jpg"), row("2", "b.jpg")])
    load_collection(folder)
    rows = [row("1", "a.jpg", title="Die Kanone"), row("2", "b.jpg", title="Der Fisch")]
    write_table(folder / "metadata.csv", rows)

    def edit_meanwhile(done: int, total: int, step: str) -> None:
        if step == "Checking images" and done == total:
            edit("1", title="Die große Kanone")

    load_collection(folder, progress=edit_meanwhile)

    assert Print.objects.get(record_id="1").title == "Die große Kanone"
    assert Print.objects.get(record_id="2").title == "Der Fisch"


def test_a_record_that_is_removed_while_its_folder_is_written_stays_away(
    raw: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imports.services.BATCH", 1)
    folder = make_collection(raw / "c", ["a.jpg", "b.jpg"], [row("1", "a.jpg"), row("2", "b.jpg")])
    load_collection(folder)
    rows = [row("1", "a.jpg", title="Die Kanone"), row("2", "b.jpg;c.jpg", title="Der Fisch")]
    save(engraving(9), folder / "images" / "c.jpg")
    write_table(folder / "metadata.csv", rows)

    def remove_meanwhile(done: int, total: int, step: str) -> None:
        if step == "Writing prints" and done == 1:
            remove_print(row=Print.objects.get(record_id="2"), user=None)

    load_collection(folder, progress=remove_meanwhile)

    assert list(Print.objects.values_list("record_id", "title")) == [("1", "Die Kanone")]


def exchange(file: Path) -> None:
    save(engraving(91), file)


def rename(file: Path) -> None:
    file.rename(file.with_name("renamed.jpg"))


@pytest.mark.parametrize("on_disk", [exchange, rename, Path.unlink])
def test_a_scan_that_is_replaced_while_its_folder_is_read_is_the_curators(
    raw: Path, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on_disk: Callable[[Path], None]
) -> None:
    folder = make_collection(raw / "c", ["a.jpg", "b.jpg"])
    load_collection(folder)
    better = save(engraving(92), tmp_path / "better.jpg")

    def read_and_replace(*read: Any, **how: Any) -> KeptEdits:
        image = PrintImage.objects.get(path__endswith="/a.jpg")
        found = kept_edits(*read, **how)
        replace_image(image=image, file=better, name="better.jpg", user=None)
        return found

    monkeypatch.setattr(services, "kept_edits", read_and_replace)
    on_disk(folder / "images" / "a.jpg")
    load_collection(folder, remove_missing=True)

    image = Print.objects.get(record_id="a.jpg").images.get()
    assert not image.path.startswith("raw/")
    assert image.sha256 == hashlib.sha256(better.read_bytes()).hexdigest()
