"""What `make test-hosted` runs, and which database and broker a Recto gets that its tests start."""

from pathlib import Path

import pytest

from serve.hosted_tests import hosted_parts
from serve.places import places_from_environment
from serve.throwaway import clean_environment, own_servers

PLACES = places_from_environment({})
SERVERS = {
    "RECTO_TEST_DATABASE_URL": "postgresql://recto@/postgres?host=/tmp/servers&port=5555",
    "RECTO_TEST_REDIS_URL": "redis://127.0.0.1:5556",
}


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SERVERS.items():
        monkeypatch.setenv(name, value)


def test_all_that_needs_no_browser_is_run() -> None:
    code, processes = (part.command for part in hosted_parts(PLACES, []))
    assert "tests" in code
    assert "tests/system" in processes
    left_out = [word.removeprefix("--ignore=") for word in processes if word.startswith("--ignore")]
    assert [Path(path).name for path in left_out] == ["test_browser.py", "test_browser_imports.py"]
    assert all((PLACES.backend / path).is_file() for path in left_out)


def test_what_pytest_is_told_is_run_alone() -> None:
    (part,) = hosted_parts(PLACES, ["tests/core", "-x"])
    assert part.command[-2:] == ("tests/core", "-x")


def test_each_data_folder_has_a_database_and_a_number_of_its_own(servers: None, tmp_path: Path) -> None:
    one, other = own_servers(tmp_path / "one"), own_servers(tmp_path / "other")
    assert one == own_servers(tmp_path / "one")
    assert one["RECTO_DATABASE_URL"] != other["RECTO_DATABASE_URL"]
    assert one["RECTO_DATABASE_URL"].startswith("postgresql://recto@/recto_")
    assert one["RECTO_DATABASE_URL"].endswith("?host=/tmp/servers&port=5555")
    assert one["RECTO_BROKER_URL"].startswith("redis://127.0.0.1:5556/")


def test_processes_are_told_of_them_and_of_nothing_else_of_the_tests(servers: None) -> None:
    told = clean_environment(PLACES)
    assert told["RECTO_DATABASE_URL"] == own_servers(PLACES.data)["RECTO_DATABASE_URL"]
    assert not [name for name in told if name.startswith("RECTO_TEST_")]


def test_without_servers_it_is_sqlite_and_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SERVERS:
        monkeypatch.delenv(name, raising=False)
    assert own_servers(PLACES.data) == {}
    assert "RECTO_DATABASE_URL" not in clean_environment(PLACES)
