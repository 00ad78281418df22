"""Beat's schedule when the clock is set, and when nothing can be written."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from celery.app.base import Celery
from celery.beat import Scheduler
from celery.utils.imports import symbol_by_name
from django.conf import settings

from core import beat

EVERY = {"often": 15, "seldom": 3600}


class Clocks:
    """The clock of the wall, which is set, and the one that only goes on."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 1, 10, tzinfo=UTC)
        self.steady = 1000.0

    def go_on(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    clocks = Clocks()
    monkeypatch.setattr(Celery, "now", lambda _app: clocks.wall)
    monkeypatch.setattr(beat, "monotonic", lambda: clocks.steady)
    return clocks


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch, clocks: Clocks) -> Callable[[], list[str]]:
    """What the scheduler of the settings sends now."""
    names: list[str] = []
    scheduler_class: type[Any] = symbol_by_name(settings.CELERY_BEAT_SCHEDULER)
    monkeypatch.setattr(Scheduler, "producer", None)
    monkeypatch.setattr(Scheduler, "apply_async", lambda _, entry, **__: names.append(entry.name))
    app = Celery("test", set_as_current=False)
    app.conf.beat_schedule = {name: {"task": name, "schedule": seconds} for name, seconds in EVERY.items()}
    scheduler = scheduler_class(app)

    def sent_now() -> list[str]:
        names.clear()
        while scheduler.tick() == 0:
            pass
        return sorted(names)

    return sent_now


def test_all_is_due_at_the_start_and_then_each_at_its_time(
    clocks: Clocks, sent: Callable[[], list[str]]
) -> None:
    assert sent() == ["often", "seldom"]
    clocks.go_on(10)
    assert sent() == []
    clocks.go_on(10)
    assert sent() == ["often"]
    clocks.go_on(3600)
    assert sent() == ["often", "seldom"]


@pytest.mark.parametrize("days", [-3, 3])
def test_a_clock_that_is_set_changes_nothing(
    clocks: Clocks, sent: Callable[[], list[str]], days: int
) -> None:
    sent()
    clocks.wall += timedelta(days=days)
    assert sent() == []
    clocks.go_on(20)
    assert sent() == ["often"]
    clocks.go_on(3600)
    assert sent() == ["often", "seldom"]
