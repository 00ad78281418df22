"""Jobs of workers that died, were taken over or shut down: taken up again by the next."""

import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import celery
import pytest
from django.utils import timezone
from pytest_django import Settings

from core import job_runner, jobs, worker_identity
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


def abandoned(job: Job, *, worker: str, beaten: timedelta = timedelta()) -> Job:
    """As its worker leaves it when it is killed."""
    Job.objects.filter(pk=job.pk).update(
        state="running", worker=worker, heartbeat_at=timezone.now() - beaten, attempts=1
    )
    return fresh(job)


def dead_worker() -> str:
    """The name of a process of this machine that has run jobs and was killed."""
    host = worker_identity.token().split(":")[0]
    return f"{host}:999999:0123abcd"


def test_a_worker_that_shuts_down_gives_the_job_back(do: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_identity, "_stop", threading.Event())

    def handler(job: JobHandle) -> None:
        worker_identity.request_stop()
        job.progress(1, 2)

    do(handler)
    job = paint()
    job_runner.run(job.pk)
    assert (fresh(job).state, job.done, job.attempts, job.worker) == ("queued", 1, 0, "")


def test_recovery_takes_up_the_job_of_a_dead_process(sent: Sent) -> None:
    job = abandoned(paint(), worker=dead_worker())
    assert jobs.recover_lost_jobs() == 1
    assert (fresh(job).state, job.worker) == ("queued", "")
    assert "died" in job.last_error
    assert sent == [job.pk]


def test_recovery_leaves_the_job_of_a_living_process_however_old_its_heartbeat() -> None:
    job = abandoned(paint(), worker=worker_identity.token(), beaten=timedelta(hours=1))
    assert jobs.recover_lost_jobs() == 0
    assert fresh(job).state == "running"


@pytest.mark.parametrize(("seconds", "lost"), [(30, 0), (61, 1), (-30, 0), (-86400, 1)])
def test_recovery_judges_another_machine_by_its_heartbeat(seconds: int, lost: int) -> None:
    abandoned(paint(), worker="elsewhere:7:abc", beaten=timedelta(seconds=seconds))
    assert jobs.recover_lost_jobs() == lost


def test_recovery_gives_up_a_job_that_keeps_killing_its_worker() -> None:
    job = abandoned(paint(), worker=dead_worker())
    Job.objects.update(attempts=jobs.LOST_ATTEMPTS)
    jobs.recover_lost_jobs()
    assert fresh(job).state == "failed"
    assert "died" in job.last_error


def test_recovery_of_a_job_whose_like_waits_leaves_one() -> None:
    job = abandoned(paint(), worker=dead_worker())
    waiting = paint()
    assert waiting.pk != job.pk
    jobs.recover_lost_jobs()
    assert (fresh(job).state, fresh(waiting).state) == ("cancelled", "queued")


def test_recovery_at_the_start_of_a_worker_sends_again_what_was_sent(sent: Sent) -> None:
    job = paint()
    Job.objects.update(sent_at=timezone.now())
    jobs.recover_lost_jobs()
    assert sent == []
    jobs.recover_lost_jobs(at_worker_start=True)
    assert sent == [job.pk]


def test_the_sweep_sends_what_is_due(sent: Sent) -> None:
    now = timezone.now()
    due, later, long_ago = (paint(n=n) for n in range(3))
    Job.objects.filter(pk=due.pk).update(not_before=now - timedelta(seconds=1))
    Job.objects.filter(pk=later.pk).update(not_before=now + timedelta(minutes=1))
    Job.objects.filter(pk=long_ago.pk).update(sent_at=now - timedelta(minutes=11))
    jobs.send_due_jobs()
    assert sent == [due.pk, long_ago.pk]


@pytest.mark.parametrize(("kind", "queue"), [("extract_features", "index"), ("check_import", "imports")])
def test_a_worker_that_came_to_its_sweep_sends_what_of_its_own_waits_still(
    kind: str, queue: str, sent: Sent
) -> None:
    """Messages come in their order: Redis was killed with those of before."""
    jobs.enqueue(kind=kind)
    elsewhere = {"index": "imports", "imports": "index"}[queue]
    Job.objects.update(sent_at=timezone.now() - timedelta(seconds=25))
    jobs.recover_lost_jobs(by_worker_of=queue)
    Job.objects.update(sent_at=timezone.now() - timedelta(seconds=35))
    jobs.recover_lost_jobs(by_worker_of=elsewhere)
    jobs.recover_lost_jobs()
    assert sent == []
    jobs.recover_lost_jobs(by_worker_of=queue)
    assert sent == list(Job.objects.values_list("pk", flat=True))


