"""Reads of imports: the runs that one may see, what a run would do record by record, and its problems."""

from typing import Any

from django.db.models import Count, QuerySet
from rest_framework.request import Request

from accounts.permissions import require_curator
from accounts.rights import audience_of
from catalog.models import Collection
from core.errors import NotFound
from core.sentences import say
from imports.columns import FIELDS, field_named, field_proposed
from imports.models import ImportIssue, ImportRecord, ImportRun
from imports.preparing import remembered_columns


def imports_page(request: Request, *, collection: str = "", state: str = "") -> QuerySet[ImportRun]:
    """The imports of the collections that the user curates, the newest first; folders' loads among them."""
    runs = ImportRun.objects.select_related("collection", "created_by", "job", "job__requested_by")
    curated = audience_of(request).curated
    if curated is not None:
        runs = runs.filter(collection__in=curated)
    if collection:
        runs = runs.filter(collection__slug=collection)
    return runs.filter(state=state) if state else runs


def import_run(request: Request, import_id: int) -> ImportRun:
    """One import. Raises NotFound, also where the user is not to know of it; Forbidden to viewers."""
    runs = ImportRun.objects.select_related("collection", "created_by", "job", "job__requested_by")
    run = runs.filter(pk=import_id).first()
    if run is None or not audience_of(request).sees(run.collection_id):
        raise NotFound(
            "import_not_found",
            say("import_not_found", f"There is no import {import_id}.", number=str(import_id)),
        )
    require_curator(request, run.collection)
    return run


def curated_collection(request: Request, slug: str) -> Collection:
    """The collection, if the user curates it. Raises NotFound or Forbidden."""
    found = Collection.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound(
            "collection_not_found",
            say(
                "collection_not_found",
                f"There is no collection {slug!r}. It may have been removed.",
                collection=slug,
            ),
        )
    require_curator(request, found)
    return found


def columns_of(run: ImportRun) -> list[dict[str, Any]]:
    """The table's columns: what each is read as, what is in it, and what it is proposed to be."""
    remembered = remembered_columns(run.collection)
    return [
        {
            "header": header,
            "field": run.mapping.get(header),
            "samples": run.reading["samples"].get(header, []),
            "suggested": remembered.get(header) or _suggested(header),
        }
        for header in run.reading.get("header", [])
        if header
    ]


def _suggested(header: str) -> str | None:
    field = field_named(header)
    return field if field in FIELDS else field_proposed(header)


def records_page(run: ImportRun, *, outcome: str = "", q: str = "") -> QuerySet[ImportRecord]:
    """What the run means to do, in the order of the table."""
    records = run.records.order_by("position", "id")
    if outcome:
        records = records.filter(outcome=outcome)
    return records.filter(record_id__icontains=q) if q else records


def issues_page(run: ImportRun, *, code: str = "", left_out: bool | None = None) -> QuerySet[ImportIssue]:
    """The run's problems, in the order of the table."""
    issues = run.issues.order_by("row", "id")
    if code:
        issues = issues.filter(code=code)
    return issues if left_out is None else issues.filter(left_out=left_out)


def issue_codes(run: ImportRun) -> dict[str, int]:
    """How many problems of each code there are."""
    rows = run.issues.order_by().values_list("code").annotate(number=Count("pk"))
    return dict(rows.order_by("-number", "code"))
