"""Eight clients search without pause, over HTTP, while another process adds and removes images.

Every search must return each image whose vector was stored before it began, and none that was removed
before it began. At most 61 prints exist at any time and a search returns up to 100: it shows the whole index.
"""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import requests

from indexing.web_process import BACKEND, served
from tests.elsewhere import environment_of_its_own
from tests.indexing.fixtures import drawing, png

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
CLIENTS = 8


@dataclass(frozen=True)
class Search:
    """When a search began and ended, how it was answered, and the images it returned."""

    begun: float
    ended: float
    status: int
    images: frozenset[int]


@dataclass(frozen=True)
class Place:
    """A Recto of its own: its environment and the address of its web server."""

    environment: dict[str, str]
    port: int

    @property
    def searches(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v1/searches/"


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def place(tmp_path: Path) -> Place:
    port, extractor = free_port(), free_port()
    environment = environment_of_its_own(
        tmp_path / "data",
        RECTO_EXTRACTOR_URL=f"http://127.0.0.1:{extractor}",
        RECTO_LOG_LEVEL="WARNING",
    )
    return Place(environment, port)


@contextmanager
def process(place: Place, module: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A module run as a process of its own; killed at the end if it still runs."""
    command = [sys.executable, "-m", module, *words]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    started = subprocess.Popen(command, cwd=BACKEND, env=place.environment, text=True, **pipes)  # type: ignore[call-overload]
    with started:
        try:
            yield started
        finally:
            started.kill()


def search_until(stop: threading.Event, place: Place, searches: list[Search]) -> None:
    session, photograph = requests.Session(), png(drawing(1))
    while not stop.is_set():
        begun = monotonic()
        response = session.post(
            place.searches, files={"image": ("a.png", photograph)}, data={"limit": 100}, timeout=30
        )
        results = response.json().get("results", [])
        images = frozenset(result["image"]["id"] for result in results)
        searches.append(Search(begun, monotonic(), response.status_code, images))


def events_of(writer: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    assert writer.stdout is not None
    for line in writer.stdout:
        yield json.loads(line)


def changes_while_clients_search(
    writer: subprocess.Popen[str], place: Place
) -> tuple[list[dict[str, Any]], list[Search]]:
    stop, searches = threading.Event(), list[Search]()
    clients = [threading.Thread(target=search_until, args=(stop, place, searches)) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    assert writer.stdin is not None
    writer.stdin.write("go\n")
    writer.stdin.flush()
    events = list(events_of(writer))
    stop.set()
    for client in clients:
        client.join()
    return events, searches


def test_every_search_sees_exactly_what_was_there_when_it_began(place: Place) -> None:
    extractor_port = place.environment["RECTO_EXTRACTOR_URL"].rpartition(":")[2]
    with (
        process(place, "tests.indexing.fake_server", extractor_port),
        process(place, "tests.indexing.freshness_writer") as writer,
    ):
        assert next(events_of(writer))["kind"] == "ready"
        with served(place.port, place.environment):
            events, searches = changes_while_clients_search(writer, place)
        assert writer.wait(30) == 0
    added = [event for event in events if event["kind"] == "added"]
    removed = [event for event in events if event["kind"] == "removed"]
    assert (len(added), len(removed)) == (50, 50)
    assert {search.status for search in searches} == {200}
    assert len(searches) > CLIENTS
    for search in searches:
        gone = {event["image"] for event in removed if event["at"] < search.begun}
        there = {event["image"] for event in added if event["at"] < search.begun}
        assert not search.images & gone
        assert there <= search.images
