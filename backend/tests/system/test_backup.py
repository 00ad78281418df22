"""A backup made while visitors search and a curator imports, restored where nothing is: all agrees, and the
same photographs find the same prints with the same scores.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from serve.throwaway import clean_environment
from tests.system.conftest import PATIENT, System, wait_until
from tests.system.test_killed_imports import Curator
from tests.system.test_main_job import get, manage, search

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif("RECTO_TEST_BACKUP" not in os.environ, reason="minutes: set RECTO_TEST_BACKUP=1"),
]

ANEW = ("timings_ms", "index_version", "local_index_version")
RECORDS = 3000  # without pictures: what searches find stays the same
# In the restored Recto, in one process: what photographs find, and what there is.
ASK = """
import json, sys
from django.conf import settings
from django.test import Client
from catalog.models import Print
settings.ALLOWED_HOSTS = ["testserver"]
client, answers = Client(), []
for path in sys.stdin.read().split():
    for _ in range(20):  # a busy extractor may be late
        with open(path, "rb") as image:
            answer = client.post("/api/v1/searches/", {"image": image}).json()
        if not answer.get("notices"):
            break
    answers.append(answer)
print("ASKED" + json.dumps({"answers": answers, "prints": Print.objects.count()}))
"""

# Other tests use the same Recto.
TIDY_UP = """
from catalog.models import Collection; Collection.objects.filter(slug="many").delete()
from django.contrib.auth.models import User; User.objects.filter(username="anna").delete()
"""


def test_backup_under_load_is_restored_whole(system: System, tmp_path: Path) -> None:
    photographs = kept_photographs(system, tmp_path)
    before = [settled_answer(system, photo.read_bytes()) for photo in photographs]
    repository, restored = tmp_path / "backups", tmp_path / "restored" / "data"
    curator = Curator(system.recto)
    number = prepared_import(curator, tmp_path)
    with searching(system, photographs[0].read_bytes()) as failures:
        curator.call("POST", f"/imports/{number}/apply/")
        first = manage(system.recto, "backup", str(repository))
        second = manage(system.recto, "backup", str(repository))
        wait_until(lambda: curator.state(number) == "done", seconds=120, what="the import")
    assert not failures, failures[:3]
    assert "is whole" in manage(system.recto, "backup", "--verify", str(repository))
    assert megabytes_new(second) < megabytes_new(first)

    restoring = elsewhere(system, restored, "restore", str(repository))
    assert "is restored" in restoring
    assert "All agree" in elsewhere(system, restored, "check_files", "--checksums")
    assert "All agree" in elsewhere(system, restored, "check_index")
    said = elsewhere(system, restored, "shell", "-c", ASK, say="\n".join(map(str, photographs)))
    asked = json.loads(said.split("ASKED")[1])
    assert [answer(one) for one in asked["answers"]] == before
    # A batch of the import is in the backup whole, or not at all.
    assert 0 <= asked["prints"] - get(system, "/api/v1/info/")["prints"] + RECORDS <= RECORDS
    curator.call("POST", f"/imports/{number}/undo/")
    wait_until(lambda: curator.state(number) == "undone", seconds=120, what="the undoing")
    manage(system.recto, "shell", "-c", TIDY_UP)
    manage(system.recto, "purge_searches", "--all")


def settled_answer(system: System, picture: bytes) -> dict[str, Any]:
    """As both roads give it: one that the extractor was late for says so, and is asked again."""
    for _ in range(20):
        found = search(system, picture).json()
        if not found.get("notices"):
            break
    return answer(found)


def answer(found: dict[str, Any]) -> dict[str, Any]:
    """Everything but how long it took, and what the index is called."""
    assert found["results"]
    return {name: value for name, value in found.items() if name not in ANEW}


def kept_photographs(system: System, folder: Path) -> list[Path]:
    photographs = []
    for number, example in enumerate(get(system, "/api/v1/examples/")[:3]):
        photographs.append(folder / f"{number}.jpg")
        photographs[-1].write_bytes(requests.get(f"{system.url}{example['image_url']}", timeout=30).content)
    return photographs


def prepared_import(curator: Curator, folder: Path) -> int:
    """An import of many records, checked; its number."""
    table = folder / "many.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [("record_id", "title"), *((f"m{one}", f"Many {one}") for one in range(RECORDS))]
        )
    curator.call("POST", "/collections/", json={"slug": "many", "name": "Many", "visibility": "public"})
    with table.open("rb") as file:
        made = curator.call("POST", "/imports/", data={"collection": "many"}, files={"table": file})
    number = int(made["id"])
    curator.call("POST", f"/imports/{number}/check/")
    wait_until(lambda: curator.state(number) == "checked", seconds=120, what="the check")
    return number


@contextmanager
def searching(system: System, picture: bytes) -> Iterator[list[str]]:
    """A visitor who searches, keeps the search, and searches again; what did not go well."""
    failures: list[str] = []
    over = threading.Event()

    def visit() -> None:
        while not over.wait(0.2):
            found = requests.post(
                f"{system.url}/api/v1/searches/", files={"image": picture}, data={"keep": "true"}, timeout=60
            )
            if found.status_code not in (200, 409, 429, 503):
                failures.append(f"{found.status_code} {found.text[:200]}")

    visitor = threading.Thread(target=visit)
    visitor.start()
    try:
        yield failures
    finally:
        over.set()
        visitor.join()


def elsewhere(system: System, data: Path, *arguments: str, say: str = "") -> str:
    """Run a management command where another data folder is; pictures are described by this extractor."""
    places = system.recto.places
    own = {"RECTO_DATA_DIR": str(data), "RECTO_EXTRACTOR_URL": places.extractor_url}
    done = subprocess.run(
        [str(places.python), "manage.py", *arguments],
        cwd=places.backend,
        env=clean_environment(places) | PATIENT | own,
        input=say,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def megabytes_new(said: str) -> float:
    return float(said.rsplit(" MB of it new", 1)[0].rsplit(" ", 1)[1].replace(",", ""))
