"""A restore where SQLite's database lies in another folder than the data."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection

from backups import loading, places, restoring
from backups.errors import BackupError
from tests.backups.conftest import RunCommand
from tests.backups.seen import files, rows

House = dict[str, Any]

pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about files of SQLite")


@pytest.fixture
def database(house: House) -> Iterator[Path]:
    """The tests' own database is in the folder of all tests, not in this test's data folder."""
    file = Path(connection.settings_dict["NAME"])
    _tidy(file)  # (Other tests restore there, too.)
    yield file
    _tidy(file)


def _tidy(database: Path) -> None:
    for left in beside(database):
        (database.parent / left).unlink()


def beside(database: Path) -> list[str]:
    """What a restore has put or left there: SQLite's own three are open."""
    own = {f"{database.name}{ending}" for ending in places.DATABASE_FILES}
    return [file.name for file in database.parent.glob(f"{database.name}*") if file.name not in own]


def test_the_old_database_is_put_aside_and_named(
    database: Path, repository: Path, command: RunCommand
) -> None:
    command("backup", repository)
    said = command("restore", repository, replace=True)
    (old,) = beside(database)
    assert str(database.parent / old) in said
    with sqlite3.connect(database.parent / old) as opened:
        assert opened.execute("SELECT count(*) FROM catalog_print").fetchone() == (3,)


def test_a_restore_that_fails_among_the_rows_leaves_no_half_database(
    database: Path, data_dir: Path, repository: Path, command: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("backup", repository)
    before = rows(), files(data_dir)

    def break_off(*_: object) -> None:
        raise BackupError("a row is missing")

    monkeypatch.setattr(loading, "_check", break_off)
    with pytest.raises(CommandError, match="a row is missing"):
        command("restore", repository, replace=True)
    assert beside(database) == []
    assert (rows(), files(data_dir)) == before


def test_a_restore_that_fails_at_the_last_move_puts_the_old_database_back(
    database: Path, data_dir: Path, repository: Path, command: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("backup", repository)
    before = rows(), files(data_dir)
    real = places.Exchange._move

    def move(self: Any, entry: Path, target: Path) -> None:
        if target == database:
            raise OSError(errno.EIO, "the disk has died")
        real(self, entry, target)

    monkeypatch.setattr(places.Exchange, "_move", move)
    with pytest.raises(CommandError, match="the disk has died"):
        command("restore", repository, replace=True)
    assert beside(database) == []
    assert (rows(), files(data_dir)) == before
    assert not list(data_dir.glob("before-restore-*"))


def test_what_could_not_be_put_back_is_named(
    database: Path, repository: Path, command: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("backup", repository)
    real = shutil.move

    def move(source: Path, target: Path) -> None:
        if target == database:
            raise OSError(errno.EIO, "the disk has died")
        real(source, target)

    monkeypatch.setattr(shutil, "move", move)
    try:
        with pytest.raises(CommandError, match="not all could be put back") as caught:
            command("restore", repository, replace=True)
        (old,) = beside(database)
        assert f"{database.parent / old} belongs to {database}" in str(caught.value)
    finally:
        connection.close()
        real(database.parent / beside(database)[0], database)


def test_indexes_that_cannot_be_made_leave_word_of_where_the_old_database_is(
    database: Path, repository: Path, command: RunCommand, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("backup", repository)

    def break_off() -> dict[str, int]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(restoring, "republish", break_off)
    with pytest.raises(CommandError, match="is in place, but its indexes") as caught:
        command("restore", repository, replace=True)
    (old,) = beside(database)
    assert str(database.parent / old) in str(caught.value)
    assert "build_index" in str(caught.value)
