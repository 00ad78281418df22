"""Waiting for the background work that a loading queued."""

import time
from collections.abc import Callable

from django.db.models import QuerySet

from core.models import Job
from imports.progress import Progress

UNSETTLED = (Job.State.QUEUED, Job.State.RUNNING)
POLL_SECONDS = 0.5
_STEPS = {"extract_features": "Making features", "publish_knn_model": "Publishing the index"}


def wait_for_jobs(
    *, first_id: int, progress: Progress, sleep: Callable[[float], None] = time.sleep
) -> list[Job]:
    """Wait for the job `first_id` and those queued behind it. Returns the ones that did not succeed."""
    while (job := _jobs(first_id).filter(state__in=UNSETTLED).order_by("pk").first()) is not None:
        progress(job.done, job.total, _step(job))
        sleep(POLL_SECONDS)
    return list(_jobs(first_id).exclude(state=Job.State.DONE).order_by("pk"))


def _jobs(first_id: int) -> QuerySet[Job]:
    return Job.objects.filter(pk__gte=first_id, kind__in=_STEPS)


def _step(job: Job) -> str:
    waiting = job.state == Job.State.QUEUED
    return "Waiting for a worker" if waiting else _STEPS[job.kind]
