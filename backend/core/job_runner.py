"""Running one job: claim the row, beat while the work goes on, write down how it ended."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from core import jobs, worker_identity
from core.database_errors import DATABASE_AWAY, DATABASE_FAILED
from core.errors import OperatorError, TryAgain, UserError
from core.job_handle import JobCancelled, JobHandle, JobInterrupted
from core.models import Job
from core.sentences import said_of, say
from core.turns import turn_of
from core.working_for import working_for

logger = logging.getLogger(__name__)
# Attempts without getting any further, by what ended them. An extractor may be away for an hour.
TRY_AGAIN_ATTEMPTS = 60
CRASH_ATTEMPTS = 5
PAUSE_FOR_DATABASE_SECONDS = 5.0
Result = TypeVar("Result")


def run(job_id: int) -> bool:
    """Run the job in this process if it waits and its time has come. False when there was nothing to run."""
    job = _claim_patiently(job_id)
    if job is None:
        return False
    with working_for(request_id=job.request_id, job_id=job.pk):
        logger.info("Job %s (%s) starts, attempt %s.", job.pk, job.kind, job.attempts)
        with heartbeat(job):
            _run_claimed(job)
        jobs.send_like(job)
    return True


def claim(job_id: int) -> Job | None:
    """Make a waiting job ours, by compare-and-set: of many workers one succeeds."""
    now = timezone.now()
    worker = worker_identity.token()
    try:
        with transaction.atomic():
            claimed = Job.objects.filter(jobs.its_time_has_come(), pk=job_id, state=Job.State.QUEUED).update(
                state=Job.State.RUNNING,
                worker=worker,
                heartbeat_at=now,
                attempts=F("attempts") + 1,
                rate=0,
                started_at=now,
                finished_at=None,
            )
    except IntegrityError:
        return None  # another of the same kind and parameters runs now
    return Job.objects.filter(pk=job_id, worker=worker, state=Job.State.RUNNING).first() if claimed else None


def _claim_patiently(job_id: int) -> Job | None:
    """The message is gone from the broker by now, and nobody else would come back to the job for minutes."""
    tried = False

    def claim_once() -> Job | None:
        nonlocal tried
        # A connection can break after the server has done what it was told.
        ours = Job.objects.filter(pk=job_id, worker=worker_identity.token(), state=Job.State.RUNNING)
        found = ours.first() if tried else None
        tried = True
        return found or claim(job_id)

    return _patiently(claim_once, f"Job {job_id} cannot be claimed")


@contextmanager
def heartbeat(job: Job) -> Iterator[None]:
    """Say from a thread that the worker lives, so that one long step does not look like its death."""
    ended = threading.Event()
    thread = threading.Thread(target=_beat, args=(job, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _beat(job: Job, ended: threading.Event) -> None:
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, worker=job.worker)
    while not ended.wait(settings.RECTO_JOB_HEARTBEAT_SECONDS):
        try:
            mine.update(heartbeat_at=timezone.now())
        except DATABASE_FAILED as error:
            logger.warning("Job %s: the heartbeat was not stored (%s).", job.pk, error)
            connection.close_if_unusable_or_obsolete()
    connection.close()


def _run_claimed(job: Job) -> None:
    try:
        handler = jobs.handler_of(job.kind)
        if handler is None:
            message = f"No installed app does jobs of the kind {job.kind!r}."
            raise OperatorError("unknown_job_kind", say("unknown_job_kind", message, kind=job.kind))
        handler(JobHandle(job, turn_is_over=turn_of(job)))
    except JobCancelled:
        logger.info("Job %s (%s) stopped: it was cancelled.", job.pk, job.kind)
    except JobInterrupted:
        _end(job, state=Job.State.QUEUED, attempts=max(0, job.attempts - 1), sent_at=None)
    except TryAgain as error:
        _retry(job, error.sentence, limit=TRY_AGAIN_ATTEMPTS, pause=error.retry_after)
    except (UserError, OperatorError) as error:
        _fail(job, error.sentence)
    except DATABASE_AWAY as error:
        logger.warning("Job %s (%s) lost the database: %s", job.pk, job.kind, error)
        _retry(job, f"{type(error).__name__}: {error}", limit=TRY_AGAIN_ATTEMPTS, pause=2.0)
    except Exception as error:
        logger.exception("Job %s (%s) failed.", job.pk, job.kind)
        _retry(job, f"{type(error).__name__}: {error}", limit=CRASH_ATTEMPTS, pause=2.0)
    else:
        _end(job, state=Job.State.DONE, finished_at=timezone.now(), last_error="")


def _retry(job: Job, error: str, *, limit: int, pause: float) -> None:
    _patiently(lambda: job.refresh_from_db(fields=["attempts"]), f"Job {job.pk} cannot be read")
    if job.attempts >= limit:
        _fail(job, error)
        return
    pause = min(jobs.LONGEST_PAUSE.total_seconds(), pause * 2 ** min(job.attempts - 1, 10))
    not_before = timezone.now() + timedelta(seconds=pause)
    logger.warning("Job %s (%s) is tried again in %.0f s: %s", job.pk, job.kind, pause, error)
    _end(
        job,
        state=Job.State.QUEUED,
        last_error=str(error),
        error_said=said_of(error),
        not_before=not_before,
        sent_at=None,
    )


def _fail(job: Job, error: str) -> None:
    logger.error("Job %s (%s) failed for good: %s", job.pk, job.kind, error)
    _end(
        job,
        state=Job.State.FAILED,
        last_error=str(error),
        error_said=said_of(error),
        finished_at=timezone.now(),
    )


def _end(job: Job, **values: Any) -> None:
    """Store how it ended: without that it would be running for ever. On a full disk that waits for room."""
    _patiently(lambda: _store_end(job, **values), f"How job {job.pk} ended cannot be stored")


def _patiently(work: Callable[[], Result], problem: str) -> Result | None:
    """Do it as soon as the database takes it; None when this worker has to stop before."""
    while True:
        try:
            return work()
        except DATABASE_AWAY as error:
            logger.error("%s (%s). It is tried again.", problem, error)
            # Django goes on with a connection that the server has closed, unless it is told to look.
            connection.close_if_unusable_or_obsolete()
            if worker_identity.stop_requested():
                return None
            time.sleep(PAUSE_FOR_DATABASE_SECONDS)


def _store_end(job: Job, **values: Any) -> None:
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, worker=job.worker)
    try:
        with transaction.atomic():
            mine.update(worker="", **values)
    except IntegrityError:
        # It would go back to the queue, where its like already waits and will do the same work.
        mine.update(worker="", state=Job.State.CANCELLED, finished_at=timezone.now())
