"""Processes die at any moment of an import: afterwards it is complete, then undone, and all agrees.

RECTO_TEST_KILLS and RECTO_TEST_KILLED_PRINTS make it longer: 20 and 648 are what was promised.
"""

from __future__ import annotations

import json
import os
import random
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from serve.accounts import administrators_token
from serve.real_prints import copy_prints
from serve.throwaway import Throwaway, throwaway
from tests.system.conftest import FirstRun, System, wait_until
from tests.system.test_main_job import IMPORTER, WEB, WORKER, kill, manage

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

KILLS = int(os.environ.get("RECTO_TEST_KILLS", "4"))
PRINTS = int(os.environ.get("RECTO_TEST_KILLED_PRINTS", "40"))
SEED = int(os.environ.get("RECTO_TEST_SEED", "4"))
# Of which one dies each time; the import's own worker most often.
VICTIMS = [IMPORTER, IMPORTER, WEB, WORKER]
ALREADY = 3  # prints that are there before
PATIENCE = 60.0 + 3 * PRINTS


@pytest.fixture
def recto(prints_folder: Path, tmp_path: Path) -> Iterator[System]:
    """A Recto of its own, with a few prints."""
    copy_prints(prints_folder, tmp_path / "few", ALREADY)
    with throwaway({"few": tmp_path / "few"}) as started:
        started.wait_until_searchable()
        yield System(started, FirstRun("", 0, [], 0, 0))


class Curator:
    """Calls the API again when the web process died under it."""

    def __init__(self, recto: Throwaway) -> None:
        self._url, self._session = f"{recto.url}/api/v1", requests.Session()
        token = administrators_token(recto.places, "anna")
        self._session.headers["Authorization"] = f"Token {token}"

    def call(self, method: str, path: str, **sent: Any) -> Any:
        until = time.monotonic() + 60
        while True:
            try:
                answer = self._session.request(method, f"{self._url}{path}", timeout=60, **sent)
                if answer.status_code < 500:
                    assert answer.ok, answer.text
                    return answer.json()
            except requests.ConnectionError:
                pass
            assert time.monotonic() < until, f"{method} {path}"
            time.sleep(0.2)

    def state(self, number: int) -> str:
        return str(self.call("GET", f"/imports/{number}/")["state"])


def prepared(curator: Curator, folder: Path) -> int:
    """An import of the prints with their pictures in a ZIP, checked; its number."""
    curator.call("POST", "/collections/", json={"slug": "killed", "name": "Killed", "visibility": "public"})
    form = {"collection": "killed", "image_source": json.dumps({"kind": "zip"})}
    with (folder / "metadata.csv").open("rb") as table:
        number = int(curator.call("POST", "/imports/", data=form, files={"table": table})["id"])
    with (folder.parent / "images.zip").open("rb") as archive:
        curator.call("POST", f"/imports/{number}/images/", files={"zip": archive})
    curator.call("POST", f"/imports/{number}/check/")
    wait_until(lambda: curator.state(number) == "checked", seconds=PATIENCE, what="the check")
    return number


def zipped(folder: Path) -> None:
    with zipfile.ZipFile(folder.parent / "images.zip", "w", zipfile.ZIP_STORED) as archive:
        for file in sorted((folder / "images").iterdir()):
            archive.write(file, file.name)


def kill_at_random_moments(system: System, kills: int, chance: random.Random) -> None:
    for _ in range(kills):
        time.sleep(chance.uniform(0.1, 3.0))
        kill(system, chance.choice(VICTIMS))


def agree(recto: Throwaway) -> None:
    """Records, files, features and index."""
    assert "All agree" in manage(recto, "check_files", "--checksums", "--sweep")
    assert "All agree" in manage(recto, "check_index")


def test_import_survives_kills_and_so_does_its_undoing(
    recto: System, prints_folder: Path, tmp_path: Path
) -> None:
    chance, curator = random.Random(SEED), Curator(recto.recto)
    folder = tmp_path / "killed"
    copy_prints(prints_folder, folder, PRINTS)
    zipped(folder)
    number = prepared(curator, folder)

    curator.call("POST", f"/imports/{number}/apply/")
    kill_at_random_moments(recto, KILLS, chance)
    wait_until(lambda: curator.state(number) == "done", seconds=PATIENCE, what="the import")
    recto.recto.wait_until_searchable(PATIENCE)
    found = curator.call("GET", "/prints/?collection=killed&page_size=1")
    assert found["count"] == PRINTS
    assert curator.call("GET", "/info/")["images"] == PRINTS + ALREADY
    agree(recto.recto)

    curator.call("POST", f"/imports/{number}/undo/")
    kill_at_random_moments(recto, max(1, KILLS // 5), chance)
    wait_until(lambda: curator.state(number) == "undone", seconds=PATIENCE, what="the undoing")
    assert curator.call("GET", "/prints/?collection=killed")["count"] == 0
    agree(recto.recto)
    scans = recto.recto.places.data / "processed" / "scans"
    assert not [file for file in scans.rglob("*") if file.is_file()]
