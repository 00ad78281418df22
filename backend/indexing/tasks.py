"""Background work on the index: each kind of job is one call of a service and may be repeated."""

import logging
from time import monotonic, sleep
from typing import Any

from celery import current_app, shared_task

from core.errors import TryAgain
from core.jobs import JobHandle, enqueue, job_kind
from core.models import Job
from indexing.extraction import extract_missing_features
from indexing.extractor_client import extractor_info
from indexing.mismatch import descriptor_mismatch, index_jobs_under_way
from indexing.queries import active_model, index_needs_compaction, pictures_never_tried
from indexing.services import (
    COMPACT,
    EXTRACT,
    PUBLISH,
    compact_index,
    enqueue_index_update,
    publish_knn_model,
)

logger = logging.getLogger(__name__)
TEND_SECONDS = 60.0


class WatchedJob:
    """A job that says what it waits for, and can be stopped meanwhile."""

    def __init__(self, job: JobHandle) -> None:
        self._job = job
        self._done, self._total = Job.objects.values_list("done", "total").get(pk=job.job_id)

    def progress(self, done: int, total: int, message: str) -> None:
        """See `JobHandle.progress`."""
        self._done, self._total = done, total
        self._job.progress(done, total, message)

    def wait(self, seconds: float) -> None:
        """Pause for the extractor; a cancelled job ends within a second."""
        until = monotonic() + seconds
        while (left := until - monotonic()) > 0:
            self._job.progress(self._done, self._total, "waiting for the extractor")
            sleep(min(left, 1.0))


@job_kind(EXTRACT)
def extract_features(job: JobHandle) -> None:
    """Describe what has no vector, then have the index published."""
    watched = WatchedJob(job)
    extract_missing_features(progress=watched.progress, wait=watched.wait)
    enqueue(kind=PUBLISH)


@job_kind(PUBLISH)
def publish(job: JobHandle) -> None:
    """Publish the vectors of the extractor's descriptor."""
    info = extractor_info(fresh=True)
    model = publish_knn_model(descriptor=info.descriptor, dim=info.dim)
    job.progress(model.count, model.count, f"{model.version} holds {model.count} vectors")


@job_kind(COMPACT)
def compact(job: JobHandle) -> None:
    """Fold the log into a new version."""
    info = extractor_info(fresh=True)
    model = compact_index(descriptor=info.descriptor, dim=info.dim)
    job.progress(model.count, model.count, f"{model.version} holds {model.count} vectors")


@shared_task(name="indexing.tend_index", ignore_result=True)
def tend_index() -> None:
    """Once a minute: queue what somebody forgot to queue, and compact a log that has grown long."""
    if index_jobs_under_way().exists():
        return
    try:
        descriptor = extractor_info(fresh=True).descriptor
    except TryAgain:
        return
    model = active_model()
    if model is not None and model.descriptor != descriptor:
        # Describing every picture anew takes long and changes every answer: somebody has to want it.
        logger.warning("%s", descriptor_mismatch(query=descriptor, index=model.descriptor).message)
    elif pictures_never_tried(descriptor=descriptor).exists():
        enqueue_index_update()
    elif index_needs_compaction(descriptor=descriptor):
        enqueue(kind=COMPACT)


@current_app.on_after_finalize.connect
def schedule_tending(sender: Any, **_: Any) -> None:
    """Have beat send it; one that waited behind a long job is not worth doing twice."""
    sender.add_periodic_task(TEND_SECONDS, tend_index.s(), name="tend the index", expires=TEND_SECONDS)
