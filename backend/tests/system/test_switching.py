"""The descriptor of a running Recto is changed, back and forth, under continuous searches: none fails."""

from __future__ import annotations

import csv
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import psutil
import pytest
import requests

from serve.announce import ask
from serve.throwaway import Throwaway, start_throwaway
from tests.system.conftest import command_line, wait_until
from tests.system.test_main_job import WORKER, manage

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

SHIPPED = (
    Path(__file__).resolve().parents[3] / "search-model/search_model/extractor/shipped/recto-compact.npz"
)
FIRST_PRINTS, MORE_PRINTS = 24, 4
SEARCHERS = 2


def engraving(number: int) -> bytes:
    """Hatching and outlines, another one for each number, as a JPEG."""
    random = np.random.default_rng(number)
    sheet = np.full((480, 360), 235, np.uint8)
    for _ in range(12):
        centre, axes = random.integers(40, 320, 2), random.integers(15, 110, 2)
        angle, ink = float(random.uniform(0, 180)), int(random.integers(20, 120))
        cv2.ellipse(sheet, centre.tolist(), axes.tolist(), angle, 0, 360, ink, 2)
    for _ in range(60):
        start = random.integers(0, 480, 2)
        cv2.line(sheet, start.tolist(), (start + random.integers(-60, 60, 2)).tolist(), 40, 1)
    return bytes(cv2.imencode(".jpg", sheet)[1])


class Collection:
    """A folder of engravings with its table, which can grow."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.count = folder, 0

    def grow(self, by: int) -> range:
        """Draw so many more; returns their numbers."""
        (self.folder / "images").mkdir(parents=True, exist_ok=True)
        new = range(self.count, self.count + by)
        self.count += by
        for number in new:
            (self.folder / "images" / f"{number}.jpg").write_bytes(engraving(number))
        with (self.folder / "metadata.csv").open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            table.writerow(["record_id", "title", "image_file"])
            table.writerows([str(n), f"Engraving {n}", f"{n}.jpg"] for n in range(self.count))
        return new


def perturbed_weights(path: Path) -> Path:
    """Recto's own weights, every number changed a little: another descriptor that works as well."""
    random = np.random.default_rng(7)
    with np.load(SHIPPED) as shipped:
        tensors = {
            name: shipped[name] * random.normal(1, 0.05, shipped[name].shape) for name in shipped.files
        }
    np.savez_compressed(path, **{name: tensor.astype(np.float16) for name, tensor in tensors.items()})
    return path


@dataclass(frozen=True)
class Running:
    """A Recto with two descriptors, and its collection."""

    recto: Throwaway
    collection: Collection

    def found(self, number: int) -> dict[str, Any]:
        """The answer to a search with that engraving. Raises for any other status than 200."""
        answer = requests.post(
            f"{self.recto.url}/api/v1/searches/",
            files={"image": engraving(number)}, data={"limit": 3}, timeout=60,
        )  # fmt: skip
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    def descriptors(self) -> list[str]:
        offered = requests.get(f"{self.recto.places.extractor_url}/v1/info", timeout=10).json()["descriptors"]
        return [each["descriptor"] for each in offered]

    def grow(self) -> range:
        """Load more engravings and wait until all have their features."""
        new = self.collection.grow(MORE_PRINTS)
        manage(self.recto, "load_collection", str(self.collection.folder))
        wait_until(lambda: self.info()["features"] == self.collection.count, what="the new vectors")
        return new

    def kill_worker(self) -> None:
        """Kill -9; the supervisor starts another, which takes the job up again."""
        children = psutil.Process(self.recto.process.pid).children()
        next(child for child in children if WORKER in command_line(child)).kill()

    def is_prepared(self, descriptor: str) -> bool:
        listed = manage(self.recto, "list_descriptors")
        return f"{descriptor}: prepared, {self.collection.count} vectors" in listed

    def info(self) -> dict[str, Any]:
        return ask(f"{self.recto.url}/api/v1/info/") or {}


