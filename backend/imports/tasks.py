"""Background work on imports: each kind of job is one call of a service and may be repeated."""

from django.contrib.auth.models import User

from core.jobs import JobHandle, enqueue, job_kind
from core.sentences import say
from imports.checking import check_import
from imports.files import sweep_files
from imports.models import ImportRun
from imports.running import APPLY, SWEEP, UNDO, apply_import, undo_import
from imports.sources import harvesting  # noqa: F401 - its job
from imports.sources.clearing import clear_sources_left
from imports.sources.fetching_jobs import start_fetching
from imports.sources.preparing import open_pictures


@job_kind("check_import")
def check(job: JobHandle) -> None:
    """Check every row and prepare the preview."""
    run = _run(job)
    check_import(run, progress=job.progress)
    _tell_left_out(job, run)


@job_kind(APPLY)
def apply(job: JobHandle) -> None:
    """Write what was checked; what has to be fetched follows in a job of its own."""
    run = _run(job)
    apply_import(run, opened=open_pictures, progress=job.progress)
    start_fetching(run, user=run.created_by)
    _tell_left_out(job, run)
    enqueue(kind=SWEEP)


@job_kind(UNDO)
def undo(job: JobHandle) -> None:
    """Take an import back."""
    user = User.objects.filter(pk=job.params.get("user") or 0).first()
    undo_import(_run(job), user=user, rest=bool(job.params.get("rest")), progress=job.progress)
    enqueue(kind=SWEEP)


@job_kind(SWEEP)
def sweep(job: JobHandle) -> None:
    """Delete kept files that nobody names, and sources that nobody will ask for again."""
    clear_sources_left()
    swept = sweep_files()
    job.progress(len(swept), len(swept), _deleted(len(swept)))


def _deleted(count: int) -> str:
    return say("steps.files_deleted", f"{count} files were deleted", count=count)


def _run(job: JobHandle) -> ImportRun:
    return ImportRun.objects.select_related("collection", "created_by", "job").get(
        pk=int(job.params["import"])
    )


def _tell_left_out(job: JobHandle, run: ImportRun) -> None:
    job.tell_left_out(run.issues.filter(left_out=True).count())
