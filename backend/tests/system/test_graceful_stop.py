"""SIGTERM to the web process while somebody searches, and to a worker at work: nothing is cut off or lost."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Event

import pytest
import requests

from indexing.patient_http import Reply
from serve.places import HOST, Places, places_from_environment
from serve.processes import web_program, worker_program
from serve.throwaway import clean_environment, make_own_database
from tests.core.test_worker import ASK, LOOK, django, lines_until
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fake_server import served
from tests.indexing.fixtures import drawing, png
from tests.system.conftest import free_low_port, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


class SlowExtractor(FakeExtractor):
    """Takes its time over a picture, until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.go = Event(), Event()

    def answer(self, path: str, body: bytes, content_type: str) -> Reply:
        if path.startswith("/v1/features"):
            self.asked.set()
            assert self.go.wait(60)
        return super().answer(path, body, content_type)


@dataclass(frozen=True)
class House:
    """An installation of its own, whose processes the test starts."""

    places: Places
    environment: dict[str, str]

    @contextmanager
    def running(self, command: tuple[str, ...], **more: str) -> Iterator[subprocess.Popen[str]]:
        process = subprocess.Popen(
            command,
            cwd=self.places.backend,
            env=self.environment | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        with process:
            try:
                yield process
            finally:
                process.kill()


@pytest.fixture(scope="module")
def slow() -> Iterator[SlowExtractor]:
    extractor = SlowExtractor()
    yield extractor
    extractor.go.set()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, slow: SlowExtractor) -> Iterator[House]:
    with served(slow) as url:
        places = replace(
            places_from_environment({}),
            data=tmp_path_factory.mktemp("house"),
            port=free_low_port(),
            extractor_url=url,
        )
        environment = clean_environment(places) | {
            "RECTO_EXTRACTOR_URL": url,
            "RECTO_LOG_FORMAT": "json",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        make_own_database(places.data)
        django(environment, "migrate", "-v", "0")
        yield House(places, environment)


def answers(url: str) -> bool:
    """Whoever comes too late is refused, and does not wait: a timeout would be an error of its own."""
    try:
        return requests.get(f"{url}/health/live", timeout=60).ok
    except requests.ConnectionError:
        return False


def search(url: str) -> requests.Response:
    return requests.post(
        f"{url}/api/v1/searches/",
        files={"image": png(drawing(4))},
        headers={"X-Request-ID": "the-search-that-was-slow"},
        timeout=90,
    )


def test_a_search_that_runs_is_answered_whole_and_new_ones_are_refused(
    house: House, slow: SlowExtractor
) -> None:
    url = f"http://{HOST}:{house.places.port}"
    with house.running(web_program(house.places).command) as web, ThreadPoolExecutor(1) as visitor:
        wait_until(lambda: answers(url), seconds=120, what="the first answer")
        answer = visitor.submit(search, url)
        assert slow.asked.wait(60)
        web.send_signal(signal.SIGTERM)
        wait_until(lambda: not answers(url), what="the end of taking new requests")
        assert web.poll() is None
        slow.go.set()
        response = answer.result(60)
        assert response.status_code == 200
        assert response.json()["total"] == 0
        assert web.wait(60) == 0
        assert web.stdout is not None
        told = [line for line in web.stdout if "the-search-that-was-slow" in line]
    assert ['"status": 200' in line for line in told] == [True], told


def test_a_worker_gives_its_job_back_and_the_next_one_finishes_it(house: House) -> None:
    """Every number is counted once, although the job was stopped in between."""
    command = (*worker_program(house.places, "indexer").command, "--include", "tests.core.counting")
    django(house.environment, "shell", "-v", "0", "-c", ASK)
    with house.running(command) as first:
        lines = lines_until(first, r"does 20\b")
        first.send_signal(signal.SIGTERM)
        lines += list(first.stdout or ())
        assert first.wait(60) == 0
    with house.running(command) as second:
        lines += lines_until(second, "counted")
        second.send_signal(signal.SIGTERM)
        assert second.wait(60) == 0
    told = json.loads(next(line for line in lines if "does 20" in line))
    assert (told["process"], told["job_id"], told["level"]) == ("worker:index", 1, "warning")
    numbers = [int(found) for found in re.findall(r"does (\d+)", "".join(lines))]
    assert numbers == list(range(200))
    assert django(house.environment, "shell", "-v", "0", "-c", LOOK) == "[('done', 200, '')]"
