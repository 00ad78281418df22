"""Background work: asking for it, cancelling it, and taking up what a dead worker left.

The Job row is the truth. The broker only carries ids: a message may be lost or come twice without harm,
because a worker runs a job only after it has claimed the row.
"""

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Max, Q, QuerySet
from django.dispatch import Signal
from django.utils import timezone

from core import worker_identity
from core.errors import UserError
from core.job_handle import JobCancelled, JobHandle, JobInterrupted, JobMadeWay
from core.models import Job
from core.sentences import say
from core.working_for import current_request_id

__all__ = [
    "JobCancelled",
    "JobHandle",
    "JobInterrupted",
    "JobMadeWay",
    "cancel",
    "due_jobs",
    "enqueue",
    "handler_of",
    "job_kind",
    "prune",
    "queue_of",
    "recover_lost_jobs",
    "retry",
    "send_due_jobs",
    "send_like",
    "takes_turns",
    "waiting_job_cancelled",
]

logger = logging.getLogger(__name__)
JobFunction = Callable[[JobHandle], None]
TASK_NAME = "core.run_job"
# A message that nobody took for so long is sent again; a second one does no harm.
RESEND_AFTER = timedelta(minutes=10)
# So long, where the worker of the queue itself asks: it takes messages in the order in which they were sent.
# What was sent before its sweep and waits still has lost its message: its Redis was killed, for instance.
RESEND_OWN_AFTER = timedelta(seconds=2 * settings.RECTO_JOB_SWEEP_SECONDS)
# Of a job that is tried again.
LONGEST_PAUSE = timedelta(minutes=1)
# Attempts without getting any further, when each ended with the death of its worker. A picture that kills the
# process must not do so for ever.
LOST_ATTEMPTS = 20

# A job that runs finds out by itself and can tidy up; for one that never began somebody else has to.
waiting_job_cancelled = Signal()

_handlers: dict[str, JobFunction] = {}
_taking_turns: set[str] = set()


def job_kind(kind: str, *, takes_turns: bool = False) -> Callable[[JobFunction], JobFunction]:
    """Register the function that does the jobs of this kind. It must be idempotent.

    One that `takes_turns` may last for hours and goes on where it was: its progress raises JobMadeWay when it
    has worked for a while and another job waits for the same worker.
    """

    def register(function: JobFunction) -> JobFunction:
        _handlers[kind] = function
        if takes_turns:
            _taking_turns.add(kind)
        return function

    return register


def takes_turns(kind: str) -> bool:
    return kind in _taking_turns


def handler_of(kind: str) -> JobFunction | None:
    return _handlers.get(kind)


def enqueue(
    *,
    kind: str,
    params: dict[str, Any] | None = None,
    unique: bool = True,
    requested_by: AbstractBaseUser | None = None,
    collection_id: int | None = None,
) -> Job:
    """Queue a job; its id goes to the broker when the transaction commits.

    Who asked for it may see it, and so may the curators of its collection, if it has one.

    With `unique`, a job of the same kind and parameters that still waits is returned instead, and no two of
    them run at the same time. (One that runs may have passed what is new, so another is queued behind it.)
    """
    params = params or {}
    key = _unique_key(kind, params) if unique else ""
    job = _waiting(key) or _create(
        kind=kind,
        params=params,
        unique_key=key,
        requested_by=requested_by,
        collection_id=collection_id,
        request_id=current_request_id(),
    )
    transaction.on_commit(partial(_send, job.pk, kind), robust=True)
    return job


def cancel(job: Job) -> bool:
    """Cancel a job that waits or runs. A running one stops at its next progress. False when it had ended."""
    for state in (Job.State.QUEUED, Job.State.RUNNING):
        live = Job.objects.filter(pk=job.pk, state=state)
        if live.update(state=Job.State.CANCELLED, finished_at=timezone.now()):
            job.refresh_from_db()
            if state == Job.State.QUEUED:
                waiting_job_cancelled.send(sender=Job, job=job)
            return True
    job.refresh_from_db()
    return False


def retry(job: Job) -> Job:
    """Queue a job again that failed or was cancelled; it goes on from its checkpoint.

    Raises UserError when it did neither, or its like waits already.
    """
    values = {"attempts": 0, "not_before": None, "sent_at": None, "finished_at": None, "last_error": ""}
    ended = Job.objects.filter(pk=job.pk, state__in=[Job.State.FAILED, Job.State.CANCELLED])
    try:
        with transaction.atomic():
            queued = ended.update(state=Job.State.QUEUED, worker="", **values)
    except IntegrityError as error:
        message = say(
            "job_waits",
            f"A job that does the same as number {job.pk} waits already. There is no need for another.",
            job=str(job.pk),
        )
        raise UserError("job_waits", message) from error
    job.refresh_from_db()
    if not queued:
        text = f"Job {job.pk} is {job.state}; only a failed or cancelled one is tried again."
        raise UserError("not_retryable", say("not_retryable", text, job=str(job.pk)))
    transaction.on_commit(partial(_send, job.pk, job.kind), robust=True)
    return job


