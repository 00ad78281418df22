"""Once an hour, searches that were kept long enough are deleted. The last job of this kind says when."""

from typing import Any

from celery import current_app, shared_task

from core.jobs import JobHandle, enqueue, job_kind
from core.sentences import say
from search.keeping import purge_kept

PURGE = "purge_searches"
PURGE_SECONDS = 3600.0


@job_kind(PURGE)
def purge_searches(job: JobHandle) -> None:
    purged = purge_kept()
    job.save_result(searches=purged.searches, files=purged.files)
    text = f"{purged.searches} kept searches were past their time, {purged.files} files belonged to none"
    job.progress(1, 1, say("steps.purged_searches", text, searches=purged.searches, files=purged.files))


@shared_task(name="search.have_searches_purged", ignore_result=True)
def have_searches_purged() -> None:
    """Sent by beat; one that waits behind a long job is not queued twice."""
    enqueue(kind=PURGE)


@current_app.on_after_finalize.connect
def schedule_purging(sender: Any, **_: Any) -> None:
    sender.add_periodic_task(
        PURGE_SECONDS,
        have_searches_purged.s().set(queue="imports"),
        name="purge kept searches",
        expires=PURGE_SECONDS,
    )
