"""What `backup` and `restore` refuse, and that nothing has changed then."""

import errno
import fcntl
import hashlib
import json
import os
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection

from backups import places
from backups.errors import BackupError, not_written
from backups.manifest import write_manifest
from backups.pool import Pool
from backups.repository import Repository, opened_for_writing
from tests.backups.conftest import RunCommand
from tests.backups.seen import contents, files, rows

House = dict[str, Any]


def changed(repository: Path, **values: Any) -> None:
    """Write these into the newest backup's manifest, as its maker would have."""
    writing = Repository(repository)
    manifest = writing.manifest()
    folder = repository / "backups" / manifest.name
    given = json.loads((folder / "manifest.json").read_text()) | values
    (folder / "manifest.json").write_text(json.dumps(given))
    checksum = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    (folder / "manifest.sha256").write_text(f"{checksum}  manifest.json\n")


def test_a_restore_is_refused_as_long_as_anything_does_not_fit(
    house: House, data_dir: Path, repository: Path, command: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match="There is no backup in"):
        command("restore", repository)
    command("backup", repository)
    before = rows(), files(data_dir)

    with pytest.raises(CommandError, match=r"already \(raw, scans, kept, imports, the database\)"):
        command("restore", repository)
    with pytest.raises(CommandError, match="There is no backup yesterday"):
        command("restore", repository, backup="yesterday", replace=True)
    with (data_dir / "processed" / "run" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="Recto serves"):
            command("restore", repository, replace=True)
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
        with pytest.raises(CommandError, match="The backup needs"):
            command("restore", repository, replace=True)

    picture = max(contents(repository), key=lambda file: file.stat().st_size)
    good = picture.read_bytes()
    picture.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    with pytest.raises(CommandError, match="is not what was written there"):
        command("restore", repository, replace=True)
    picture.write_bytes(good)

    changed(repository, migrations={"catalog": ["0001_initial", "9999_of_tomorrow"]})
    with pytest.raises(CommandError, match=r"later version of Recto .*catalog\.9999_of_tomorrow"):
        command("restore", repository, replace=True)
    changed(repository, format=2)
    with pytest.raises(CommandError, match="is of format 2"):
        command("restore", repository, replace=True)

    assert (rows(), files(data_dir)) == before
    assert not list(data_dir.glob(".restoring-*")) + list(data_dir.glob("before-restore-*"))


def test_a_restore_that_fails_at_the_last_step_puts_everything_back(
    house: House, data_dir: Path, repository: Path, command: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("backup", repository)
    before = rows(), files(data_dir)

    def break_off(self: Any) -> None:
        raise OSError(errno.EIO, "the disk has died")

    monkeypatch.setattr(places.Exchange, "_exchange_database", break_off)
    with pytest.raises(CommandError, match="the disk has died"):
        command("restore", repository, replace=True)
    assert (rows(), files(data_dir)) == before
    assert not list(data_dir.glob(".restoring-*"))


def test_damage_is_found_and_the_next_backup_writes_it_again(
    house: House, repository: Path, command: RunCommand, data_dir: Path
) -> None:
    command("backup", repository)
    # (Of a file: tables may be others the next time, and what that backup has not is not written again.)
    kept = {sha256 for sha256, _ in files(data_dir).values()}
    damaged = next(one for one in contents(repository) if one.name in kept)
    good = damaged.read_bytes()
    damaged.write_bytes(bytes([good[0] ^ 1]) + good[1:])
    with pytest.raises(CommandError, match=f"{damaged.name} is not what was written there"):
        command("backup", repository, verify=True)
    command("backup", repository)
    assert damaged.read_bytes() == good
    assert "is whole" in command("backup", repository, verify=True)


def test_a_full_disk_leaves_the_backups_as_they_were(
    house: House, data_dir: Path, repository: Path, command: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("backup", repository)
    before = contents(repository), Repository(repository).names()
    for number in range(3):
        (data_dir / "raw" / f"new{number}.txt").write_text(f"new {number}")
    added: list[int] = []
    real = Pool.add

    def add_until_full(self: Pool, source: Any) -> Any:
        if len(added) > 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "somewhere")
        added.append(1)
        return real(self, source)

    with monkeypatch.context() as full:
        full.setattr(Pool, "add", add_until_full)
        with pytest.raises(CommandError, match="There is no room left on the disk"):
            command("backup", repository)
    assert (contents(repository), Repository(repository).names()) == before
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(CommandError, match="where 0 MB are free"):
        command("backup", repository)


def test_one_backup_at_a_time_into_a_folder(house: House, repository: Path, command: RunCommand) -> None:
    with opened_for_writing(repository), pytest.raises(CommandError, match="Another backup into"):
        command("backup", repository)


def test_halves_that_a_killed_backup_left_are_swept(
    house: House, repository: Path, command: RunCommand
) -> None:
    command("backup", repository)
    before = contents(repository)
    (repository / "incoming" / "tmp123").write_text("half")
    (repository / "contents" / "ab").mkdir(exist_ok=True)
    (repository / "contents" / "ab" / ("ab" * 32)).write_text("named by nobody")
    (repository / "backups" / ".2026").mkdir()
    command("backup", repository, keep=1)
    assert len(contents(repository)) == len(before)
    assert not list((repository / "incoming").iterdir())
    assert len(list((repository / "backups").iterdir())) == 1


def test_a_manifest_that_was_changed_is_not_believed(
    house: House, repository: Path, command: RunCommand
) -> None:
    command("backup", repository)
    manifest = Repository(repository).manifest()
    file = repository / "backups" / manifest.name / "manifest.json"
    file.write_bytes(write_manifest(manifest).replace(b"e0", b"e1", 1) + b" ")
    with pytest.raises(BackupError, match=r"manifest\.json is not what was written"):
        Repository(repository).manifest()


def test_a_later_database_is_neither_migrated_nor_backed_up(
    house: House, repository: Path, command: RunCommand
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('catalog', '9999_of_tomorrow', '2026-01-01')"
        )
    try:
        with pytest.raises(CommandError, match=r"later version of Recto: .* catalog\.9999_of_tomorrow"):
            command("migrate")
        with pytest.raises(CommandError, match="Make the backup with that version"):
            command("backup", repository)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '9999_of_tomorrow'")
    assert not (repository / "backups").exists()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EACCES, "Give it the right to"),
        (errno.EROFS, "Give it the right to"),
        (errno.ENOSPC, "no room"),
    ],
)
def test_a_folder_that_cannot_be_written_is_named_with_what_to_do(
    tmp_path: Path, number: int, said: str
) -> None:
    sentence = str(not_written(OSError(number, "as the system says", str(tmp_path)), tmp_path))
    assert said in sentence
    assert str(tmp_path) in sentence
