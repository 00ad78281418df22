"""The real processes do the main job through HTTP: load, search, survive, stop."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import requests

from serve.real_prints import copy_prints
from serve.throwaway import Throwaway, clean_environment
from tests.system.conftest import System, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

REAL_PRINTS = 12
WEB, EXTRACTOR = "config.wsgi", "search_model.extractor"
WORKER, IMPORTER = "worker --queues index", "worker --queues imports"
BEAT = "celery --app config --quiet beat"


def get(system: System, path: str) -> Any:
    answer = requests.get(f"{system.url}{path}", timeout=30)
    answer.raise_for_status()
    return answer.json()


def search(system: System, picture: bytes, *, timeout: float = 30) -> requests.Response:
    return requests.post(f"{system.url}/api/v1/searches/", files={"image": picture}, timeout=timeout)


def example_picture(system: System) -> bytes:
    example = get(system, "/api/v1/examples/")[0]
    return requests.get(f"{system.url}{example['image_url']}", timeout=30).content


def rank_of_print(answer: dict[str, Any], print_id: int) -> int | None:
    ranks = [result["rank"] for result in answer["results"] if result["print"]["id"] == print_id]
    return ranks[0] if ranks else None


# ---- The first run, and the second ------------------------------------------------------------------------


def test_first_run_says_where_it_serves_and_with_which_descriptor(system: System) -> None:
    output = system.first_run.output
    assert "Recto is serving on http://127.0.0.1:" in output
    assert "Descriptor: " in output


def test_ctrl_c_stops_everything_within_seconds(system: System) -> None:
    assert system.first_run.exit_status == 0
    assert system.first_run.survivors == []
    # Nothing runs that would have to be finished; on two busy cores Python itself takes a while to end.
    assert system.first_run.seconds_to_stop < 30


def test_second_start_does_nothing_again(system: System) -> None:
    assert "drawing the sample collection" in system.first_run.output
    assert "drawing the sample collection" not in system.recto.output.split("stopped")[-1]
    # 15 s is promised where nothing else runs; tests often share two cores.
    assert system.first_run.seconds_to_second_start < 30


def test_second_recto_on_the_same_data_is_refused(system: System) -> None:
    refused = start_and_wait(system, RECTO_PORT="9")
    assert refused.returncode == 1
    assert f"already serves {system.recto.places.data}" in refused.stderr
    assert system.url in refused.stderr


def test_port_in_use_is_refused(system: System, tmp_path: Path) -> None:
    refused = start_and_wait(system, RECTO_DATA_DIR=str(tmp_path / "other"))
    assert refused.returncode == 1
    assert f"Port {system.recto.places.port} is in use" in refused.stderr


def start_and_wait(system: System, **env: str) -> subprocess.CompletedProcess[str]:
    places = system.recto.places
    return subprocess.run(
        [str(places.python), "-m", "serve.start"],
        cwd=places.backend,
        env={**clean_environment(places), **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# ---- Searching --------------------------------------------------------------------------------------------


def test_page_is_served_at_every_address_of_its_own(system: System) -> None:
    for path in ("/", "/prints/1"):
        answer = requests.get(f"{system.url}{path}", timeout=10)
        assert answer.status_code == 200
        assert '<div id="app">' in answer.text


def test_every_image_has_features(system: System) -> None:
    info = get(system, "/api/v1/info/")
    assert info["features"] == info["images"] >= 120


def test_photographs_of_the_sample_collection_find_their_prints(system: System) -> None:
    examples = [example for example in get(system, "/api/v1/examples/") if example["print_id"]]
    ranks = []
    for example in examples:
        picture = requests.get(f"{system.url}{example['image_url']}", timeout=30).content
        answer = search(system, picture)
        assert answer.status_code == 200, answer.text
        ranks.append(rank_of_print(answer.json(), example["print_id"]))
    found = sum(rank is not None and rank <= 10 for rank in ranks)
    assert found >= 0.7 * len(examples), ranks


def test_picture_of_a_print_finds_that_print_first(system: System) -> None:
    item = get(system, "/api/v1/prints/")["results"][0]
    picture = requests.get(f"{system.url}{item['image']['image_url']}", timeout=30).content
    assert rank_of_print(search(system, picture).json(), item["id"]) == 1


def test_file_that_is_no_picture_is_refused_with_the_error_body(system: System) -> None:
    answer = search(system, b"%PDF-1.4 no picture")
    assert 400 <= answer.status_code < 500
    assert set(answer.json()["error"]) >= {"code", "message"}


# ---- When processes die -----------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [WEB, BEAT, IMPORTER, EXTRACTOR])
def test_killed_process_is_replaced(system: System, words: str) -> None:
    kill(system, words)
    system.recto.wait_until_serving()
    wait_until(lambda: search(system, example_picture(system)).status_code == 200, what="a search")


def kill(system: System, words: str) -> None:
    """Kill -9 the process, and wait for the one that replaces it."""
    wait_until(lambda: system.process(words), what=f"a process {words}")
    before = system.process(words)
    assert before
    before.kill()
    wait_until(lambda: system.process(words) not in (None, before), what=f"a new {words}")


def test_hanging_extractor_leaves_details_and_browsing_and_a_503_where_there_are_none(system: System) -> None:
    picture = example_picture(system)
    wait_until(lambda: search(system, picture).status_code == 200, what="a search")
    hanging = system.family(EXTRACTOR)
    for process in hanging:
        process.suspend()
    try:
        started = time.monotonic()
        answer = search(system, picture)
        assert time.monotonic() - started < 2.5
        assert (answer.status_code, answer.json()["descriptor"]) == (200, None)
        assert [notice["code"] for notice in answer.json()["notices"]] == ["look_not_compared"]
        blank = search(system, bytes(cv2.imencode(".png", np.full((300, 300, 3), 255, np.uint8))[1]))
        assert (blank.status_code, int(blank.headers["Retry-After"]) > 0) == (503, True)
        assert blank.json()["error"]["code"]
        assert get(system, "/api/v1/prints/")["count"] >= 120
    finally:
        for process in hanging:
            process.resume()
    wait_until(lambda: search(system, picture).status_code == 200, what="a search after the recovery")


# ---- Loading while it serves ------------------------------------------------------------------------------


def test_worker_killed_while_loading_loses_nothing(
    system: System, prints_folder: Path, tmp_path: Path
) -> None:
    expected = get(system, "/api/v1/info/")["images"] + REAL_PRINTS
    folder = system.recto.places.data / "raw" / "engravings"
    copy_prints(prints_folder, folder, REAL_PRINTS)
    manage(system.recto, "load_collection", str(folder))
    for _ in range(3):
        kill(system, WORKER)
    wait_until(lambda: counts(system) == (expected, expected), seconds=120, what="every feature")
    first = get(system, "/api/v1/prints/?collection=engravings")["results"][0]
    picture = requests.get(f"{system.url}{first['image']['image_url']}", timeout=30).content
    assert rank_of_print(search(system, picture).json(), first["id"]) == 1
    assert "agree" in manage(system.recto, "check_index").lower()


def counts(system: System) -> tuple[int, int]:
    info = get(system, "/api/v1/info/")
    return info["images"], info["features"]


def manage(recto: Throwaway, *arguments: str) -> str:
    """Run a management command on this Recto's data; its output."""
    done = subprocess.run(
        [str(recto.places.python), "manage.py", *arguments],
        cwd=recto.places.backend,
        env=clean_environment(recto.places),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr
