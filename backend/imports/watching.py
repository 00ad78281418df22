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
        _show(job, progress)
        sleep(POLL_SECONDS)
        job.refresh_from_db()
        if job.state == Job.State.DONE:
            # What it did since the last look belongs to the step that is shown, not to the next one.
            progress(job.total, job.total, _STEPS[job.kind])
    return list(_jobs(first_id).exclude(state=Job.State.DONE).order_by("pk"))


def _jobs(first_id: int) -> QuerySet[Job]:
    return Job.objects.filter(pk__gte=first_id, kind__in=_STEPS)


def _show(job: Job, progress: Progress) -> None:
    if job.state == Job.State.QUEUED:
        progress(0, 1, "Waiting for a worker (make run starts one)")
    else:
        progress(job.done, job.total, _STEPS[job.kind])
