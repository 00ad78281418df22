"""Keeping what a run did: its row, its findings, and the lock that lets one load a collection at a time."""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from catalog.models import Collection
from core.errors import TryAgain, UserError
from core.sentences import say
from imports.issues import Issue, said_of_issue, storable
from imports.models import ImportIssue, ImportRun
from imports.summary import Counts

KEPT_RUNS = 20  # of one collection: enough to see what happened, and the table does not grow with every start
_LONGEST = {
    field.name: field.max_length for field in ImportIssue._meta.fields if isinstance(field, models.CharField)
}


def hold(run: ImportRun, *, among: Sequence[str] = ()) -> None:
    """Take the run for the rest of the transaction. Raises UserError if it is no longer as it was read, or in
    one of the states `among`: somebody confirms an import in the moment in which somebody else gives it up.
    """
    as_read = ImportRun.objects.filter(pk=run.pk, state__in=among or [run.state], job=run.job_id)
    if not as_read.update(state=F("state")):
        now = ImportRun.objects.get(pk=run.pk).get_state_display().lower()
        message = f"This import is {now} by now. Look at it again."
        raise UserError("wrong_state", say("wrong_state", message))


@contextmanager
def only_loading(slug: str, *, locks: Path) -> Iterator[None]:
    """Hold a collection's lock. Raises TryAgain when another process has it; a dead one has it no more."""
    locks.mkdir(parents=True, exist_ok=True)
    with (locks / f"load-{slug}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = say(
                "already_loading",
                f"The collection {slug!r} is being loaded already. Wait until that has ended.",
                collection=slug,
            )
            raise TryAgain("already_loading", message, retry_after=60) from error
        yield


@contextmanager
def recorded_run(collection: Collection, folder: str) -> Iterator[ImportRun]:
    """A row for the run; what ends it early, Ctrl-C included, is written there and goes on."""
    loads = ImportRun.objects.filter(collection=collection, action=ImportRun.Action.LOAD)
    loads.filter(state=ImportRun.State.RUNNING).update(
        state=ImportRun.State.FAILED,
        message="The process ended before the loading did.",
        finished_at=timezone.now(),
    )
    run = ImportRun.objects.create(collection=collection, folder=folder)
    try:
        yield run
    except BaseException as error:
        run.state, run.message, run.finished_at = run.State.FAILED, storable(repr(error)), timezone.now()
        run.save()
        raise


@transaction.atomic
def finish_run(run: ImportRun, *, counts: Counts, issues: Sequence[Issue]) -> None:
    """Store what the run did and found, and forget all but the last KEPT_RUNS of the collection."""
    run.state, run.counts, run.finished_at = run.State.DONE, asdict(counts), timezone.now()
    run.save()
    ImportIssue.objects.bulk_create([issue_row(run, issue) for issue in issues], batch_size=1000)
    # (What curators bring stays, for it may be undone.)
    runs = ImportRun.objects.filter(collection=run.collection, action=ImportRun.Action.LOAD)
    kept = list(runs.order_by("-pk").values_list("pk", flat=True)[:KEPT_RUNS])
    runs.exclude(pk__in=kept).delete()


def issue_row(run: ImportRun, issue: Issue, *, record_id: str = "") -> ImportIssue:
    """The row for a finding, texts cut to what can be kept."""
    texts = {
        "file": issue.source.file,
        "column": issue.column,
        "value": issue.value,
        "code": issue.code,
        "record_id": record_id,
    }
    cut = {name: text[: _LONGEST[name]] for name, text in texts.items()}
    return ImportIssue(
        run=run,
        row=issue.source.row,
        reason=issue.reason,
        accepted=issue.accepted,
        said=said_of_issue(issue),
        left_out=issue.left_out,
        **cut,
    )
