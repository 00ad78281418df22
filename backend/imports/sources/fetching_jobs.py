"""The job that fetches the pictures of an import, the first time and again; see `fetching`."""

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import audit
from catalog.scans import keeping_scans
from core.errors import UserError
from core.jobs import JobHandle, enqueue, job_kind
from core.models import Job
from core.sentences import say
from imports.models import ImportImage, ImportRun
from imports.progress import Progress, silent
from imports.running import SWEEP, Curator, enqueue_for, is_active
from imports.runs import hold
from imports.sources.choosing import FETCHED, LOCAL, kind_of
from imports.sources.clearing import clear_source
from imports.sources.fetching import FetchingPictures
from imports.sources.giving import give_pictures
from imports.sources.preparing import open_pictures

FETCH = "fetch_images"
BATCH = 20  # records whose pictures are read from a folder or an archive between two reports of progress
State = ImportImage.State


def start_fetching(run: ImportRun, *, user: Curator) -> Job | None:
    """Queue the fetching of what waits; None when nothing does."""
    if not run.images.filter(state=State.WAITING).exists():
        clear_source(run)
        return None
    with transaction.atomic():
        job = enqueue_for(run, FETCH, {"import": run.pk}, user)
        run.job = job
        run.save(update_fields=["job"])
    return job


def to_fetch_again(run: ImportRun) -> QuerySet[ImportImage]:
    """What failed and may work now; also what was never reached, once nobody is at it any more."""
    again = Q(state=State.FAILED, retryable=True)
    if run.state == ImportRun.State.DONE and not is_active(run):
        again |= Q(state=State.WAITING)
    return run.images.filter(again)


def retry_images(run: ImportRun, *, user: Curator) -> ImportRun:
    """Queue what failed and may work now, or was never reached. Raises UserError when there is nothing."""
    if run.state != ImportRun.State.DONE:
        message = say(
            "wrong_state",
            f"This import is {run.get_state_display().lower()}; pictures are fetched once it is applied.",
        )
        raise UserError("wrong_state", message)
    with transaction.atomic():
        hold(run)
        again = run.images.filter(state=State.FAILED, retryable=True)
        again.update(state=State.WAITING, retryable=False)
        run.issues.filter(retryable=True).delete()
        if start_fetching(run, user=user) is None:
            text = "No picture of this import failed in a way that may work now; see its problems."
            raise UserError("nothing_to_retry", text)
        audit.record(user, "import_images_retried", run.collection, run.table_name, {"import": run.pk})
    return run


def fetch_images(run: ImportRun, *, progress: Progress = silent) -> None:
    """Get what waits and give it to the records. It may be cut short anywhere and be called again."""
    if run.state != ImportRun.State.DONE:
        return  # undone, or being written again; whoever writes it queues the fetching anew
    if kind_of(run.image_source) in FETCHED:
        FetchingPictures(run, progress).fetch_all()
    else:
        _read_again(run, progress)
    clear_source(run)


def _read_again(run: ImportRun, progress: Progress) -> None:
    """Pictures of a folder or an archive that could not be read when the records were written."""
    waiting = run.images.filter(state=State.WAITING)
    total = waiting.count()
    if kind_of(run.image_source) not in LOCAL:
        return
    with open_pictures(run) as pictures:
        while names := list(waiting.order_by("pk").values_list("record_id", flat=True)[:BATCH]):
            with keeping_scans(), transaction.atomic():
                pictures.pictures_for(names)
                give_pictures(run, set(names))
            progress(total - waiting.count(), total, say("steps.reading_pictures", "Reading pictures"))


@job_kind(FETCH, takes_turns=True)
def fetch(job: JobHandle) -> None:
    run = ImportRun.objects.select_related("collection", "created_by").get(pk=job.params["import"])
    fetch_images(run, progress=job.progress)
    enqueue(kind=SWEEP)  # what a process kept that was killed before it could say whose it is
