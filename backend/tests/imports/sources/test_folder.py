"""Pictures from a folder of the server, below an allowed root."""

import shutil
from pathlib import Path

import pytest
from pytest_django import Settings

from catalog.audience import EVERYTHING
from catalog.models import PrintImage
from core.errors import NotFound, UserError
from imports.checking import check_import
from imports.sources.fetching_jobs import fetch_images, retry_images
from imports.sources.folder_lists import list_server_folders
from imports.sources.folder_rights import folder_rights
from imports.sources.roots import open_server_folder
from tests.imports.pictures_drawn import engraving, no_image_available, save
from tests.imports.sources.conftest import MakeRun, codes, load, pictures_of

SOURCE = {"kind": "folder", "path": "raw/scans"}


@pytest.fixture
def scans(data_dir: Path) -> Path:
    folder = data_dir / "raw" / "scans"
    for seed, name in enumerate(["1.png", "2-recto.png", "deep/2-verso.png"]):
        save(engraving(seed), folder / name)
    return folder


def test_pictures_of_the_data_folder_stay_where_they_are(scans: Path, make_run: MakeRun) -> None:
    lines = ["record_id,image_file", "1,", "2,2-recto.png; deep/2-verso.png"]
    run = load(make_run(*lines, source=SOURCE))
    assert pictures_of("1") == ["1.png"]
    assert pictures_of("2") == ["2-recto.png", "deep/2-verso.png"]
    assert set(PrintImage.objects.values_list("path", flat=True)) == {
        "raw/scans/1.png", "raw/scans/2-recto.png", "raw/scans/deep/2-verso.png",
    }  # fmt: skip
    assert not run.issues.exists()
    assert set(run.images.values_list("state", flat=True)) == {"attached"}


def test_pictures_from_elsewhere_are_copied(
    tmp_path: Path, scans: Path, make_run: MakeRun, settings: Settings
) -> None:
    elsewhere = shutil.copytree(scans, tmp_path / "drive" / "scans")
    settings.RECTO_IMPORT_ROOTS = [tmp_path / "drive"]
    load(make_run("record_id", "1", source={"kind": "folder", "path": "drive/scans"}))
    image = PrintImage.objects.get()
    assert image.path.startswith(f"processed/scans/{image.sha256[:2]}/{image.sha256}")
    assert (settings.RECTO_DATA_DIR / image.path).read_bytes() == (elsewhere / "1.png").read_bytes()


def test_what_is_missing_left_over_or_broken_is_said(scans: Path, make_run: MakeRun) -> None:
    (scans / "3.png").write_bytes(b"\x89PNG\r\n\x1a\n cut off")
    lines = ["record_id,image_file", "1,1.png", "2,away.png", "3,3.png", "4,"]
    run = load(make_run(*lines, source=SOURCE))
    assert codes(run) == {
        "away.png": "image_missing",
        "3.png": "image_damaged",
        "4": "row_without_image",
        "2-recto.png": "picture_without_record",
        "deep/2-verso.png": "picture_without_record",
    }
    assert run.issues.get(code="image_missing").reason == "there is no such file in raw/scans/"
    assert pictures_of("1") == ["1.png"]
    assert run.counts["created"] == 4


def test_a_picture_that_was_mended_is_read_again_alone(scans: Path, make_run: MakeRun) -> None:
    (scans / "1.png").write_bytes(b"\x89PNG\r\n\x1a\n cut off")
    run = load(make_run("record_id", "1", source=SOURCE))
    assert run.issues.get(code="image_damaged").retryable
    save(engraving(7), scans / "1.png")
    fetch_images(retry_images(run, user=None))
    assert pictures_of("1") == ["1.png"]
    assert not run.issues.filter(code="image_damaged").exists()
    with pytest.raises(UserError, match="No picture of this import"):
        retry_images(run, user=None)


