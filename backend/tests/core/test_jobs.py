"""Job rows: asking, running once, progress, cancelling, trying again, taking up what a dead worker left."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import celery
import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from core import job_runner, jobs
from core.errors import OperatorError, TryAgain, UserError
from core.jobs import JobHandle
from core.models import Job

pytestmark = pytest.mark.django_db
Sent = list[int]


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> Sent:
    """The ids that went to the broker."""
    ids: Sent = []
    monkeypatch.setattr(celery.current_app, "send_task", lambda name, args, **options: ids.extend(args))
    return ids


@pytest.fixture
def do(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[JobHandle], None]], None]:
    """`do(function)` makes it what jobs of the kind `paint` do."""
    monkeypatch.setattr(jobs, "_handlers", {})

    def register(function: Callable[[JobHandle], None]) -> None:
        jobs.job_kind("paint")(function)

    return register


def fresh(job: Job) -> Job:
    job.refresh_from_db()
    return job


def paint(**params: Any) -> Job:
    return jobs.enqueue(kind="paint", params=params)


def test_id_is_sent_when_the_transaction_commits(
    sent: Sent, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = paint()
        assert sent == []
    assert sent == [job.pk]
    assert fresh(job).sent_at is not None


def test_a_broker_that_is_away_fails_no_request(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    def away(*args: object, **options: object) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr(celery.current_app, "send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        job = paint()
    assert (fresh(job).state, job.sent_at) == ("queued", None)


def test_the_same_work_waits_only_once() -> None:
    first = paint(colour="red")
    assert paint(colour="red").pk == first.pk
    assert paint(colour="blue").pk != first.pk
    assert jobs.enqueue(kind="paint", params={"colour": "red"}, unique=False).pk != first.pk


def test_the_same_work_is_queued_behind_one_that_runs_but_never_runs_beside_it(do: Any) -> None:
    ran = []

    def nested(job: JobHandle) -> None:
        ran.append(job.job_id)
        if len(ran) == 1:
            behind = paint()
            assert behind.pk != job.job_id
            assert job_runner.claim(behind.pk) is None

    do(nested)
    first = paint()
    assert job_runner.run(first.pk)
    behind = Job.objects.get(state="queued")
    assert job_runner.run(behind.pk)
    assert ran == [first.pk, behind.pk]


def test_a_job_that_waited_for_its_like_is_sent_when_that_ends(do: Any, sent: Sent) -> None:
    behind: list[Job] = []
    do(lambda job: behind.append(paint()))
    unrelated = paint(colour="blue")
    first = paint()
    job_runner.run(first.pk)
    assert sent == [behind[0].pk]
    assert unrelated.pk not in sent


def test_a_job_that_is_to_be_tried_later_is_not_sent_at_once(do: Any, sent: Sent) -> None:
    def away(job: JobHandle) -> None:
        raise TryAgain("extractor_away", "The extractor does not answer.")

    do(away)
    job_runner.run(paint().pk)
    assert sent == []


def test_run_does_the_work_and_says_so(do: Any) -> None:
    def handler(job: JobHandle) -> None:
        job.progress(3, 10, f"painting {job.params['what']}")
        assert Job.objects.get(pk=job.job_id).state == "running"

    do(handler)
    job = paint(what="a rhinoceros")
    assert job_runner.run(job.pk)
    fresh(job)
    assert (job.state, job.done, job.total, job.message) == ("done", 3, 10, "painting a rhinoceros")
    assert job.started_at is not None
    assert job.finished_at is not None
    assert job.worker == ""


def test_a_message_that_comes_twice_runs_the_job_once(do: Any) -> None:
    ran = []
    do(lambda job: ran.append(job.job_id))
    job = paint()
    assert job_runner.run(job.pk)
    assert not job_runner.run(job.pk)
    assert not job_runner.run(10**6)
    assert ran == [job.pk]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_claim_at_once_one_gets_the_job() -> None:
    job = paint()
    barrier = threading.Barrier(6)
    claimed: list[Job | None] = []

    def claim() -> None:
        barrier.wait()
        claimed.append(job_runner.claim(job.pk))
        connection.close()

    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found.pk for found in claimed if found] == [job.pk]


def test_cancelling_a_waiting_job() -> None:
    job = paint()
    assert jobs.cancel(job)
    assert (job.state, job.finished_at is not None) == ("cancelled", True)
    assert not job_runner.run(job.pk)
    assert not jobs.cancel(job)


def test_cancelling_a_running_job_stops_it_at_its_next_progress(do: Any) -> None:
    def handler(job: JobHandle) -> None:
        job.progress(1, 3)
        jobs.cancel(Job.objects.get(pk=job.job_id))
        job.progress(2, 3)
        raise AssertionError("it went on")

    do(handler)
    job = paint()
    job_runner.run(job.pk)
    assert (fresh(job).state, job.done, job.last_error) == ("cancelled", 1, "")


def test_a_checkpoint_is_there_for_the_next_attempt(do: Any) -> None:
    seen = []

    def handler(job: JobHandle) -> None:
        seen.append(dict(job.checkpoint))
        job.save_checkpoint(last=len(seen))
        if len(seen) == 1:
            raise TryAgain("extractor_away", "The extractor does not answer.", retry_after=0)

    do(handler)
    job = paint()
    job_runner.run(job.pk)
    job_runner.run(job.pk)
    assert seen == [{}, {"last": 1}]
    assert fresh(job).state == "done"


def test_try_again_waits_longer_each_time(do: Any) -> None:
    def handler(job: JobHandle) -> None:
        raise TryAgain("extractor_away", "The extractor does not answer.", retry_after=5)

    do(handler)
    job = paint()
    pauses = []
    for _ in range(5):
        Job.objects.update(not_before=None)
        job_runner.run(job.pk)
        assert fresh(job).not_before is not None
        pauses.append(round((job.not_before - timezone.now()).total_seconds()))  # type: ignore[operator]
    assert pauses == [5, 10, 20, 40, 60]
    assert (job.state, job.last_error) == ("queued", "The extractor does not answer.")
    assert not job_runner.run(job.pk)


@pytest.mark.parametrize(
    ("error", "limit"),
    [
        (TryAgain("away", "Away.", retry_after=0), job_runner.TRY_AGAIN_ATTEMPTS),
        (ValueError("a bug"), job_runner.CRASH_ATTEMPTS),
        (UserError("bad", "Bad file."), 1),
        (OperatorError("full", "The disk is full."), 1),
    ],
)
def test_attempts_are_limited_and_the_last_error_is_kept(do: Any, error: Exception, limit: int) -> None:
    attempts = []

    def handler(job: JobHandle) -> None:
        attempts.append(job)
        raise error

    do(handler)
    job = paint()
    while job_runner.run(job.pk):
        Job.objects.update(not_before=None)
    assert len(attempts) == limit
    assert fresh(job).state == "failed"
    assert str(error) in job.last_error


def test_getting_further_than_ever_resets_the_attempts(do: Any) -> None:
    done = iter([1, 2, 3, 4, 5, 6, 7, 7, 7, 7, 7])

    def handler(job: JobHandle) -> None:
        job.progress(next(done), 10)
        raise ValueError("stumbled")

    do(handler)
    job = paint()
    while job_runner.run(job.pk):
        Job.objects.update(not_before=None)
    assert fresh(job).state == "failed"
    assert next(done, None) is None


def test_a_kind_that_nobody_does_fails_with_its_name() -> None:
    job = jobs.enqueue(kind="sing")
    job_runner.run(job.pk)
    assert fresh(job).state == "failed"
    assert "'sing'" in job.last_error


def test_no_model_change_lacks_its_migration() -> None:
    call_command("makemigrations", "core", "catalog", check=True, dry_run=True)
