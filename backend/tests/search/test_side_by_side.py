"""Many searches at once: each gets the answer that it gets alone, and the processors are shared."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from rest_framework.test import APIClient

from catalog.models import Print
from search import workers
from tests.indexing.fixtures import RunInThreads
from tests.search.engravings import engraving, on_table
from tests.search.searching import post, upload


def answer_to(seed: int) -> dict[str, Any]:
    answer: dict[str, Any] = post(APIClient(), image=upload(on_table(engraving(seed))[0])).json()
    del answer["timings_ms"]
    return answer


def test_eight_searches_at_once_get_the_answers_they_get_alone(
    transactional_db: None, engravings: list[Print], run_in_threads: RunInThreads
) -> None:
    alone = [answer_to(seed) for seed in range(8)]
    together: dict[int, dict[str, Any]] = {}
    run_in_threads(*(lambda seed=seed: together.update({seed: answer_to(seed)}) for seed in range(8)))
    assert [together[seed] for seed in range(8)] == alone


def test_heavy_work_is_done_by_as_many_threads_as_there_are_processors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "_processors", ThreadPoolExecutor(2))
    both = threading.Barrier(2, timeout=20)  # would be broken by a single thread

    def name_of_thread() -> str:
        both.wait()
        return threading.current_thread().name

    with ThreadPoolExecutor(8) as requests:
        names = set(requests.map(lambda _: workers.computed(name_of_thread), range(8)))
    assert len(names) == 2


def test_an_error_of_the_work_reaches_who_asked() -> None:
    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        workers.computed(fail)


def test_the_extractor_is_asked_in_kept_threads() -> None:
    names = {workers.aside(lambda: threading.current_thread().name).result() for _ in range(50)}
    assert len(names) <= workers.ASKERS
    assert all(name.startswith("ask-extractor") for name in names)
