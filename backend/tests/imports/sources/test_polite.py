"""Manners: how many requests a host gets at a time, how far apart, and what is asked again."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest

from core.guarded_http import FetchFailed
from imports.sources import polite
from imports.sources.polite import Manners, Stopped


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polite, "PAUSES_S", (0.01, 0.02))


def failing(
    times: int, *, code: str = "fetch_status_500", soon: bool = True, retry_after: float = 0
) -> Callable[[], int]:
    """Fails so many times, then gives the number of attempts."""
    attempts = iter(range(1, 100))

    def ask() -> int:
        attempt = next(attempts)
        if attempt <= times:
            raise FetchFailed(code, "no", retry_after=retry_after, soon=soon)
        return attempt

    return ask


def test_a_host_gets_few_requests_at_a_time() -> None:
    manners, lock = Manners(per_host=2, pause_s=0), threading.Lock()
    at_once, most = 0, 0
    ended = threading.Event()

    def ask() -> None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        ended.wait(0.02)
        with lock:
            at_once -= 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: manners.ask("a.example", ask), range(12)))
    assert most == 2


def test_requests_to_a_host_are_apart_and_those_to_others_need_not_wait() -> None:
    manners = Manners(per_host=4, pause_s=0.3)
    begun = monotonic()
    with ThreadPoolExecutor(8) as threads:
        hosts = ["a.example"] * 4 + ["b.example"] * 4
        times = list(threads.map(lambda host: manners.ask(host, monotonic), hosts))
    for own in (sorted(times[:4]), sorted(times[4:])):
        # (From the first on: on a busy machine one request may begin late, and the next in time.)
        assert all(at - begun >= 0.3 * number - 0.01 for number, at in enumerate(own))
    assert max(times) - begun < 0.3 * 7


@pytest.mark.parametrize(("times", "attempts"), [(0, 1), (1, 2), (2, 3)])
def test_a_passing_error_is_asked_again(times: int, attempts: int) -> None:
    assert Manners(per_host=1, pause_s=0).ask("a.example", failing(times)) == attempts


def test_the_last_attempt_says_why() -> None:
    with pytest.raises(FetchFailed, match="no"):
        Manners(per_host=1, pause_s=0).ask("a.example", failing(3))


def test_what_will_not_pass_is_not_asked_again() -> None:
    with pytest.raises(FetchFailed):
        Manners(per_host=1, pause_s=0).ask("a.example", failing(1, soon=False))


def test_retry_after_is_waited_for_by_everybody() -> None:
    manners = Manners(per_host=2, pause_s=0)
    begun = monotonic()
    assert manners.ask("a.example", failing(1, retry_after=0.2)) == 2
    assert monotonic() - begun >= 0.2


def test_a_server_that_wants_an_hour_gets_it() -> None:
    with pytest.raises(FetchFailed):
        Manners(per_host=1, pause_s=0).ask("a.example", failing(1, retry_after=3600.0))


def test_after_failures_in_a_row_a_host_is_left_alone_and_others_are_not() -> None:
    manners = Manners(per_host=1, pause_s=0)
    for _ in range(2):
        with pytest.raises(FetchFailed):
            manners.ask("a.example", failing(9, code="fetch_timeout"))
    with pytest.raises(FetchFailed) as left:
        manners.ask("a.example", lambda: pytest.fail("it was asked"))
    assert left.value.code == "fetch_host_down"
    assert manners.ask("b.example", lambda: 1) == 1


def test_an_answer_clears_the_failures() -> None:
    manners = Manners(per_host=1, pause_s=0)
    for _ in range(4):
        assert manners.ask("a.example", failing(2, code="fetch_timeout")) == 3


def test_whoever_waits_is_stopped() -> None:
    manners = Manners(per_host=1, pause_s=30)
    manners.ask("a.example", lambda: 1)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(manners.ask, "a.example", lambda: 1)
        manners.stop()
        with pytest.raises(Stopped):
            waiting.result(timeout=5)
