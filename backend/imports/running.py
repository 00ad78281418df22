"""Beginning, resuming and ending the two things an import does to the catalogue: being applied, being undone.

The job that does it may die at any moment and be taken up again; what it does is in batches that remember how
far they got. What ends it for good - a full disk, a cancelled job - is written into the run.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils import timezone

from accounts import audit
from core.database_errors import DATABASE_AWAY
from core.disks import disk_full, is_full
from core.errors import Conflict, RectoError, TryAgain, UserError
from core.jobs import JobCancelled, JobInterrupted, enqueue
from core.models import Job
from core.sentences import said_of, say
from imports.applying_tables import Pictures, apply_records
from imports.issues import storable
from imports.models import ImportRun
from imports.outdated import require_up_to_date
from imports.progress import Progress, silent
from imports.runs import hold, only_loading
from imports.undo_preview import preview_undoing
from imports.undoing import UndoPlan, plan_undoing, undo_records

logger = logging.getLogger(__name__)
Curator = User | AnonymousUser | None
OpenPictures = Callable[[ImportRun], AbstractContextManager[Pictures]]
APPLY, UNDO, SWEEP = "apply_import", "undo_import", "sweep_files"
State = ImportRun.State
ACTIVE = (Job.State.QUEUED, Job.State.RUNNING)


def request_applying(run: ImportRun, *, user: Curator) -> ImportRun:
    """Queue the writing of what was checked; also to go on where one was cut short.

    Raises Conflict when somebody changed the same records since the check, TryAgain while its job still ends.
    """
    if run.state == State.CHECKED and is_active(run):
        # (What the check found is told a moment before its job ends.)
        text = "The check of this import is about to end. Try again in a moment."
        raise TryAgain("check_ending", text, retry_after=1)
    if not may_be_applied(run):
        raise _wrong_state(run, "be applied. Check it first")
    if run.state == State.CHECKED:
        require_up_to_date(run)
    with transaction.atomic():
        hold(run)
        run.state, run.message, run.finished_at = State.RUNNING, "", None
        run.job = enqueue_for(run, APPLY, {"import": run.pk}, user)
        run.save(update_fields=["state", "message", "finished_at", "job"])
        audit.record(user, "import_applied", run.collection, run.table_name, {"import": run.pk})
    return run


def request_undoing(run: ImportRun, *, user: Curator, rest: bool = False) -> ImportRun:
    """Queue the undoing. Raises Conflict, naming what was changed later, unless the `rest` will do."""
    if not may_be_undone(run):
        raise _wrong_state(run, "be undone")
    plan = UndoPlan() if rest else preview_undoing(run)
    if plan.conflict_count:
        raise _conflict(plan)
    with transaction.atomic():
        hold(run)
        run.state, run.message = State.UNDOING, ""
        params = {"import": run.pk, "rest": rest, "user": user.pk if user else None}
        run.job = enqueue_for(run, UNDO, params, user)
        run.save(update_fields=["state", "message", "job"])
        audit.record(user, "import_undone", run.collection, run.table_name, {"import": run.pk, "rest": rest})
    return run


def may_be_applied(run: ImportRun) -> bool:
    """Checked; or cut short for good while it was being written."""
    if run.action == ImportRun.Action.LOAD or is_active(run) or _undoing_has_begun(run):
        return False
    if run.state == State.FAILED and not run.records.exists():
        return False  # it never came to a check: its manifests could not be read
    return run.state in (State.CHECKED, State.RUNNING, State.FAILED)


def may_be_undone(run: ImportRun) -> bool:
    """Something was written, and nothing is being written."""
    states = (State.DONE, State.FAILED, State.RUNNING, State.UNDOING)
    return run.state in states and has_begun(run) and not is_active(run)


def has_begun(run: ImportRun) -> bool:
    """Whether the writing has begun."""
    return "names" in run.traces


def _undoing_has_begun(run: ImportRun) -> bool:
    return "undone_from" in run.traces


def is_active(run: ImportRun) -> bool:
    """Whether a job of the run waits or runs."""
    return run.job is not None and run.job.state in ACTIVE


def enqueue_for(run: ImportRun, kind: str, params: dict[str, Any], user: Curator) -> Job:
    """Queue a job of the run, which its collection's curators see."""
    asked_by = user if isinstance(user, User) else None
    return enqueue(kind=kind, params=params, requested_by=asked_by, collection_id=run.collection_id)


def _wrong_state(run: ImportRun, what: str) -> UserError:
    message = f"This import is {run.get_state_display().lower()}; it cannot {what}."
    return UserError("wrong_state", say("wrong_state", message))


def _conflict(plan: UndoPlan) -> Conflict:
    message = say(
        "changed_later",
        f"{plan.conflict_count} records were changed after this import. Look at them, then undo the rest: "
        "they stay as they are.",
        count=plan.conflict_count,
    )
    names = [one.record_id for one in plan.named]
    return Conflict("changed_later", message, fields={"conflicts": names})


def apply_import(run: ImportRun, *, opened: OpenPictures, progress: Progress = silent) -> None:
    """Write what was checked and is not written yet. Raises TryAgain while the collection is being loaded."""
    if run.state == State.DONE:
        return  # the worker died between the last record and the end of its job
    if run.state not in (State.CHECKED, State.RUNNING, State.FAILED) or _undoing_has_begun(run):
        raise _wrong_state(run, "be applied")
    with _only_one(run), _ends_recorded(run), opened(run) as pictures:
        apply_records(run, pictures=pictures, progress=progress)


def undo_import(
    run: ImportRun, *, user: User | None, progress: Progress = silent, rest: bool = False
) -> None:
    """Take back what is not taken back yet. Raises Conflict if something was changed later, unless `rest`."""
    if run.state == State.UNDONE:
        return  # the worker died between the last record and the end of its job
    if run.state not in (State.DONE, State.FAILED, State.UNDOING) or not has_begun(run):
        raise _wrong_state(run, "be undone")
    with _only_one(run), _ends_recorded(run):
        plan = UndoPlan() if rest or _undoing_has_begun(run) else plan_undoing(run)
        if plan.conflict_count:
            raise _conflict(plan)
        undo_records(run, user=user, progress=progress)


@contextmanager
def _only_one(run: ImportRun) -> Iterator[None]:
    with only_loading(run.collection.slug, locks=settings.RECTO_PROCESSED_DIR / "locks"):
        yield


@contextmanager
def _ends_recorded(run: ImportRun) -> Iterator[None]:
    """Whatever ends it early is written into the run, unless the job itself goes on later."""
    try:
        yield
    except (JobInterrupted, TryAgain):
        raise
    except Conflict as error:
        _cut_short(run, State.DONE, error.sentence)
        raise
    except JobCancelled:
        message = say("import_cancelled", "It was cancelled. What is written stays: go on, or undo it.")
        _cut_short(run, State.FAILED, message)
        raise
    except Exception as error:
        known = _known(error)
        _cut_short(run, State.FAILED, known.sentence if isinstance(known, RectoError) else repr(error))
        raise known from error


def _known(error: Exception) -> Exception:
    return disk_full() if is_full(error) else error


def _cut_short(run: ImportRun, state: State, message: str) -> None:
    told = storable(message)
    values = {
        "state": state,
        "message": str(told),
        "message_said": said_of(told),
        "finished_at": timezone.now(),
    }
    try:
        ImportRun.objects.filter(pk=run.pk).update(**values)
    except DATABASE_AWAY as error:
        # A full disk, or a database that is away. The job says so as soon as it can be written.
        logger.error("Import %s was cut short, which cannot be stored (%s): %s", run.pk, error, message)
