"""A worker that hears nothing more of its broker ends itself, unless it works or beat is away."""

import pytest

from core.deaf_worker import DEAF_AFTER_S, EXIT_STATUS, LOOK_EVERY_S, Hearing
from tests.core.test_worker import ASK, LOOK, django, environment, worker

__all__ = ["environment"]

BEAT_SENDS = "from core import pulses; pulses.note_pulse(pulses.BEAT)"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hearing(clock: Clock) -> Hearing:
    return Hearing(clock)


def is_lost_after(seconds: float, hearing: Hearing, clock: Clock, *, beat_sends: bool = True) -> bool:
    """Looked at now and then, as the worker does."""
    until = clock.now + seconds
    while clock.now < until:
        clock.now += LOOK_EVERY_S
        if hearing.is_lost(beat_sends=beat_sends):
            return True
    return False


def test_who_hears_nothing_for_long_is_lost(hearing: Hearing, clock: Clock) -> None:
    assert not is_lost_after(DEAF_AFTER_S, hearing, clock)
    assert is_lost_after(LOOK_EVERY_S, hearing, clock)


def test_who_hears_something_now_and_then_is_not(hearing: Hearing, clock: Clock) -> None:
    for _ in range(10):
        assert not is_lost_after(DEAF_AFTER_S, hearing, clock)
        hearing.hear()


def test_who_works_for_hours_is_not_and_is_given_its_time_afterwards(hearing: Hearing, clock: Clock) -> None:
    hearing.begin_work()
    assert not is_lost_after(10 * DEAF_AFTER_S, hearing, clock)
    hearing.end_work()
    assert not is_lost_after(DEAF_AFTER_S, hearing, clock)
    assert is_lost_after(LOOK_EVERY_S, hearing, clock)


def test_where_nobody_sends_nobody_is_lost_nor_as_soon_as_somebody_does(
    hearing: Hearing, clock: Clock
) -> None:
    assert not is_lost_after(10 * DEAF_AFTER_S, hearing, clock, beat_sends=False)
    assert not is_lost_after(DEAF_AFTER_S, hearing, clock)


@pytest.mark.slow
def test_a_worker_finishes_what_it_works_on_before_it_is_deaf(environment: dict[str, str]) -> None:
    django(environment, "shell", "-v", "0", "-c", BEAT_SENDS)
    django(environment, "shell", "-v", "0", "-c", ASK)
    with worker(environment, "--queues", "index", "--include", "tests.core.impatient") as deaf:
        deaf.communicate(timeout=60)
    assert django(environment, "shell", "-v", "0", "-c", LOOK) == "[('done', 200, '')]"
    assert deaf.returncode == EXIT_STATUS


@pytest.mark.slow
def test_a_worker_to_which_nothing_comes_ends_so_that_it_is_started_anew(environment: dict[str, str]) -> None:
    django(environment, "shell", "-v", "0", "-c", BEAT_SENDS)
    with worker(environment, "--queues", "imports", "--include", "tests.core.impatient") as deaf:
        output, _ = deaf.communicate(timeout=60)
    assert deaf.returncode == EXIT_STATUS
    assert "although beat sends some" in output
