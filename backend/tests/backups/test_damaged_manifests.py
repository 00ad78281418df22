"""One backup whose manifest is damaged: it is named, and stops no other one."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from backups.repository import Repository
from tests.backups.conftest import RunCommand
from tests.backups.seen import contents
from tests.backups.test_refused import changed

House = dict[str, Any]


@pytest.mark.parametrize("written", ["", "\n", "not a checksum", "\0\xff\xfe"])
def test_an_odd_checksum_is_a_sentence_that_names_the_backup(
    house: House, repository: Path, command: RunCommand, written: str
) -> None:
    command("backup", repository)
    (name,) = Repository(repository).names()
    (repository / "backups" / name / "manifest.sha256").write_bytes(written.encode("latin-1"))
    for words in ({"name": "backup", "verify": True}, {"name": "restore", "replace": True}):
        with pytest.raises(CommandError, match=rf"backup {name} cannot be read: .*manifest\.sha256"):
            command(words.pop("name"), repository, **words)


def test_a_manifest_of_something_else_is_a_sentence(
    house: House, repository: Path, command: RunCommand
) -> None:
    command("backup", repository)
    for odd in ({"tables": [{"rows": 1}]}, {"files": None}, {"migrations": {}, "of": "another program"}):
        changed(repository, **odd)
        with pytest.raises(CommandError, match=r"cannot be read: its manifest\.json"):
            command("backup", repository, verify=True)
        shutil.rmtree(repository)
        command("backup", repository)


def test_one_damaged_manifest_stops_no_later_backup_and_nothing_is_swept(
    house: House, data_dir: Path, repository: Path, command: RunCommand, capsys: pytest.CaptureFixture[str]
) -> None:
    (data_dir / "raw" / "only-once.txt").write_text("in the first backup only")
    command("backup", repository)
    (data_dir / "raw" / "only-once.txt").unlink()
    first = set(contents(repository))
    (damaged,) = Repository(repository).names()
    (repository / "backups" / damaged / "manifest.json").write_text("{")

    command("backup", repository)
    said = capsys.readouterr().err
    assert f"The backup {damaged} cannot be read" in said
    assert "stays there until" in said
    assert str(repository / "backups" / damaged) in said
    assert first <= set(contents(repository))
    assert "is whole" in command("backup", repository, verify=True)
    # With the damaged one deleted, what only it named goes.
    shutil.rmtree(repository / "backups" / damaged)
    command("backup", repository)
    assert first - set(contents(repository))
    assert "cannot be read" not in capsys.readouterr().err


def test_a_damaged_manifest_goes_when_it_is_too_old(
    house: House, repository: Path, command: RunCommand, capsys: pytest.CaptureFixture[str]
) -> None:
    command("backup", repository)
    (damaged,) = Repository(repository).names()
    (repository / "backups" / damaged / "manifest.json").write_text("{")
    assert f"{damaged} was deleted" in command("backup", repository, keep=1)
    manifest = Repository(repository).manifest()
    assert {file.name for file in contents(repository)} == {one.sha256 for one in manifest.contents()}
    assert "cannot be read" not in capsys.readouterr().err
