"""A backup made while visitors search and a curator imports, restored where nothing is: all agrees, and the
same photographs find the same prints with the same scores.
"""

from __future__ import annotations

import csv
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.system.conftest import System, wait_until
from tests.system.other_house import House, answer, name_of_backup
from tests.system.test_killed_imports import Curator
from tests.system.test_main_job import get, search

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif("RECTO_TEST_BACKUP" not in os.environ, reason="minutes: set RECTO_TEST_BACKUP=1"),
]

RECORDS = 3000  # without pictures: what searches find stays the same

# Other tests use the same Recto.
TIDY_UP = """
from catalog.models import Collection; Collection.objects.filter(slug="many").delete()
from django.contrib.auth.models import User; User.objects.filter(username="anna").delete()
"""


def test_backup_under_load_is_restored_whole(system: System, tmp_path: Path) -> None:
    photographs = kept_photographs(system, tmp_path)
    before, prints_before = settled_answers(system, photographs), prints(system)
    house, repository = House(system.recto.places), tmp_path / "backups"
    restored = house.elsewhere(tmp_path / "restored" / "data")
    curator = Curator(system.recto)
    number = prepared_import(curator, tmp_path)
    with searching(system, photographs[0].read_bytes()) as failures:
        curator.call("POST", f"/imports/{number}/apply/")
        first = house.manage("backup", str(repository))
        second = house.manage("backup", str(repository))
        wait_until(lambda: curator.state(number) == "done", seconds=300, what="the import")
        third = house.manage("backup", str(repository))
    assert not failures, failures[:3]
    assert megabytes_new(second) < megabytes_new(first)
    names = list(map(name_of_backup, (first, second, third)))

    # Of a moment while the import ran: the pictures of then, and as many records.
    asked = restored_and_asked(restored, photographs, repository, names[1])
    assert prints_before <= asked["prints"] <= prints_before + RECORDS
    assert asked["answers"] == [one | {"total": asked["prints"]} for one in before]
    # Of when it was done: what the house itself answers, to the last figure.
    asked = restored_and_asked(restored, photographs, repository, names[2])
    assert asked["prints"] == prints(system) == prints_before + RECORDS
    assert asked["answers"] == settled_answers(system, photographs)

    curator.call("POST", f"/imports/{number}/undo/")
    wait_until(lambda: curator.state(number) == "undone", seconds=300, what="the undoing")
    house.manage("shell", "-c", TIDY_UP)
    house.manage("purge_searches", "--all")


def restored_and_asked(
    restored: House, photographs: list[Path], repository: Path, name: str
) -> dict[str, Any]:
    """Read this backup through and put it in the place of what is there; its answers and its prints."""
    assert "is whole" in restored.manage("backup", "--verify", "--backup", name, str(repository))
    restored.restore(repository, name, "--replace")
    return restored.asked(photographs)


def settled_answers(system: System, photographs: list[Path]) -> list[dict[str, Any]]:
    return [settled_answer(system, photo.read_bytes()) for photo in photographs]


def settled_answer(system: System, picture: bytes) -> dict[str, Any]:
    """As both roads give it: one that the extractor was late for says so, and is asked again."""
    found: dict[str, Any] = {}

    def settled() -> bool:
        found.clear()
        found.update(search(system, picture, timeout=120).json())
        return "results" in found and not found["notices"]

    wait_until(settled, seconds=120, what="a search by both roads")
    return answer(found)


def prints(system: System) -> int:
    return int(get(system, "/api/v1/info/")["prints"])


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
                f"{system.url}/api/v1/searches/", files={"image": picture}, data={"keep": "true"}, timeout=300
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


def megabytes_new(said: str) -> float:
    return float(said.rsplit(" MB of it new", 1)[0].rsplit(" ", 1)[1].replace(",", ""))
