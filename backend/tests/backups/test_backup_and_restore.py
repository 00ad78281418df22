"""`manage.py backup` and `restore`: everything comes back as it was, and nothing is half done."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import AuditEntry, SignInAttempt
from backups.last import last_backup
from backups.repository import Repository
from catalog.models import Collection, Print
from imports.models import ImportRun
from indexing.models import KnnModel
from search.models import KeptSearch
from tests.backups.conftest import RunCommand
from tests.backups.seen import contents, files, found_by_searching, rows
from tests.imports.staged import undone

House = dict[str, Any]


def test_everything_comes_back_and_searches_answer_the_same(
    house: House, data_dir: Path, repository: Path, command: RunCommand, api: APIClient
) -> None:
    before = rows(), files(data_dir), found_by_searching(api)
    old_versions = set(KnnModel.objects.values_list("version", flat=True))
    said = command("backup", repository)
    Print.objects.all().delete()
    (data_dir / "raw" / "prints" / "metadata.csv").unlink()
    (data_dir / "raw" / "later.txt").write_text("written after the backup")

    restored = command("restore", repository, replace=True)
    assert restored.count("holds 3 images") == 2, restored
    for table, was in before[0].items():
        assert rows()[table] == was, table
    assert files(data_dir) == before[1]
    assert found_by_searching(api) == before[2]
    assert "All agree" in command("check_files", checksums=True)
    assert "All agree" in command("check_index")
    # Files of published versions are in no backup.
    active = set(KnnModel.objects.filter(active=True).values_list("version", flat=True))
    assert len(active) == 2
    assert not old_versions & active
    assert not SignInAttempt.objects.exists()
    assert AuditEntry.objects.get(action="backup_restored").target in said
    # What was there is aside.
    (aside,) = data_dir.glob("before-restore-*")
    assert (aside / "raw" / "later.txt").read_text() == "written after the backup"
    assert not list(data_dir.glob(".restoring-*"))
    # An id that was given once is given to nobody else.
    made = Print.objects.create(collection=Collection.objects.get(), record_id="next")
    assert made.pk == house["gone_id"] + 1
    # The import can still be undone.
    assert undone(ImportRun.objects.get(pk=house["run"])).state == ImportRun.State.UNDONE
    assert not Print.objects.filter(record_id="new").exists()


def test_the_second_backup_copies_only_what_is_new(
    house: House, data_dir: Path, repository: Path, command: RunCommand
) -> None:
    command("backup", repository)
    first = set(contents(repository))
    Collection.objects.update(name="Renamed")
    (data_dir / "raw" / "prints" / "metadata.csv").write_text("record_id\ne0\ne1\n")
    command("backup", repository)
    new = set(contents(repository)) - first
    # The table of collections, of the jobs, and the file.
    assert len(new) == 3
    assert "is whole" in command("backup", repository, verify=True)


def test_old_backups_go_and_what_only_they_held(
    house: House, data_dir: Path, repository: Path, command: RunCommand
) -> None:
    command("backup", repository)
    only_first = {one.content.sha256 for one in Repository(repository).manifest().files}
    (data_dir / "raw" / "prints" / "metadata.csv").write_text("another\n")
    command("backup", repository)
    assert "was deleted" in command("backup", repository, keep=1)
    (name,) = Repository(repository).names()
    manifest = Repository(repository).manifest(name)
    assert {file.name for file in contents(repository)} == {one.sha256 for one in manifest.contents()}
    assert only_first - {file.name for file in contents(repository)}


def test_a_kept_search_past_its_time_is_in_no_backup_made_afterwards(
    house: House, data_dir: Path, repository: Path, command: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("backup", repository)
    (picture,) = files(data_dir).keys() & {
        f"processed/kept/{house['kept']['id'][:2]}/{house['kept']['id']}.jpg"
    }
    content = files(data_dir)[picture][0]
    assert content in {file.name for file in contents(repository)}
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(days=31))
    # The purge has not come yet.
    assert KeptSearch.objects.count() == 1
    command("backup", repository, keep=1)
    manifest = Repository(repository).manifest()
    table = manifest.table("search.KeptSearch")
    assert table
    assert table.rows == 0
    assert picture not in {one.path for one in manifest.files}
    assert content not in {file.name for file in contents(repository)}
    command("purge_searches")
    assert not KeptSearch.objects.exists()
    assert picture not in files(data_dir)


def test_a_deleted_kept_search_is_in_no_backup_made_afterwards(
    house: House, repository: Path, command: RunCommand
) -> None:
    command("purge_searches", id=house["kept"]["id"])
    command("backup", repository)
    manifest = Repository(repository).manifest()
    assert not [one.path for one in manifest.files if "kept" in one.path]


def test_the_secret_key_and_the_originals_as_asked(
    house: House, data_dir: Path, repository: Path, command: RunCommand
) -> None:
    (data_dir / "processed" / "secret_key").write_text("a secret of the server")
    command("backup", repository, without_originals=True)
    paths = {one.path for one in Repository(repository).manifest().files}
    assert not [path for path in paths if path.startswith("raw/") or path.endswith("secret_key")]
    assert [path for path in paths if path.startswith("processed/scans/")]
    said = command("restore", repository, replace=True)
    assert "data/raw/ is as it was" in said
    assert (data_dir / "raw" / "prints" / "metadata.csv").is_file()
    command("backup", repository, with_secret_key=True)
    assert "processed/secret_key" in {one.path for one in Repository(repository).manifest().files}
    assert "raw/prints/metadata.csv" in {one.path for one in Repository(repository).manifest().files}


def test_the_last_one_is_remembered_for_monitoring(
    house: House, repository: Path, command: RunCommand, api: APIClient
) -> None:
    assert last_backup() is None
    command("backup", repository)
    said = last_backup()
    assert said
    assert said["name"] == Repository(repository).names()[-1]
    assert b"recto_last_backup_timestamp_seconds " in api.get("/metrics").content


def test_nobody_else_may_read_a_backup(house: House, repository: Path, command: RunCommand) -> None:
    command("backup", repository)
    for file in [repository, *repository.rglob("*")]:
        assert file.stat().st_mode & 0o077 == 0, file


def test_a_missing_picture_is_told_and_the_rest_is_backed_up(
    house: House, data_dir: Path, repository: Path, command: RunCommand, capsys: pytest.CaptureFixture[str]
) -> None:
    (data_dir / "raw" / "prints" / "images" / "1.png").unlink()
    command("backup", repository)
    assert "1 pictures that the catalogue names are not in the data folder" in capsys.readouterr().err
    assert Repository(repository).manifest().missing == ["raw/prints/images/1.png"]


def test_what_is_linked_comes_back_as_files_and_what_ran_out_since_does_not(
    house: House,
    data_dir: Path,
    repository: Path,
    command: RunCommand,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "scan.txt").write_text("far away")
    (elsewhere / "round").symlink_to(data_dir / "raw", target_is_directory=True)
    (data_dir / "raw" / "linked").symlink_to(elsewhere, target_is_directory=True)
    command("backup", repository)
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(days=31))
    command("restore", repository, replace=True)
    assert (data_dir / "raw" / "linked" / "scan.txt").read_text() == "far away"
    assert not (data_dir / "raw" / "linked").is_symlink()
    assert (elsewhere / "scan.txt").is_file()
    assert not KeptSearch.objects.exists()
    assert not [path for path in files(data_dir) if path.startswith("processed/kept")]


def test_a_folder_of_something_else_is_left_alone(
    house: House, repository: Path, command: RunCommand
) -> None:
    repository.mkdir()
    (repository / "thesis.txt").write_text("important")
    with pytest.raises(CommandError, match="no backup of Recto"):
        command("backup", repository)
    assert [file.name for file in repository.iterdir()] == ["thesis.txt"]
