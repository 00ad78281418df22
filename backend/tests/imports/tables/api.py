"""Imports as a curator's browser makes them."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from core import job_runner
from imports.models import ImportRun

TABLE = "recordID;title;date;Standort\n1;Weg nach Zürich;1520;A\n2;Haus;gestern;B\n"


def bring(api: APIClient, table: str | bytes = TABLE, **form: str) -> Any:
    """POST /imports/ with `table`; the response."""
    content = table.encode() if isinstance(table, str) else table
    file = SimpleUploadedFile("sammlung.csv", content)
    sent = {"collection": "private", "table": file, **form}
    return api.post("/api/v1/imports/", sent, format="multipart")


def brought(api: APIClient, table: str | bytes = TABLE, **form: str) -> dict[str, Any]:
    response = bring(api, table, **form)
    assert response.status_code == 201, response.json()
    found: dict[str, Any] = response.json()
    return found


def checked(
    api: APIClient,
    table: str | bytes = TABLE,
    *,
    mapping: Mapping[str, str | None] | None = None,
    **form: str,
) -> dict[str, Any]:
    """An import that was brought, mapped and checked; its detail."""
    made = brought(api, table, **form)
    address = f"/api/v1/imports/{made['id']}/"
    if mapping:
        assert api.patch(address, {"mapping": mapping}).status_code == 200
    assert api.post(f"{address}check/").status_code == 202
    run_job(made["id"])
    found: dict[str, Any] = api.get(address).json()
    return found


def run_job(import_id: int) -> None:
    """What the worker would do now."""
    job = ImportRun.objects.get(pk=import_id).job
    assert job is not None
    job_runner.run(job.pk)
