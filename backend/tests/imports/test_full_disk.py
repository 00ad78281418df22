"""A full disk while an import is written: a clear failure, nothing half-written, and it goes on later."""

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from pytest_django import Settings

from catalog.models import Collection, Print, PrintImage, Revision
from core import job_runner
from core.errors import OperatorError
from core.jobs import enqueue
from core.models import Job
from imports import applying_tables
from imports.files import check_files
from imports.models import ImportRun
from imports.running import apply_import
from tests.imports.staged import Scans, applied, fresh, no_pictures, record, staged
from tests.indexing.fixtures import drawing, png

FILES = {f"r{number:02}": [png(drawing(number, width=300, height=200))] for number in range(40)}


@pytest.fixture
def small_disk(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A data folder on a file system of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("needs the right to mount a small file system (root)")
    try:
        (disk / "processed").mkdir()
        settings.RECTO_DATA_DIR, settings.RECTO_PROCESSED_DIR = disk, disk / "processed"
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def run_of_pictures() -> ImportRun:
    swiss = Collection.objects.create(slug="swiss", name="Swiss prints")
    run = staged(swiss, *(record(name) for name in FILES))
    for name in FILES:
        run.images.create(record_id=name, position=0, location=f"{name}.png")
    return run


def apply_pictures(run: ImportRun) -> None:
    apply_import(fresh(run), opened=lambda _: nullcontext(Scans(FILES)))


def assert_whole(run: ImportRun) -> None:
    """Every record that is there has its picture and its revision."""
    assert Print.objects.count() == Revision.objects.count() == run.records.filter(applied=True).count()
    assert PrintImage.objects.count() == Print.objects.count()


@pytest.mark.django_db
def test_pictures_that_fill_the_disk_end_the_import_with_what_to_do_and_it_goes_on_after_that(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying_tables, "PICTURED_BATCH", 4)
    run = run_of_pictures()
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(800_000))
    with pytest.raises(OperatorError) as caught:
        apply_pictures(run)
    assert caught.value.code == "disk_full"
    failed = fresh(run)
    assert (failed.state, failed.message) == ("failed", caught.value.message)
    assert 0 < Print.objects.count() < 40
    assert_whole(run)
    incoming = small_disk / "processed" / "scans" / "incoming"
    assert list(incoming.iterdir()) == []
    assert not check_files(checksums=True).missing
    ballast.unlink()
    apply_pictures(run)
    assert (fresh(run).state, Print.objects.count(), PrintImage.objects.count()) == ("done", 40, 40)
    assert check_files(checksums=True).agree


@pytest.mark.django_db
def test_write_that_fails_for_want_of_room_leaves_no_file(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same where no file system can be mounted."""

    def no_room(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("catalog.scans.os.fsync", no_room)
    run = run_of_pictures()
    with pytest.raises(OperatorError) as caught:
        apply_pictures(run)
    assert (caught.value.code, Print.objects.count()) == ("disk_full", 0)
    assert not [file for file in (data_dir / "processed" / "scans").rglob("*") if file.is_file()]


@pytest.fixture
def full_database(transactional_db: None, data_dir: Path) -> Iterator[Any]:
    """A function that lets the database grow by so many pages and no more; None: without a limit."""
    if connection.vendor != "sqlite":
        pytest.skip("limits the pages of an SQLite file")

    def allow(pages: int | None) -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            most = 2**30 if pages is None else cursor.fetchone()[0] + pages
            cursor.execute(f"PRAGMA max_page_count = {most}")

    yield allow
    allow(None)


def test_database_that_cannot_grow_ends_the_import_between_two_batches(
    full_database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying_tables, "BATCH", 20)
    swiss = Collection.objects.create(slug="swiss", name="Swiss prints")
    run = staged(swiss, *(record(f"r{number:03}", title="x" * 2000) for number in range(200)))
    full_database(100)
    with pytest.raises(OperatorError) as caught:
        apply_import(fresh(run), opened=no_pictures)
    assert caught.value.code == "disk_full"
    written = Print.objects.count()
    assert (0 < written < 200, written % 20) == (True, 0)
    assert Revision.objects.count() == run.records.filter(applied=True).count() == written
    full_database(None)
    assert (applied(fresh(run)).state, Print.objects.count()) == ("done", 200)


def test_job_whose_end_cannot_be_stored_is_stored_once_there_is_room(
    transactional_db: None, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = enqueue(kind="sweep_files")
    pauses: list[float] = []
    stored = job_runner._store_end

    def full_twice(*arguments: Any, **values: Any) -> None:
        if len(pauses) < 2:
            raise OperationalError("database or disk is full")
        stored(*arguments, **values)

    monkeypatch.setattr(job_runner, "_store_end", full_twice)
    monkeypatch.setattr("core.job_runner.time.sleep", pauses.append)
    job_runner.run(job.pk)
    assert (Job.objects.get(pk=job.pk).state, len(pauses)) == ("done", 2)
