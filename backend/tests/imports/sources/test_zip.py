"""Pictures from archives that curators send."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import AuditEntry, Membership
from catalog.models import Collection, PrintImage
from imports.models import ImportRun
from imports.sources import uploading
from imports.sources.archive_pictures import archive_files
from imports.uploads import imports_folder
from tests.imports.pictures_drawn import no_image_available
from tests.imports.sources.archives_made import Files, archive
from tests.imports.sources.conftest import MakeRun, codes, load, pictures_of

SOURCE = {"kind": "zip"}
Draw = Callable[..., bytes]


@pytest.fixture
def client(collection: Collection) -> APIClient:
    user = User.objects.create_user("curator")
    Membership.objects.create(user=user, collection=collection, role="curator")
    client = APIClient()
    client.force_login(user)
    return client


def send(client: APIClient, run: ImportRun, content: bytes, name: str = "scans.zip") -> int:
    file = io.BytesIO(content)
    file.name = name
    return client.post(f"/api/v1/imports/{run.pk}/images/", {"zip": file}, format="multipart").status_code


def test_an_archive_is_sent_and_its_pictures_are_loaded(
    client: APIClient, make_run: MakeRun, picture: Draw
) -> None:
    run = make_run("record_id,image_file", "1,Blätter/eins.png", "2,2.png", source=SOURCE)
    files = {"Blätter/eins.png": picture("1.png"), "2.png": picture("2.png"), "__MACOSX/._2.png": b"x"}
    assert send(client, run, archive(files), name="Scans (März).zip") == 200
    load(run)
    assert pictures_of("1") == ["Blätter/eins.png"]
    assert PrintImage.objects.get(name="2.png").path.startswith("processed/scans/")
    assert not run.issues.exists()
    entry = AuditEntry.objects.get(action="import_pictures_sent")
    assert entry.detail == {"import": run.pk, "archive": "Scans (März).zip", "files": 2}


def test_archives_go_when_their_pictures_are_in(client: APIClient, make_run: MakeRun, picture: Draw) -> None:
    run = make_run("record_id", "1", "2", source=SOURCE)
    send(client, run, archive({"1.png": picture(), "2.png": picture()[:500]}))
    load(run)
    assert codes(run) == {"2.png": "image_damaged"}
    assert not run.issues.get().retryable
    assert archive_files(run) == []
    assert (imports_folder() / str(run.pk) / "table").is_file()


def test_several_archives_count_as_one_and_one_of_a_name_replaces(
    client: APIClient, make_run: MakeRun, picture: Draw
) -> None:
    run = make_run("record_id", "1", "2", source=SOURCE)
    send(client, run, archive({"1.png": picture("old.png")}), name="a.zip")
    send(client, run, archive({"1.png": picture("new.png")}), name="a.zip")
    send(client, run, archive({"2.png": picture("2.png"), "1.png": picture("late.png")}), name="b.zip")
    assert [file.name for file in archive_files(run)] == ["a.zip", "b.zip"]
    load(run)
    assert pictures_of("1") == ["1.png"]
    assert pictures_of("2") == ["2.png"]
    kept = imports_folder().parent / "scans"
    assert picture("new.png") in [file.read_bytes() for file in kept.rglob("*.png")]


def test_a_checked_import_has_to_be_checked_again(
    client: APIClient, make_run: MakeRun, picture: Draw
) -> None:
    run = make_run("record_id", "1", source=SOURCE)
    ImportRun.objects.filter(pk=run.pk).update(state="checked")
    assert send(client, run, archive({"1.png": picture()})) == 200
    run.refresh_from_db()
    assert run.state == "uploaded"


@pytest.mark.parametrize("state", ["running", "done", "abandoned", "undone", "failed", "checking"])
def test_an_import_that_is_past_that_takes_no_archive(
    client: APIClient, make_run: MakeRun, picture: Draw, state: str
) -> None:
    run = make_run("record_id", "1", source=SOURCE)
    ImportRun.objects.filter(pk=run.pk).update(state=state)
    assert send(client, run, archive({"1.png": picture()})) == 400
    assert archive_files(run) == []


def test_an_import_with_another_source_takes_no_archive(
    client: APIClient, make_run: MakeRun, picture: Draw
) -> None:
    assert (
        send(client, make_run("record_id", "1", source={"kind": "none"}), archive({"1.png": picture()}))
        == 400
    )


def test_an_upload_over_the_limit_leaves_nothing(
    client: APIClient, make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imports.sources.views.ImportImagesView.largest_upload", 100_000)
    run = make_run("record_id", "1", source=SOURCE)
    assert send(client, run, bytes(200_000)) == 413
    assert not list((imports_folder() / "incoming").iterdir())


def test_a_request_without_an_archive_is_a_400(client: APIClient, make_run: MakeRun) -> None:
    run = make_run("record_id", "1", source=SOURCE)
    response = client.post(f"/api/v1/imports/{run.pk}/images/", {"other": "x"}, format="multipart")
    assert response.status_code == 400
    assert "zip" in response.json()["error"]["fields"]


def test_only_curators_of_the_collection_send_archives(make_run: MakeRun, picture: Draw) -> None:
    run = make_run("record_id", "1", source=SOURCE)
    stranger, viewer = APIClient(), APIClient()
    assert send(stranger, run, archive({"1.png": picture()})) == 403
    user = User.objects.create_user("viewer")
    Membership.objects.create(user=user, collection=run.collection, role="viewer")
    viewer.force_login(user)
    assert send(viewer, run, archive({"1.png": picture()})) == 403
    assert archive_files(run) == []


def test_placeholders_in_the_archive_are_left_out(
    client: APIClient, make_run: MakeRun, picture: Draw
) -> None:
    files: Files = {"images/1.png": picture("1.png")}
    for name, size in (("images_to_remove/none.png", (300, 400)), ("images/2.png", (150, 200))):
        content = io.BytesIO()
        no_image_available().resize(size).save(content, "PNG")
        files[name] = content.getvalue()
    run = make_run("record_id", "1", "2", source=SOURCE)
    send(client, run, archive(files))
    load(run)
    assert codes(run) == {"images/2.png": "placeholder"}
    assert pictures_of("1") == ["images/1.png"]


@pytest.mark.parametrize(
    ("encoding", "name"), [("utf-8", "Größe.png"), ("cp437", "Größe.png"), ("utf-8", "a.png")]
)
def test_names_are_read_as_macos_and_windows_write_them(
    client: APIClient, make_run: MakeRun, picture: Draw, encoding: str, name: str
) -> None:
    """Without the flag that says UTF-8: zipfile always sets it, so the bytes are put in afterwards."""
    stand_in = b"x" * len(name.encode(encoding))
    content = archive({stand_in.decode(): picture()}).replace(stand_in, name.encode(encoding))
    run = make_run("record_id,image_file", f"1,{name}", source=SOURCE)
    assert send(client, run, content) == 200
    load(run)
    assert pictures_of("1") == [name]


def test_what_is_no_picture_is_named_and_left(client: APIClient, make_run: MakeRun, picture: Draw) -> None:
    run = make_run("record_id", "1", source=SOURCE)
    send(client, run, archive({"readme.txt": b"hello", "1.png": picture()}))
    load(run)
    assert codes(run) == {"scans.zip/readme.txt": "zip_not_a_picture"}


def test_a_large_archive_with_a_wide_directory(
    client: APIClient, make_run: MakeRun, picture: Draw, settings: Settings
) -> None:
    """ZIP64, as archives of more than 4 GB or 65,535 files are written."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made, made.open("1.png", "w", force_zip64=True) as file:
        file.write(picture())
    run = make_run("record_id", "1", source=SOURCE)
    assert send(client, run, content.getvalue()) == 200


def test_an_import_that_is_confirmed_while_an_archive_is_read_stays_confirmed(
    client: APIClient, make_run: MakeRun, picture: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run("record_id,image_file", "1,1.png", source=SOURCE)

    def confirmed_meanwhile(_: object) -> int:
        ImportRun.objects.filter(pk=run.pk).update(state="running")
        return 1

    monkeypatch.setattr(uploading, "_readable_files", confirmed_meanwhile)
    assert send(client, run, archive({"1.png": picture()})) == 400
    run.refresh_from_db()
    assert run.state == "running"
    assert archive_files(run) == []
