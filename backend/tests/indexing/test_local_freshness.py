"""A process searches the local index while another adds and removes images, publishes and compacts.

Every search must find the print of its query when that print's features were stored before it began, and none
that was removed before it began.
"""

import json
import subprocess
from statistics import median
from typing import Any

import pytest

from tests.indexing.test_freshness import Place, events_of, place, process

__all__ = ["place"]
pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
FRESH_S = 1.0


def _changes_while_another_searches(place: Place) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the writer did, and what the reader found."""
    extractor_port = place.environment["RECTO_EXTRACTOR_URL"].rpartition(":")[2]
    with (
        process(place, "tests.indexing.fake_server", extractor_port),
        process(place, "tests.indexing.freshness_writer") as writer,
    ):
        assert next(events_of(writer))["kind"] == "ready"
        with process(place, "tests.indexing.freshness_reader") as reader:
            assert next(events_of(reader))["kind"] == "ready"
            _tell(writer, "go")
            events = []
            for event in events_of(writer):
                events.append(event)
                if event["kind"] == "added":
                    _tell(reader, str(event["seed"]))
            searches = json.loads(reader.communicate()[0])
        assert writer.wait(30) == 0
    return events, searches


def _tell(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def test_the_local_road_finds_what_was_there_when_a_search_began(place: Place) -> None:
    events, searches = _changes_while_another_searches(place)
    added = {event["seed"]: event for event in events if event["kind"] == "added"}
    removed = {event["image"]: event for event in events if event["kind"] == "removed"}
    assert (len(added), len(removed)) == (50, 50)
    for search in searches:
        gone = {image for image, event in removed.items() if event["at"] < search["begun"]}
        assert not gone & set(search["images"])
        event = added.get(search["seed"])
        if event and event["at"] < search["begun"]:
            assert search["images"][0] == event["image"]
    told = [search for search in searches if search["told"]]
    assert len(told) == len(added)
    # Each had to apply the change first.
    assert median(search["ended"] - search["begun"] for search in told) < FRESH_S