def test_a_clock_that_was_set_back_keeps_no_job_waiting(sent: Sent, do: Any) -> None:
    """What was written by the old clock lies a day ahead."""
    tomorrow = timezone.now() + timedelta(days=1)
    do(lambda job: None)
    tried, told = paint(n=1), paint(n=2)
    Job.objects.filter(pk=tried.pk).update(not_before=tomorrow)
    Job.objects.filter(pk=told.pk).update(sent_at=tomorrow)
    jobs.send_due_jobs()
    assert sent == [tried.pk, told.pk]
    assert job_runner.run(tried.pk)


def test_a_job_that_was_taken_over_stops_at_its_next_progress(do: Any) -> None:
    def handler(job: JobHandle) -> None:
        Job.objects.filter(pk=job.job_id).update(worker="elsewhere:1:a", heartbeat_at=timezone.now())
        job.progress(1, 2)

    do(handler)
    job = paint()
    job_runner.run(job.pk)
    assert (fresh(job).state, job.worker, job.done) == ("running", "elsewhere:1:a", 0)


@pytest.mark.django_db(transaction=True)
def test_heartbeat_goes_on_during_one_long_step(do: Any, settings: Settings) -> None:
    settings.RECTO_JOB_HEARTBEAT_SECONDS = 0.01
    beaten = threading.Event()

    def handler(job: JobHandle) -> None:
        Job.objects.update(heartbeat_at=None)
        while Job.objects.get(pk=job.job_id).heartbeat_at is None:
            pass
        beaten.set()

    do(handler)
    job_runner.run(paint().pk)
    assert beaten.is_set()


def test_a_worker_keeps_its_name_and_a_new_one_gets_another() -> None:
    name = worker_identity.token()
    assert worker_identity.token() == name
    worker_identity.forget()
    assert worker_identity.token() != name
    assert worker_identity.known_dead(name)


def test_the_lock_of_a_killed_process_is_free() -> None:
    """A real process, killed with -9 while it holds its lock."""
    code = (
        "import sys, fcntl, pathlib\n"
        "path = pathlib.Path(sys.argv[1]); path.parent.mkdir(parents=True, exist_ok=True)\n"
        "file = path.open('wb'); fcntl.flock(file, fcntl.LOCK_EX); print('locked', flush=True); input()"
    )
    name = dead_worker()
    path = worker_identity._lock_path(name)
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"locked\n"
        assert not worker_identity.known_dead(name)
        process.kill()
        process.wait()
    assert worker_identity.known_dead(name)
    assert not path.exists()


def test_own_lock_is_held() -> None:
    path = worker_identity._lock_path(worker_identity.token())
    with path.open("rb") as file, pytest.raises(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_where_no_new_lock_can_be_had_the_last_one_is_closed_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    worker_identity.token()
    inherited = replace(vars(worker_identity)["_identity"], pid=-1)
    monkeypatch.setattr(worker_identity, "_identity", inherited)
    monkeypatch.setattr(worker_identity, "_locked", Mock(side_effect=OSError("no space left")))
    with pytest.raises(OSError, match="no space left"):
        worker_identity.token()
    other = os.open(tmp_path / "other", os.O_WRONLY | os.O_CREAT)
    os.dup2(other, inherited.lock)
    with pytest.raises(OSError, match="no space left"):
        worker_identity.token()
    os.fstat(inherited.lock)
    os.close(inherited.lock)
    if other != inherited.lock:
        os.close(other)


def test_a_process_ends_with_its_lock_and_without_a_warning(data_dir: Path) -> None:
    code = "import django; django.setup(); from core import worker_identity; print(worker_identity.token())"
    ended = subprocess.run(
        [sys.executable, "-W", "always::ResourceWarning", "-c", code],
        env={**os.environ, "RECTO_DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stderr == ""
    assert worker_identity.known_dead(ended.stdout.strip())
