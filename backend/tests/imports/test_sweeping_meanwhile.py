"""The sweep of files runs in another process, which sees what is committed and nothing else."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from PIL import Image

from catalog.history import images_written
from catalog.models import Collection, Print, Revision
from imports.editing import restore_revision
from imports.files import sweep_files
from imports.preparing import create_import, table_file
from tests.imports.staged import applied, record, staged, undone


def sweep_elsewhere() -> None:
    """By another connection."""

    def swept() -> None:
        try:
            sweep_files()
        except OperationalError:
            pass  # files go before their rows, and the rows' table waits for the one that is writing
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        other.submit(swept).result()


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_being_taken_in_is_not_swept_away(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "prints.csv"
    table.write_text("record_id,title\na,Kanone\n")
    copy = shutil.copyfile

    def swept_after_the_copy(source: Path, target: Path) -> Any:
        copy(source, target)
        sweep_elsewhere()

    monkeypatch.setattr("imports.preparing.shutil.copyfile", swept_after_the_copy)
    run = create_import(
        collection=Collection.objects.create(slug="prints", name="Prints"),
        table=table,
        table_name="prints.csv",
        action="add",
        image_source={"kind": "none"},
        user=None,
    )
    assert table_file(run).is_file()


@pytest.mark.django_db(transaction=True)
def test_a_scan_that_is_on_its_way_back_is_not_swept_away(data_dir: Path, tmp_path: Path) -> None:
    """Only the undone import names it, until the restoring is committed."""
    Image.new("RGB", (40, 30), "red").save(tmp_path / "a.png")
    run = staged(Collection.objects.create(slug="prints", name="Prints"), record("a"))
    undone(applied(run, {"a": [(tmp_path / "a.png").read_bytes()]}))
    removed = Revision.objects.get(origin="undo")

    def sweep(**_: object) -> None:
        sweep_elsewhere()

    images_written.connect(sweep)
    try:
        restore_revision(revision=removed, before=True, user=None)
    finally:
        images_written.disconnect(sweep)
    (image,) = Print.objects.get(record_id="a").images.all()
    assert (data_dir / image.path).is_file()
