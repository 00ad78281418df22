"""Background work on the index: each kind of job is one call of a service and may be repeated."""

import logging
from contextlib import suppress
from time import monotonic, sleep
from typing import Any

from celery import current_app, shared_task

from core.errors import TryAgain
from core.jobs import JobHandle, JobMadeWay, enqueue, job_kind
from core.models import Job
from core.sentences import say
from indexing.extractor_client import offered_descriptors
from indexing.files_back import is_file_back
from indexing.local_publishing import compact_local_index
from indexing.local_tasks import have_local_index_published, holds, keep_local_tail_short, tend_local_index
from indexing.maintaining import describe_all, dim_of, wanted_descriptors
from indexing.mismatch import descriptor_gone, index_jobs_under_way
from indexing.models import KnnModel
from indexing.queries import index_needs_compaction, pictures_never_tried
from indexing.services import (
    CHANGE,
    CHECK,
    COMPACT,
    EXTRACT,
    PUBLISH,
    compact_index,
    enqueue_index_update,
    publish_knn_model,
)
from indexing.switching import change_descriptor
from indexing.whole_check import check_whole_index

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
            self._job.progress(
                self._done, self._total, say("steps.waiting_for_extractor", "waiting for the extractor")
            )
            sleep(min(left, 1.0))


@job_kind(EXTRACT)
def extract_features(job: JobHandle) -> None:
    """Describe what has no vector or no local features, then have both indexes published."""
    watched = WatchedJob(job)

    def progress(done: int, total: int, message: str) -> None:
        watched.progress(done, total, message)
        keep_local_tail_short()

    try:
        summary = describe_all(progress=progress, wait=watched.wait)
        job.tell_left_out(summary.skipped.total())
    finally:
        # Made even while the extractor is away.
        have_local_index_published()
    enqueue(kind=PUBLISH)


@job_kind(PUBLISH)
def publish(job: JobHandle) -> None:
    """Publish the vectors of the descriptor that is searched with."""
    descriptor = wanted_descriptors()[0]
    model = publish_knn_model(descriptor=descriptor, dim=dim_of(descriptor))
    job.progress(model.count, model.count, holds(model))


@job_kind(COMPACT)
def compact(job: JobHandle) -> None:
    """Fold each log that has grown long into a new version; with `all`, every log of both roads."""
    everything = bool(job.params.get("all"))
    for descriptor in wanted_descriptors():
        if everything or _needs_compaction(descriptor):
            model = compact_index(descriptor=descriptor, dim=dim_of(descriptor))
            job.progress(model.count, model.count, holds(model))
    if everything:
        model = compact_local_index()
        job.progress(model.count, model.count, holds(model))


@job_kind(CHECK)
def check(job: JobHandle) -> None:
    """Compare database and indexes id by id; what is found is the job's result."""
    result = check_whole_index()
    job.save_result(**result)
    differences = result["differences"]
    count = len(differences)
    agree = say("steps.all_agree", "all agree")
    differ = say("steps.differences", f"{count} differences", count=count)
    job.progress(1, 1, differ if differences else agree)


@job_kind(CHANGE, takes_turns=True)
def change(job: JobHandle) -> None:
    """Prepare another descriptor, and switch to it if that was asked for.

    It takes hours of a large catalogue, in which new pictures are to be described as before.
    """
    watched = WatchedJob(job)
    model = change_descriptor(
        descriptor=str(job.params["descriptor"]),
        activate=bool(job.params.get("activate")),
        progress=watched.progress,
        wait=watched.wait,
    )
    with suppress(JobMadeWay):  # all is done
        job.progress(model.count, model.count, _prepared(model))


def _prepared(model: KnnModel) -> str:
    count = model.count
    if model.active:
        text = f"{model.version} is in force: {count} vectors"
        return say("steps.in_force", text, model=model.version, vectors=count)
    text = f"{model.version} is ready to be activated: {count} vectors"
    return say("steps.ready", text, model=model.version, vectors=count)


@shared_task(name="indexing.tend_index", ignore_result=True)
def tend_index() -> None:
    """Once a minute: queue what somebody forgot to queue, and compact a log that has grown long."""
    if index_jobs_under_way().exists():
        return
    tend_local_index()
    try:
        wanted = wanted_descriptors()
        offered = {info.descriptor for info in offered_descriptors(fresh=True)}
    except TryAgain:
        return
    if wanted[0] not in offered:
        # Describing every picture anew takes long and changes every answer: somebody has to want it.
        logger.warning("%s", descriptor_gone(wanted[0]).message)
    possible = [name for name in wanted if name in offered]
    forgotten = any(pictures_never_tried(descriptor=name).exists() for name in possible)
    if forgotten or is_file_back(descriptors=possible):
        enqueue_index_update()
    elif any(map(_needs_compaction, wanted)):
        enqueue(kind=COMPACT)


def _needs_compaction(descriptor: str) -> bool:
    return index_needs_compaction(descriptor=descriptor)


@current_app.on_after_finalize.connect
def schedule_tending(sender: Any, **_: Any) -> None:
    """Have beat send it; one that waited behind a long job is not worth doing twice."""
    sender.add_periodic_task(TEND_SECONDS, tend_index.s(), name="tend the index", expires=TEND_SECONDS)
