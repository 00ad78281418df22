"""Folders of the server by right: a folder named like a collection is for its curators, others are shared."""

import io
import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from accounts.models import Membership
from catalog.audience import EVERYTHING
from catalog.models import Collection, PrintImage
from core.errors import NotFound
from imports.checking import check_import
from imports.models import ImportRun
from imports.preparing import configure_import, create_import
from imports.running import apply_import
from imports.sources.folder_lists import list_server_folders
from imports.sources.folder_rights import FolderRights, audience_now, folder_rights
from imports.sources.preparing import open_pictures
from tests.imports.pictures_drawn import engraving, save
from tests.imports.sources.conftest import codes

FILES = ("secret/images/1.png", "prints/images/1.png", "shared/1.png", "shared/2.png")
NOT_THERE = ("raw/secret", "raw/secret/images", "raw/./secret", "raw\\secret", "raw/loop")
FOLDERS, IMPORTS = "/api/v1/imports/folders/", "/api/v1/imports/"
SECRET = {"kind": "folder", "path": "raw/secret/images"}


@pytest.fixture
def secret(collection: Collection) -> Collection:
    return Collection.objects.create(slug="secret", name="Secret", visibility="private")


@pytest.fixture
def curator(collection: Collection) -> User:
    """Of the collection `prints`, not of `secret`."""
    user = User.objects.create_user("curator")
    Membership.objects.create(user=user, collection=collection, role="curator")
    return user


@pytest.fixture
def of_both(curator: User, secret: Collection) -> User:
    Membership.objects.create(user=curator, collection=secret, role="curator")
    return curator


@pytest.fixture
def raw(data_dir: Path, secret: Collection) -> Path:
    """A folder of each collection, and one of nobody."""
    folder = data_dir / "raw"
    for seed, name in enumerate(
        ["secret/images/1.png", "prints/images/1.png", "shared/1.png", "shared/2.png"]
    ):
        save(engraving(seed), folder / name)
    return folder


def rights_of(user: User) -> FolderRights:
    return folder_rights(audience_now(user.pk))


def listed(path: str, user: User) -> dict[str, int]:
    return {one.path: one.pictures for one in list_server_folders(path, rights_of(user)).folders}


def client_of(user: User) -> APIClient:
    client = APIClient()
    client.force_login(user)
    return client


def made(collection: Collection, user: User | None, source: dict[str, str], table: Path) -> ImportRun:
    table.write_text("record_id,image_file\n1,1.png\n")
    return create_import(
        collection=collection, table=table, table_name="t.csv", action="add", image_source=source, user=user
    )


def test_curator_is_shown_the_folders_of_their_collections_and_shared_ones(raw: Path, curator: User) -> None:
    assert listed("raw", curator) == {"raw/prints": 1, "raw/shared": 2}
    assert listed("", curator) == {"raw": 3}


def test_administrators_and_commands_are_shown_all(raw: Path) -> None:
    administrator = User.objects.create_superuser("administrator")
    everything = {"raw/prints": 1, "raw/secret": 1, "raw/shared": 2}
    assert listed("raw", administrator) == everything
    found = list_server_folders("raw", folder_rights(EVERYTHING)).folders
    assert {one.path: one.pictures for one in found} == everything


def test_a_folder_belongs_to_the_collection_that_loading_it_makes(raw: Path, curator: User) -> None:
    Collection.objects.create(slug="old-maps", name="Old maps")
    save(engraving(8), raw / "Old Maps" / "images" / "1.png")
    assert "raw/Old Maps" not in listed("raw", curator)


def test_only_directly_below_a_root_a_name_counts(raw: Path, curator: User) -> None:
    save(engraving(8), raw / "shared" / "secret" / "3.png")
    assert listed("raw/shared", curator) == {"raw/shared/secret": 1}


@pytest.mark.parametrize(
    "path", ["raw/secret", "raw/secret/images", "raw/./secret", "raw\\secret", "raw/loop"]
)
def test_folders_of_others_are_exactly_as_if_they_were_not_there(raw: Path, curator: User, path: str) -> None:
    (raw / "loop").symlink_to(raw / "loop")
    answer = client_of(curator).get(FOLDERS, {"path": path})
    missing = client_of(curator).get(FOLDERS, {"path": "raw/none"})
    assert (answer.status_code, missing.status_code) == (404, 404)
    assert json.dumps(answer.json()).replace(json.dumps(path)[1:-1], "raw/none") == json.dumps(missing.json())


def test_links_are_judged_by_what_they_lead_to(raw: Path, curator: User) -> None:
    (raw / "shared" / "folder").symlink_to(raw / "secret")
    (raw / "shared" / "5.png").symlink_to(raw / "secret" / "images" / "1.png")
    (raw / "shared" / "round").symlink_to(raw)
    assert listed("raw", curator)["raw/shared"] == 2
    assert listed("raw/shared", curator) == {"raw/shared/round": 3}
    assert set(listed("raw/shared/round", curator)) == {"raw/shared/round/prints", "raw/shared/round/shared"}
    for path in ("raw/shared/folder", "raw/shared/round/secret"):
        assert client_of(curator).get(FOLDERS, {"path": path}).status_code == 404


