"""Taking turns: a long job goes behind those that wait for the same worker, and goes on after them."""

from collections.abc import Callable
from time import monotonic

from core import jobs
from core.models import Job

TURN_S = 20.0  # for so long it works before it makes way
LOOK_EVERY_S = 1.0


class Turn:
    """Of one attempt of a job. It ends only when somebody waits: a job that is alone goes on."""

    def __init__(self, job: Job, now: Callable[[], float] = monotonic) -> None:
        self._job, self._now = job, now
        self._look_at = now() + TURN_S

    def is_over(self) -> bool:
        if self._now() < self._look_at:
            return False
        self._look_at = self._now() + LOOK_EVERY_S
        return others_wait(self._job)


def turn_of(job: Job) -> Callable[[], bool]:
    """What says whether the job has to make way; for most kinds never."""
    return Turn(job).is_over if jobs.takes_turns(job.kind) else lambda: False


def others_wait(job: Job) -> bool:
    """Whether a job that is due waits for the worker of this one. (Its like waits for this one itself.)"""
    due = jobs.due_jobs(even_if_sent=True).exclude(pk=job.pk)
    if job.unique_key:
        due = due.exclude(unique_key=job.unique_key)
    kinds = due.order_by().values_list("kind", flat=True).distinct()
    return any(jobs.queue_of(kind) == jobs.queue_of(job.kind) for kind in kinds)
