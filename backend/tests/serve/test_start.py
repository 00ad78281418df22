"""What a start does to the data, and that two starts do not get the same data folder."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from serve import start
from serve.console import Refusal
from serve.lock import claim_data_folder
from serve.places import ROOT, Places, places_from_environment

Runs = list[tuple[str, ...]]


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A repository and a data folder with nothing in them but what a start looks at."""
    monkeypatch.delenv("RECTO_DATABASE_URL", raising=False)
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "recto.stamp").write_text("packages")
    (tmp_path / "backend" / "core" / "migrations").mkdir(parents=True)
    found = replace(places_from_environment({}), root=tmp_path, data=tmp_path / "data")
    found.run.mkdir(parents=True)
    return found


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    """What was asked of serve.load; the stand-in makes the database file."""
    asked: Runs = []

    def run_load(places: Places, *what: str) -> None:
        asked.append(what)
        (places.data / "processed" / "recto.sqlite3").touch()

    monkeypatch.setattr(start, "run_load", run_load)
    return asked


def test_nobody_else_on_the_machine_reads_the_database_or_kept_photographs(
    places: Places, runs: Runs
) -> None:
    """Those of an earlier Recto, too, which were made as the user's umask had it."""
    processed = places.data / "processed"
    start.prepare_data(places)
    journal, other = processed / "recto.sqlite3-wal", processed / "derivatives"
    for path, mode in ((processed / "recto.sqlite3", 0o644), (journal, 0o664), (other, 0o644)):
        path.touch()
        path.chmod(mode)
    (processed / "kept").mkdir(mode=0o755)
    for _ in range(2):
        start.close_to_others(places)
    there = [path for path in processed.iterdir() if path != places.run]
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in there}
    closed = {"recto.sqlite3": "0o600", "recto.sqlite3-wal": "0o600", "kept": "0o700"}
    assert modes == {**closed, "derivatives": "0o644"}


def test_first_start_migrates_and_loads_before_it_serves(places: Places, runs: Runs) -> None:
    assert start.prepare_data(places)
    assert runs == [("migrate", "collections")]


def test_second_start_leaves_loading_to_a_process_beside_the_page(places: Places, runs: Runs) -> None:
    start.prepare_data(places)
    assert not start.prepare_data(places)
    assert len(runs) == 1


@pytest.mark.parametrize("setting", ["RECTO_HTTPS", "RECTO_HOSTED"])
def test_hosted_settings_are_checked_at_every_start(
    places: Places, runs: Runs, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    start.prepare_data(places)
    monkeypatch.setenv(setting, "1")
    start.prepare_data(places)
    assert runs[1:] == [("check",)]


def loaded(data: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    """`serve.load` as a start calls it, with these settings."""
    asked = [sys.executable, "-m", "serve.load", "migrate", "collections"]
    env = {"PATH": os.environ["PATH"], "RECTO_DATA_DIR": str(data), **settings}
    return subprocess.run(asked, cwd=ROOT / "backend", env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({"RECTO_KEEP_DAYS": "abc"}, "RECTO_KEEP_DAYS='abc' must be a whole number from 0 to 3650."),
        ({"RECTO_SECRET_KEY": "short"}, "RECTO_SECRET_KEY has 5 characters"),
        ({"RECTO_DATABASE_URL": "postgresql://recto@127.0.0.1:9/recto"}, "are RECTO_DATABASE_URL and"),
    ],
)
def test_what_an_operator_can_mend_is_said_without_a_traceback(
    tmp_path: Path, settings: dict[str, str], names: str
) -> None:
    ended = loaded(tmp_path, **settings)
    assert ended.returncode == 1
    assert names in ended.stderr
    assert "Traceback" not in ended.stderr


def test_database_of_a_later_version_is_refused_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "processed").mkdir()
    with closing(sqlite3.connect(tmp_path / "processed" / "recto.sqlite3")) as database:
        columns = "id INTEGER PRIMARY KEY, app TEXT, name TEXT, applied DATETIME"
        database.execute(f"CREATE TABLE django_migrations ({columns})")
        database.execute("INSERT INTO django_migrations VALUES (1, 'core', '9999_later', '2030-01-01')")
        database.commit()
    ended = loaded(tmp_path)
    assert ended.returncode == 1
    assert "does not know core.9999_later" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_unsafe_hosted_settings_stop_before_the_data_is_touched(tmp_path: Path) -> None:
    ended = loaded(tmp_path, RECTO_HTTPS="1")
    assert ended.returncode == 1
    assert "RECTO_TRUSTED_ORIGINS is empty" in ended.stderr
    assert "Name the addresses of the page" in ended.stderr
    assert not (tmp_path / "processed" / "recto.sqlite3").exists()


def test_new_migration_is_applied_at_the_next_start(places: Places, runs: Runs) -> None:
    start.prepare_data(places)
    (places.backend / "core" / "migrations" / "0002_more.py").write_text("")
    assert not start.prepare_data(places)
    assert runs[1:] == [("migrate",)]


def test_database_server_is_migrated_at_every_start(
    places: Places, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECTO_DATABASE_URL", "postgresql://host/name")
    start.prepare_data(places)
    start.prepare_data(places)
    assert runs == [("migrate", "collections"), ("migrate",)]


def test_configuration_quotes_odd_paths_and_names_every_process(places: Places) -> None:
    odd = replace(places, data=places.data / "50 % off")
    odd.run.mkdir(parents=True)
    text = start.write_configuration(odd, load=True).read_text()
    assert "50 %% off" in text
    assert "programs = web,indexer,importer,beat,announce,load\n" in text
    assert "programs = extractor\n" in text


def test_extractor_elsewhere_is_not_among_the_processes(places: Places) -> None:
    remote = replace(places, own_extractor=False)
    text = start.write_configuration(remote, load=False).read_text()
    assert "programs = web,indexer,importer,beat,announce\n" in text


def test_second_claim_of_a_data_folder_is_refused_with_the_first_one_named(places: Places) -> None:
    claim_data_folder(places)
    with pytest.raises(Refusal, match=r"already serves .*process \d+, http://127.0.0.1:8000.*RECTO_DATA_DIR"):
        claim_data_folder(places)
