"""Long jobs make way for those that wait for the same worker, and go on behind them."""

from pathlib import Path
from typing import Any

import celery
import pytest
from django.utils import timezone

from core import job_runner, jobs, turns
from core.jobs import JobHandle
from core.models import Job
from core.turns import Turn

pytestmark = pytest.mark.django_db
Sent = list[int]


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> Sent:
    """The ids that went to the broker; turns end at once; `weave` and `knit` are kinds of one worker."""
    ids: Sent = []
    monkeypatch.setattr(celery.current_app, "send_task", lambda name, args, **options: ids.extend(args))
    monkeypatch.setattr(turns, "TURN_S", 0.0)
    monkeypatch.setattr(jobs, "_handlers", {})
    monkeypatch.setattr(jobs, "_taking_turns", set())
    return ids


@pytest.fixture
def weaver() -> list[int]:
    """What jobs of the kind `weave` do: ten rows, each once; the list of what is done."""
    rows: list[int] = []

    @jobs.job_kind("weave", takes_turns=True)
    def weave(job: JobHandle) -> None:
        while len(rows) < 10:
            rows.append(len(rows))
            job.progress(len(rows), 10)

    return rows


def fresh(job: Job) -> Job:
    job.refresh_from_db()
    return job


def test_a_long_job_goes_behind_one_that_waits_and_on_after_it(weaver: list[int], sent: Sent) -> None:
    long, short = jobs.enqueue(kind="weave"), jobs.enqueue(kind="knit")
    jobs.job_kind("knit")(lambda job: job.progress(1, 1))
    job_runner.run(long.pk)
    assert (fresh(long).state, long.done, long.attempts, weaver) == ("queued", 1, 0, [0])
    assert sent == [long.pk]  # behind whatever was sent before
    job_runner.run(short.pk)
    job_runner.run(long.pk)
    assert (fresh(short).state, fresh(long).state, weaver) == ("done", "done", list(range(10)))


def test_a_job_that_is_alone_goes_on(weaver: list[int]) -> None:
    long = jobs.enqueue(kind="weave")
    job_runner.run(long.pk)
    assert (fresh(long).state, len(weaver)) == ("done", 10)


@pytest.mark.parametrize(
    "waiting",
    [
        {"kind": "fetch_images"},  # of another worker
        {"kind": "knit", "not_before": jobs.LONGEST_PAUSE},
        {"kind": "knit", "state": "running"},
        {"kind": "knit", "state": "done"},
    ],
)
def test_nobody_makes_way_for_what_this_worker_cannot_do_now(
    weaver: list[int], waiting: dict[str, Any]
) -> None:
    long = jobs.enqueue(kind="weave")
    if pause := waiting.get("not_before"):
        waiting = {**waiting, "not_before": timezone.now() + pause}
    Job.objects.create(**waiting)
    job_runner.run(long.pk)
    assert fresh(long).state == "done"


def test_nobody_makes_way_for_its_like_which_waits_for_it(weaver: list[int]) -> None:
    long = jobs.enqueue(kind="weave")
    claimed = job_runner.claim(long.pk)
    assert claimed is not None
    like = jobs.enqueue(kind="weave")
    assert like.pk != long.pk
    assert not turns.others_wait(claimed)


def test_other_kinds_finish_what_they_began() -> None:
    jobs.job_kind("knit")(lambda job: job.progress(1, 2))
    first, second = jobs.enqueue(kind="knit"), jobs.enqueue(kind="weave")
    job_runner.run(first.pk)
    assert (fresh(first).state, fresh(second).state) == ("done", "queued")


def test_a_turn_lasts_a_while_and_looks_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "TURN_S", 20.0)
    asked: list[float] = []
    clock = [100.0]

    def nobody(job: Job) -> bool:
        asked.append(clock[0])
        return False

    monkeypatch.setattr(turns, "others_wait", nobody)
    turn = Turn(jobs.enqueue(kind="weave"), now=lambda: clock[0])
    for clock[0] in (100.0, 119.0, 120.0, 120.5, 121.0, 121.5):
        assert not turn.is_over()
    assert asked == [120.0, 121.0]


def test_a_job_that_makes_way_can_be_cancelled(weaver: list[int]) -> None:
    long = jobs.enqueue(kind="weave")
    jobs.enqueue(kind="knit")
    job_runner.run(long.pk)
    assert jobs.cancel(fresh(long))
    assert not job_runner.run(long.pk)
    assert weaver == [0]