def prune() -> int:
    """Forget jobs that ended long ago, and routine ones soon, but for the last of each kind that was done."""
    limit = timezone.now() - timedelta(days=settings.RECTO_JOB_KEPT_DAYS)
    last = Job.objects.filter(state=Job.State.DONE).order_by().values("kind").annotate(last=Max("pk"))
    of_no_interest = Q(kind__in=settings.RECTO_ROUTINE_JOBS, state=Job.State.DONE)
    ended = Job.objects.filter(Q(finished_at__lt=limit) | of_no_interest)
    ended = ended.exclude(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    return ended.exclude(pk__in=list(last.values_list("last", flat=True))).delete()[0]


def recover_lost_jobs(*, at_worker_start: bool = False, by_worker_of: str = "") -> int:
    """Queue again what dead workers were running, and send what is due. Returns how many were lost.

    At the start of a worker every waiting job is sent again, because the messages that its predecessor had
    already taken from the broker died with it. `by_worker_of` is the queue whose message it does this for.
    """
    lost = [job for job in Job.objects.filter(state=Job.State.RUNNING) if _is_lost(job)]
    recovered = sum(_requeue_lost(job) for job in lost)
    send_due_jobs(even_if_sent=at_worker_start, by_worker_of=by_worker_of)
    return recovered


def send_due_jobs(*, even_if_sent: bool = False, by_worker_of: str = "") -> None:
    """Send the ids of the waiting jobs whose time has come to the broker."""
    due = due_jobs(even_if_sent=even_if_sent, by_worker_of=by_worker_of)
    for job_id, kind in due.values_list("pk", "kind"):
        _send(job_id, kind)


def send_like(job: Job) -> None:
    """Send the job that may have waited for this one of its kind and parameters to end."""
    waiting = _waiting(job.unique_key)
    if waiting is not None and due_jobs(even_if_sent=True).filter(pk=waiting.pk).exists():
        _send(waiting.pk, waiting.kind)


def due_jobs(*, even_if_sent: bool, by_worker_of: str = "") -> QuerySet[Job]:
    """The waiting jobs whose time has come; without `even_if_sent` those whose message may be lost."""
    due = Job.objects.filter(its_time_has_come(), state=Job.State.QUEUED)
    if not even_if_sent:
        own = _is_of_queue(by_worker_of) & _far_from_now("sent_at", RESEND_OWN_AFTER)
        due = due.filter(Q(sent_at=None) | _far_from_now("sent_at", RESEND_AFTER) | own)
    return due.order_by("pk")


def _far_from_now(field: str, distance: timedelta) -> Q:
    """Long ago, or so far ahead that the clock must have been set back since."""
    now = timezone.now()
    return Q(**{f"{field}__lt": now - distance}) | Q(**{f"{field}__gt": now + distance})


def its_time_has_come() -> Q:
    """No pause is so long as one that was reckoned by a clock which was set back since."""
    now = timezone.now()
    return Q(not_before=None) | Q(not_before__lte=now) | Q(not_before__gt=now + 2 * LONGEST_PAUSE)


def queue_of(kind: str) -> str:
    """The queue whose worker does the jobs of this kind."""
    queues: dict[str, str] = settings.RECTO_JOB_QUEUES
    return queues.get(kind, settings.CELERY_TASK_DEFAULT_QUEUE)


def _is_of_queue(queue: str) -> Q:
    """Of no queue, no job."""
    if queue == settings.CELERY_TASK_DEFAULT_QUEUE:
        return ~Q(kind__in=settings.RECTO_JOB_QUEUES)
    return Q(kind__in=[kind for kind in settings.RECTO_JOB_QUEUES if queue_of(kind) == queue])


def _send(job_id: int, kind: str) -> None:
    try:
        current_app.send_task(TASK_NAME, args=[job_id], queue=queue_of(kind), retry=False)
    except Exception as error:
        # The job waits in the database; the next sweep sends it.
        logger.warning("Job %s waits: the broker did not take it (%s).", job_id, error)
        return
    Job.objects.filter(pk=job_id).update(sent_at=timezone.now())


def _is_lost(job: Job) -> bool:
    if worker_identity.on_this_machine(job.worker):
        return worker_identity.known_dead(job.worker)
    # (One from the future was there before the clock was set back.)
    limit = timedelta(seconds=settings.RECTO_JOB_LOST_AFTER_SECONDS)
    return job.heartbeat_at is None or abs(timezone.now() - job.heartbeat_at) > limit


def _requeue_lost(job: Job) -> bool:
    """Compare-and-set: of many who see the same lost job, one puts it back."""
    message = say("worker_died", f"The worker {job.worker} died while it ran this job.", worker=job.worker)
    give_up = job.attempts >= LOST_ATTEMPTS
    values: dict[str, Any] = {"state": Job.State.QUEUED, "sent_at": None, "not_before": None}
    if give_up:
        values = {"state": Job.State.FAILED, "finished_at": timezone.now()}
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, worker=job.worker)
    try:
        with transaction.atomic():
            found = mine.update(worker="", last_error=str(message), error_said=message.said, **values)
    except IntegrityError:
        # Its like already waits in the queue and will do the same work.
        values = {"state": Job.State.CANCELLED, "finished_at": timezone.now()}
        found = mine.update(worker="", last_error=str(message), error_said=message.said, **values)
    if found:
        logger.warning("Job %s (%s) was lost: %s", job.pk, job.kind, message)
    return bool(found)


def _waiting(unique_key: str) -> Job | None:
    if not unique_key:
        return None
    return Job.objects.filter(state=Job.State.QUEUED, unique_key=unique_key).first()


def _create(**values: Any) -> Job:
    try:
        with transaction.atomic():
            return Job.objects.create(**values)
    except IntegrityError:
        waiting = _waiting(values["unique_key"])
        if waiting is None:
            raise
        return waiting


def _unique_key(kind: str, params: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps([kind, params], sort_keys=True).encode()).hexdigest()
