"""A disk that is full for a while refuses nothing for good: the same is taken again, no picture left out."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from catalog.models import Collection, PrintImage
from core.errors import NoRoom
from imports.checking import check_import
from imports.models import ImportRun
from imports.uploads import imports_folder
from tests.imports.sources import archives_made as made
from tests.imports.sources.conftest import MakeRun, load

FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def administrator(db: None) -> APIClient:
    client = APIClient()
    client.force_login(User.objects.create_superuser("admin"))
    return client


def send(client: APIClient, run: ImportRun, archive: bytes) -> tuple[int, str]:
    sent = {"zip": SimpleUploadedFile("scans.zip", archive)}
    answer = client.post(f"/api/v1/imports/{run.pk}/images/", sent, format="multipart")
    return answer.status_code, answer.json().get("error", {}).get("code", "")


def run_of_one(make_run: MakeRun) -> ImportRun:
    return make_run("record_id,title,image_file", "1,One,a.png", source={"kind": "zip"})


def test_an_archive_is_refused_while_there_is_no_room_and_taken_after_that(
    administrator: APIClient,
    make_run: MakeRun,
    picture: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, archive = run_of_one(make_run), made.archive({"a.png": picture("a.png")})
    with monkeypatch.context() as now:
        now.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
        assert send(administrator, run, archive) == (507, "no_room")
    assert send(administrator, run, archive)[0] < 300
    load(run)
    assert PrintImage.objects.count() == 1


def test_a_check_on_a_full_disk_leaves_no_picture_out(
    administrator: APIClient,
    make_run: MakeRun,
    picture: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = run_of_one(make_run)
    send(administrator, run, made.archive({"a.png": picture("a.png")}))
    with monkeypatch.context() as now:
        now.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
        with pytest.raises(NoRoom):
            check_import(ImportRun.objects.get())
    load(ImportRun.objects.get())
    assert PrintImage.objects.count() == 1
    assert not run.issues.exists()


def test_a_bomb_is_called_one_however_full_the_disk_is(
    administrator: APIClient, make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    assert send(administrator, run_of_one(make_run), made.bomb("a.png", megabytes=250)) == (413, "zip_bomb")


def test_a_table_that_does_not_fit_leaves_neither_an_import_nor_half_a_file(
    administrator: APIClient, collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(_: Path, target: Path) -> NoReturn:
        target.write_bytes(b"record")
        raise FULL

    monkeypatch.setattr("imports.preparing.shutil.copyfile", half)
    table = SimpleUploadedFile("prints.csv", b"record_id,title\n1,One\n")
    form = {"collection": collection.slug, "table": table}
    answer = administrator.post("/api/v1/imports/", form, format="multipart")
    assert (answer.status_code, answer.json()["error"]["code"]) == (507, "no_room")
    assert not ImportRun.objects.exists()
    assert not [file for file in imports_folder().rglob("*") if file.is_file()]
