"""Tables to take away over HTTP: a template, a collection, and the problems of an import."""

from collections.abc import Iterable, Mapping, Sequence
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.permissions import IsCurator
from core.openapi import FORBIDDEN
from core.query_parameters import query_of
from imports import exporting, previews, template
from imports.serializers import FileTypeSerializer
from imports.tables.writing import csv_lines, write_workbook

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_FILE: Any = {(200, "text/csv"): OpenApiResponse(OpenApiTypes.BINARY), **FORBIDDEN}
CSV_OR_WORKBOOK: Any = {**CSV_FILE, (200, WORKBOOK): OpenApiResponse(OpenApiTypes.BINARY)}
Rows = Iterable[Sequence[str]]


class ImportTemplateView(APIView):
    """An empty table with the columns that Recto understands; the workbook explains them."""

    permission_classes = [IsCurator]

    @extend_schema(
        operation_id="imports_template", parameters=[FileTypeSerializer], responses=CSV_OR_WORKBOOK
    )
    def get(self, request: Request) -> HttpResponseBase:
        if _wanted_type(request) == "csv":
            return csv_response(template.template_rows(), "template")
        sheets = {"Records": template.template_rows(), "Columns": template.explanation_rows()}
        return _workbook_response(sheets, "template")


class CollectionExportView(APIView):
    """All records of a collection as a table. Importing it again changes nothing."""

    permission_classes = [IsCurator]

    @extend_schema(
        operation_id="collections_export", parameters=[FileTypeSerializer], responses=CSV_OR_WORKBOOK
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        collection = previews.curated_collection(request, slug)
        rows = exporting.collection_rows(collection)
        if _wanted_type(request) == "csv":
            return csv_response(rows, collection.slug)
        return _workbook_response({"Records": rows}, collection.slug)


class ImportIssueExportView(APIView):
    """The rows that have problems, in the table's own columns, and why. Mend them and bring them again."""

    permission_classes = [IsCurator]

    @extend_schema(operation_id="imports_issues_export", responses=CSV_FILE)
    def get(self, request: Request, import_id: int) -> HttpResponseBase:
        run = previews.import_run(request, import_id)
        delimiter = run.reading.get("delimiter") or ","
        return csv_response(exporting.issue_rows(run), f"problems-{run.pk}", delimiter=delimiter)


def _wanted_type(request: Request) -> str:
    query = query_of(request, FileTypeSerializer)
    return str(query.validated_data["as"])


def csv_response(rows: Rows, name: str, *, delimiter: str = ",") -> HttpResponseBase:
    lines = csv_lines(rows, delimiter=delimiter)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _workbook_response(sheets: Mapping[str, Rows], name: str) -> HttpResponseBase:
    file = TemporaryFile()  # noqa: SIM115 - closed with the response
    try:
        write_workbook(file, sheets)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=WORKBOOK)