def test_placeholders_are_left_out_by_bytes_and_by_picture(scans: Path, make_run: MakeRun) -> None:
    placeholder = save(no_image_available(), scans / "images_to_remove" / "none.png")
    shutil.copy(placeholder, scans / "a.png")
    save(no_image_available().resize((150, 200)), scans / "b.jpg", quality=80)
    lines = ["record_id,image_file", "a,a.png", "b,b.jpg", "c,1.png"]
    run = load(make_run(*lines, source=SOURCE))
    issues = {one.value: one.reason for one in run.issues.filter(code="placeholder")}
    assert issues["a.png"].startswith("the same file")
    assert issues["b.jpg"].startswith("the same picture")
    assert pictures_of("a") == pictures_of("b") == []
    assert pictures_of("c") == ["1.png"]


def test_placeholders_of_the_collection_count_for_every_source(
    data_dir: Path, scans: Path, make_run: MakeRun
) -> None:
    save(no_image_available(), data_dir / "raw" / "prints" / "images_to_remove" / "none.png")
    save(no_image_available().resize((150, 200)), scans / "a.png")
    assert "placeholder" in codes(load(make_run("record_id", "a", source=SOURCE))).values()


def test_placeholders_beside_the_folder_count(data_dir: Path, make_run: MakeRun) -> None:
    engravings = data_dir / "raw" / "engravings"
    save(no_image_available(), engravings / "images_to_remove" / "none.png")
    save(no_image_available(), engravings / "images" / "a.png")
    run = load(make_run("record_id", "a", source={"kind": "folder", "path": "raw/engravings/images"}))
    assert codes(run) == {"a.png": "placeholder"}


def test_a_link_out_of_the_roots_is_not_followed(tmp_path: Path, scans: Path, make_run: MakeRun) -> None:
    secret = save(engraving(9), tmp_path / "secret.png")
    (scans / "5.png").symlink_to(secret)
    run = load(make_run("record_id", "5", source=SOURCE))
    assert codes(run)["5.png"] == "file_outside_roots"
    assert not PrintImage.objects.exists()


def test_the_folder_that_is_gone_ends_the_check_with_a_reason(scans: Path, make_run: MakeRun) -> None:
    run = make_run("record_id", "1", source=SOURCE)
    shutil.rmtree(scans)
    with pytest.raises(NotFound, match="no folder raw/scans"):
        check_import(run)
    run.refresh_from_db()
    assert (run.state, "no folder" in run.message) == ("uploaded", True)


@pytest.mark.parametrize(
    "path",
    ["", "/etc", "raw/../..", "..", "raw/scans/../../processed", "other", "raw\0", "raw/out", "raw\\..\\.."],
)
def test_no_path_leads_out_of_the_roots(tmp_path: Path, scans: Path, data_dir: Path, path: str) -> None:
    (tmp_path / "outside").mkdir()
    (data_dir / "raw" / "out").symlink_to(tmp_path / "outside")
    with pytest.raises(UserError) as refused:
        open_server_folder(path, folder_rights(EVERYTHING))
    assert refused.value.code == "folder_outside_roots"


def test_folders_are_listed_with_their_pictures(
    tmp_path: Path, scans: Path, data_dir: Path, settings: Settings
) -> None:
    (data_dir / "raw" / "out").symlink_to(tmp_path)
    (scans / "notes.txt").write_text("no picture")
    settings.RECTO_IMPORT_ROOTS = [data_dir / "raw", tmp_path / "drive" / "raw"]
    roots = list_server_folders("", folder_rights(EVERYTHING))
    assert [(one.path, one.pictures) for one in roots.folders] == [("raw", 3), ("raw-2", 0)]
    inside = list_server_folders("raw", folder_rights(EVERYTHING))
    assert (inside.parent, [(one.path, one.name, one.pictures) for one in inside.folders]) == (
        "", [("raw/scans", "scans", 3)],
    )  # fmt: skip
    deeper = list_server_folders("raw/scans", folder_rights(EVERYTHING))
    assert (deeper.parent, deeper.pictures, [one.path for one in deeper.folders]) == (
        "raw", 3, ["raw/scans/deep"],
    )  # fmt: skip
