"""Job rows: the worker's queue, trying again, how fast, what was found out, and forgetting."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import celery
import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from catalog.models import Collection
from core import job_runner, jobs
from core.errors import UserError
from core.jobs import JobHandle
from core.models import Job
from core.pace import Pace

pytestmark = pytest.mark.django_db
Sent = list[tuple[str, int]]


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> Sent:
    """Queue and id of what went to the broker."""
    told: Sent = []

    def send_task(name: str, args: list[int], queue: str, **options: Any) -> None:
        told.append((queue, args[0]))

    monkeypatch.setattr(celery.current_app, "send_task", send_task)
    return told


def ended(state: str, *, days: float = 0, kind: str = "paint", **values: Any) -> Job:
    return Job.objects.create(
        kind=kind, state=state, finished_at=timezone.now() - timedelta(days=days), **values
    )


@pytest.mark.parametrize(
    ("kind", "queue"), [("extract_features", "index"), ("apply_import", "imports"), ("paint", "index")]
)
def test_a_job_goes_to_the_queue_of_its_kind(
    sent: Sent, kind: str, queue: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue(kind=kind)
    assert sent == [(queue, job.pk)]
    jobs.send_due_jobs(even_if_sent=True)
    assert sent[1:] == [(queue, job.pk)]


def test_every_queue_that_jobs_go_to_has_a_worker(settings: Any) -> None:
    known = {queue.name for queue in celery.current_app.conf.task_queues}
    assert {*settings.RECTO_JOB_QUEUES.values(), settings.CELERY_TASK_DEFAULT_QUEUE} == known


def test_a_job_knows_its_collection() -> None:
    collection = Collection.objects.create(slug="prints", name="Prints")
    assert jobs.enqueue(kind="paint", collection_id=collection.pk).collection == collection


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_a_job_that_ended_badly_is_tried_again_from_its_checkpoint(
    state: str, sent: Sent, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    job = ended(state, attempts=5, last_error="It rained.", checkpoint={"next": 3}, done=2, worker="gone")
    with django_capture_on_commit_callbacks(execute=True):
        jobs.retry(job)
    assert (job.state, job.attempts, job.last_error, job.finished_at) == ("queued", 0, "", None)
    assert (job.checkpoint, job.done, job.worker) == ({"next": 3}, 2, "")
    assert sent == [("index", job.pk)]


@pytest.mark.parametrize("state", ["queued", "running", "done"])
def test_no_other_job_is_tried_again(state: str) -> None:
    job = Job.objects.create(kind="paint", state=state)
    with pytest.raises(UserError, match=f"is {state}"):
        jobs.retry(job)
    job.refresh_from_db()
    assert job.state == state


def test_a_job_whose_like_waits_is_not_tried_again() -> None:
    job = jobs.enqueue(kind="paint")
    jobs.cancel(job)
    jobs.enqueue(kind="paint")
    with pytest.raises(UserError, match="waits already"):
        jobs.retry(job)
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_a_run_that_does_not_know_yet_that_it_was_cancelled_and_tried_again_stops(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def handler(handle: JobHandle) -> None:
        job = Job.objects.get(pk=handle.job_id)
        jobs.cancel(job)
        jobs.retry(job)
        handle.progress(1, 2)
        raise AssertionError("it went on")

    monkeypatch.setattr(jobs, "_handlers", {"paint": handler})
    job = jobs.enqueue(kind="paint")
    job_runner.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.last_error) == ("queued", "")


def test_progress_stores_the_rate_and_the_result_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([0.0, 2.0])
    monkeypatch.setattr("core.job_handle.Pace", lambda: Pace(now=lambda: next(times)))

    def handler(handle: JobHandle) -> None:
        handle.progress(10, 40)
        handle.progress(16, 40)
        handle.save_result(found=["a hare"])

    monkeypatch.setattr(jobs, "_handlers", {"paint": handler})
    job = jobs.enqueue(kind="paint")
    job_runner.run(job.pk)
    job.refresh_from_db()
    assert (job.rate, job.result) == (3.0, {"found": ["a hare"]})


def test_the_rate_is_of_the_last_half_minute() -> None:
    clock = [0.0]
    pace, rates = Pace(now=lambda: clock[0]), []
    for second, done in ((0, 0), (10, 10), (20, 20), (60, 30), (70, 130)):
        clock[0] = float(second)
        rates.append(pace.rate(done, 200))
    assert rates == [0.0, 1.0, 1.0, 0.25, pytest.approx(110 / 50)]


def test_the_rate_begins_anew_with_another_count() -> None:
    clock = [0.0]
    pace = Pace(now=lambda: clock[0])
    pace.rate(0, 100)
    clock[0] = 10.0
    assert pace.rate(100, 100) == 10.0
    assert pace.rate(0, 30) == 0.0


def test_old_jobs_are_forgotten_but_for_the_last_of_each_kind_that_was_done() -> None:
    gone = [ended("done", days=90), ended("failed", days=31), ended("cancelled", days=31)]
    kept = [
        ended("done", days=40),
        ended("done", days=50, kind="sing"),
        ended("failed", days=29),
        Job.objects.create(kind="paint", state="running"),
        Job.objects.create(kind="paint"),
    ]
    assert jobs.prune() == len(gone)
    assert set(Job.objects.values_list("pk", flat=True)) == {job.pk for job in kept}
