"""An import from IIIF: its manifests become the table that it was begun without; then it goes as usual."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from accounts import audit
from catalog.models import Collection
from core.errors import RectoError
from core.fetch_rules import operators_rules
from core.jobs import JobCancelled, JobHandle, JobInterrupted, job_kind
from core.sentences import say
from imports.issues import Issue, Source, make_issue
from imports.models import ImportRun
from imports.preparing import set_table
from imports.progress import Progress, silent
from imports.running import Curator, enqueue_for, is_active
from imports.sources.choosing import chosen_source, kind_of
from imports.sources.downloads import manners
from imports.sources.findings import Finding, write_findings
from imports.sources.harvest_notes import keep_notes
from imports.sources.iiif_tables import OWN, Row, rows_of, write_table
from imports.sources.manifests import MAX_BYTES, ManifestWalk
from imports.uploads import imports_folder

HARVEST = "harvest_iiif"
MOST_ROWS = 200_000  # pictures of one import
TABLE_NAME = "manifests.csv"
State = ImportRun.State


def create_iiif_import(
    *, collection: Collection, action: str, image_source: Mapping[str, Any], user: Curator
) -> ImportRun:
    """A run without a table, and the job that makes its table from the manifests."""
    with transaction.atomic():
        run = begin_iiif_import(collection=collection, action=action, image_source=image_source, user=user)
        run.job = enqueue_for(run, HARVEST, {"import": run.pk}, user)
        run.save(update_fields=["job"])
    return run


@transaction.atomic
def begin_iiif_import(
    *, collection: Collection, action: str, image_source: Mapping[str, Any], user: Curator
) -> ImportRun:
    """A run without a table, for whoever calls `harvest`. Raises UserError for an impossible address."""
    source = chosen_source(image_source, user=user)
    run = ImportRun.objects.create(
        collection=collection,
        action=action,
        state=State.CHECKING,
        table_name=TABLE_NAME,
        image_source=source,
        created_by=user if isinstance(user, User) else None,
    )
    detail = {"import": run.pk, "action": action, "url": source["url"]}
    audit.record(user, "import_created", collection, TABLE_NAME, detail)
    return run


def is_unread(run: ImportRun) -> bool:
    """Whether the manifests of the run have given no table with rows yet, and nobody is reading them."""
    if kind_of(run.image_source) != "iiif" or run.reading.get("rows") or is_active(run):
        return False
    return run.state in (State.UPLOADED, State.CHECKING, State.FAILED)


@transaction.atomic
def harvest_again(run: ImportRun, *, user: Curator) -> ImportRun:
    """Queue the reading of manifests that could not be read before."""
    run.state, run.message, run.finished_at = State.CHECKING, "", None
    run.job = enqueue_for(run, HARVEST, {"import": run.pk}, user)
    run.save(update_fields=["state", "message", "finished_at", "job"])
    return run


def harvest(run: ImportRun, *, progress: Progress = silent) -> None:
    """Read the manifests and give the run its table. What is broken is listed and does not stop the rest."""
    if run.state not in (State.CHECKING, State.FAILED) or run.reading.get("rows"):
        return  # given up; or it has its table, and people have gone on with it since the worker died
    try:
        _harvest(run, progress)
    except JobInterrupted:
        raise
    except (JobCancelled, RectoError) as error:
        cancelled = say("harvest_cancelled", "Reading the manifests was cancelled.")
        message = error.sentence if isinstance(error, RectoError) else cancelled
        live = ImportRun.objects.filter(pk=run.pk).exclude(state=State.ABANDONED)
        live.update(
            state=State.FAILED,
            message=str(message),
            message_said=message.said,
            finished_at=timezone.now(),
        )
        _forget_manifests(run)
        raise
    _forget_manifests(run)


def _forget_manifests(run: ImportRun) -> None:
    """What was read; the next time the server is asked anew."""
    shutil.rmtree(_manifests_folder(run), ignore_errors=True)


def _manifests_folder(run: ImportRun) -> Path:
    return imports_folder() / str(run.pk) / "manifests"


def _harvest(run: ImportRun, progress: Progress) -> None:
    most = settings.RECTO_IIIF_MAX_MANIFESTS
    walk = ManifestWalk(_manifests_folder(run), operators_rules(MAX_BYTES), manners(), most, progress)
    rows = _rows(run, walk)
    columns = dict.fromkeys([*OWN, *(name for row in rows for name in row)])
    with tempfile.TemporaryDirectory() as temporary:
        table = Path(temporary) / "table.csv"
        write_table(rows, columns, table)
        with transaction.atomic():
            if ImportRun.objects.select_for_update().get(pk=run.pk).state == State.ABANDONED:
                raise JobCancelled
            # (The check writes them again, for it begins by forgetting all issues.)
            keep_notes(run, walk.issues)
            run.issues.all().delete()
            write_findings(run, [Finding(issue) for issue in walk.issues])
            set_table(run, table)


def _rows(run: ImportRun, walk: ManifestWalk) -> list[Row]:
    """A single manifest is an album: each canvas a record. Of a collection each manifest is one."""
    url, wanted = str(run.image_source["url"]), run.image_source.get("records")
    rows: list[Row] = []
    for manifest in walk.manifests(url):
        each_canvas = wanted == "canvas" if wanted else not walk.first_is_collection
        rows += rows_of(manifest, each_canvas=each_canvas)
        if len(rows) > MOST_ROWS:
            walk.issues.append(_too_many_rows(url))
            return rows[:MOST_ROWS]
    return rows


def _too_many_rows(url: str) -> Issue:
    reason = say(
        "iiif_too_many_pictures",
        f"there are more than {MOST_ROWS:,} pictures; the others are left out. Import smaller collections",
        limit=MOST_ROWS,
    )
    return make_issue(Source(url), "iiif_too_many_pictures", reason, value=url, left_out=True)


@job_kind(HARVEST, takes_turns=True)
def harvest_job(job: JobHandle) -> None:
    run = ImportRun.objects.select_related("collection", "created_by").get(pk=int(job.params["import"]))
    harvest(run, progress=job.progress)