@pytest.fixture
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("switching")
    own = perturbed_weights(folder / "own.npz")
    collection = Collection(folder / "data" / "raw" / "engravings")
    collection.grow(FIRST_PRINTS)
    recto = start_throwaway(
        folder / "data", RECTO_COMPACT_WEIGHTS=str(own), RECTO_DESCRIPTOR="recto-compact-gem-192"
    )
    try:
        recto.wait_until_serving()
        recto.wait_until_searchable()
        recto.wait_until_extracting()
        yield Running(recto, collection)
    finally:
        recto.stop(signal.SIGTERM)


@dataclass
class Searches:
    """What visitors got who searched all the time."""

    failures: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def keep_searching(self, running: Running, stop: threading.Event, start: int) -> None:
        number = start
        while not stop.is_set():
            number = (number + 1) % FIRST_PRINTS
            try:
                self._note(number, running.found(number))
            except (AssertionError, requests.RequestException) as error:
                self.failures.append(str(error)[:500])

    def _note(self, number: int, answer: dict[str, Any]) -> None:
        self.answers[str(answer["descriptor"])] += 1
        best = answer["results"][0]
        if best["print"]["record_id"] != str(number) or (best["similarity"] or 0) < 0.99:
            self.wrong.append(
                f"{number}: {best['print']['record_id']}, {best['similarity']}, {answer['descriptor']}"
            )


def test_back_and_forth_under_continuous_searches(running: Running) -> None:
    shipped, own = running.descriptors()
    assert running.found(0)["descriptor"] == shipped
    searches, stop, grown = Searches(), threading.Event(), list[int]()
    with ThreadPoolExecutor(SEARCHERS) as pool:
        visitors = [pool.submit(searches.keep_searching, running, stop, n) for n in range(SEARCHERS)]
        try:
            manage(running.recto, "change_descriptor", own, "--no-wait")
            running.kill_worker()
            wait_until(lambda: running.is_prepared(own), seconds=180, what="the preparation")
            assert running.info()["descriptor"] == shipped
            for descriptor in (own, shipped, own):
                grown += running.grow()
                manage(running.recto, "activate_model", descriptor)
                assert_all_found(running, grown, descriptor)
        finally:
            stop.set()
        for visitor in visitors:
            visitor.result()
    assert searches.failures == []
    assert searches.wrong == []
    assert set(searches.answers) == {shipped, own}
    assert "agree" in manage(running.recto, "check_index").lower()


def assert_all_found(running: Running, numbers: list[int], descriptor: str) -> None:
    """From the first search after the switch on, under the new descriptor, what came in since included."""
    for number in numbers:
        answer = running.found(number)
        assert answer["descriptor"] == descriptor
        best = answer["results"][0]
        assert (best["print"]["record_id"], best["similarity"] > 0.99) == (str(number), True)


def test_an_extractor_without_the_weights_in_force_leaves_the_local_road(running: Running) -> None:
    """Started without the owner's weights: searches are answered by details, and the operator is told."""
    _, own = running.descriptors()
    manage(running.recto, "change_descriptor", own, "--activate")
    in_force = running.info()["descriptor"]
    assert in_force == own
    data = running.recto.places.data
    running.recto.stop()
    recto = start_throwaway(data, RECTO_DESCRIPTOR="recto-compact-gem-192")
    try:
        recto.wait_until_serving()
        recto.wait_until_extracting()
        answer = Running(recto, running.collection).found(3)
        assert in_force not in Running(recto, running.collection).descriptors()
        assert (answer["descriptor"], answer["verdict"]) == (None, "same_image")
        assert answer["results"][0]["print"]["record_id"] == "3"
        assert [notice["code"] for notice in answer["notices"]] == ["look_not_compared"]
        ready = requests.get(f"{recto.url}/health/ready", timeout=10)
        assert "change_descriptor" in ready.json()["checks"]["index"]["message"]
    finally:
        recto.stop(signal.SIGTERM)