def test_pictures_of_others_come_in_by_no_link_and_by_no_folder_around_them(
    raw: Path, curator: User, collection: Collection, tmp_path: Path
) -> None:
    (raw / "shared" / "1.png").unlink()
    (raw / "shared" / "1.png").symlink_to(raw / "secret" / "images" / "1.png")
    (raw / "shared" / "images_to_remove").mkdir()
    (raw / "shared" / "images_to_remove" / "a.png").symlink_to(raw / "secret" / "images" / "1.png")
    for path in ("raw/shared", "raw"):
        run = made(collection, curator, {"kind": "folder", "path": path}, tmp_path / "t.csv")
        check_import(run)
        apply_import(run, opened=open_pictures)
        assert not any("secret" in name for name in codes(run))
    assert run.collection.import_runs.earliest("pk").issues.filter(code="file_outside_roots").exists()
    assert not PrintImage.objects.filter(path__contains="secret").exists()


def test_choosing_a_folder_of_others_is_refused_as_one_that_is_not_there(
    raw: Path, curator: User, collection: Collection, tmp_path: Path
) -> None:
    client = client_of(curator)
    form = {
        "collection": "prints",
        "image_source": json.dumps(SECRET),
        "table": io.BytesIO(b"record_id\n1\n"),
    }
    assert client.post(IMPORTS, form, format="multipart").status_code == 404
    assert not ImportRun.objects.exists()
    run = made(collection, curator, {"kind": "none"}, tmp_path / "t.csv")
    answer = client.patch(f"{IMPORTS}{run.pk}/", {"image_source": SECRET}, format="json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "folder_missing")
    run.refresh_from_db()
    assert run.image_source == {"kind": "none"}


def test_who_curates_both_may_bring_pictures_of_one_into_the_other(
    raw: Path, of_both: User, collection: Collection, tmp_path: Path
) -> None:
    run = made(collection, of_both, SECRET, tmp_path / "t.csv")
    assert client_of(of_both).get(f"{IMPORTS}{run.pk}/").json()["image_source"] == SECRET
    check_import(run)
    apply_import(run, opened=open_pictures)
    assert PrintImage.objects.get(print__collection=collection).path == "raw/secret/images/1.png"


@pytest.mark.parametrize("lost", ["prints", "secret", "account"])
def test_jobs_ask_for_the_rights_of_that_moment(
    raw: Path, of_both: User, collection: Collection, tmp_path: Path, lost: str
) -> None:
    run = made(collection, of_both, SECRET, tmp_path / "t.csv")
    check_import(run)
    taken = User.objects.filter(pk=of_both.pk)
    (taken if lost == "account" else Membership.objects.filter(collection__slug=lost)).delete()
    run = ImportRun.objects.get(pk=run.pk)
    with pytest.raises(NotFound, match="no folder raw/secret/images"):
        apply_import(run, opened=open_pictures)
    run.refresh_from_db()
    assert run.state == "failed"
    assert not PrintImage.objects.exists()
    ImportRun.objects.filter(pk=run.pk).update(state="uploaded")
    run.refresh_from_db()
    with pytest.raises(NotFound):
        check_import(run)


def test_a_folder_is_read_with_the_rights_of_who_chose_it_last(
    raw: Path, curator: User, collection: Collection, tmp_path: Path
) -> None:
    run = made(collection, curator, {"kind": "none"}, tmp_path / "t.csv")
    configure_import(run, user=User.objects.create_superuser("administrator"), image_source=SECRET)
    check_import(run)
    assert run.images.get().location == "1.png"


def test_commands_may_read_everything(raw: Path, collection: Collection, tmp_path: Path) -> None:
    run = made(collection, None, SECRET, tmp_path / "t.csv")
    check_import(ImportRun.objects.get(pk=run.pk))
    assert run.images.get().location == "1.png"


def test_a_folder_loaded_under_another_name_belongs_to_its_collection(
    raw: Path, secret: Collection, curator: User
) -> None:
    save(engraving(7), raw / "oddname" / "images" / "1.png")
    (raw / "link").symlink_to(raw / "oddname")
    assert listed("raw", curator)["raw/oddname"] == 1
    ImportRun.objects.create(collection=secret, folder="raw/oddname")
    assert not listed("raw", curator).keys() & {"raw/oddname", "raw/link"}
    for path in ("raw/oddname", "raw/oddname/images", "raw/link/images"):
        with pytest.raises(NotFound):
            list_server_folders(path, rights_of(curator))
    Membership.objects.create(user=curator, collection=secret, role="curator")
    assert listed("raw", curator)["raw/oddname"] == 1


def test_a_root_that_one_collection_was_made_of_stays_shared(
    raw: Path, secret: Collection, curator: User
) -> None:
    ImportRun.objects.create(collection=secret, folder="raw")
    assert listed("raw", curator)["raw/shared"] == 2
