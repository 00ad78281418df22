"""Imports over HTTP, up to the preview: bringing a table, mapping its columns, checking it, looking at it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import user_of
from accounts.permissions import IsCurator
from core.openapi import FORBIDDEN
from core.pagination import Pages
from core.query_parameters import query_of
from imports import preparing, previews
from imports.folders import MAX_TABLE_BYTES
from imports.models import ImportIssue, ImportRecord, ImportRun
from imports.serializers import (
    ImportChoicesSerializer,
    ImportDetailSerializer,
    ImportIssueQuerySerializer,
    ImportIssueSerializer,
    ImportListQuerySerializer,
    ImportRecordQuerySerializer,
    ImportRecordSerializer,
    ImportSummarySerializer,
    NewImportSerializer,
)
from imports.sources.harvesting import create_iiif_import, harvest_again, is_unread
from imports.uploads import LargeUploads


def rendered(request: Request, run: ImportRun, status: int = 200) -> Response:
    """The import as its page shows it, read afresh."""
    return Response(ImportDetailSerializer(previews.import_run(request, run.pk)).data, status=status)


class ImportListView(LargeUploads, GenericAPIView[ImportRun]):
    """The imports of the collections that one curates, the newest first."""

    permission_classes = [IsCurator]
    parser_classes = [MultiPartParser, FormParser]
    serializer_class = ImportSummarySerializer
    pagination_class = Pages
    queryset = ImportRun.objects.none()
    largest_upload = MAX_TABLE_BYTES

    @extend_schema(
        operation_id="imports_list",
        parameters=[ImportListQuerySerializer],
        responses={200: ImportSummarySerializer(many=True), **FORBIDDEN},
    )
    def get(self, request: Request) -> Response:
        query = query_of(request, ImportListQuerySerializer)
        page: Any = self.paginate_queryset(previews.imports_page(request, **query.validated_data))
        return self.get_paginated_response(ImportSummarySerializer(page, many=True).data)

    @extend_schema(
        operation_id="imports_create",
        request={"multipart/form-data": NewImportSerializer},
        responses={201: ImportDetailSerializer, **FORBIDDEN},
    )
    def post(self, request: Request) -> Response:
        """Bring a table. Nothing changes before it has been checked, looked at and applied."""
        form = NewImportSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        wanted = form.validated_data
        collection = previews.curated_collection(request, wanted["collection"])
        common = {
            "collection": collection,
            "action": wanted["action"],
            "image_source": wanted["image_source"],
            "user": user_of(request),
        }
        table = wanted.get("table")
        if table is None:
            run = create_iiif_import(**common)
        else:
            run = preparing.create_import(table=table.temporary_path(), table_name=table.name, **common)
        return rendered(request, run, status=201)


class ImportView(APIView):
    """One import."""

    permission_classes = [IsCurator]

    @extend_schema(operation_id="imports_retrieve", responses={200: ImportDetailSerializer, **FORBIDDEN})
    def get(self, request: Request, import_id: int) -> Response:
        return rendered(request, previews.import_run(request, import_id))

    @extend_schema(
        operation_id="imports_partial_update",
        request=ImportChoicesSerializer,
        responses={200: ImportDetailSerializer, **FORBIDDEN},
    )
    def patch(self, request: Request, import_id: int) -> Response:
        """Say which column is what, or how else the table is to be read. It has to be checked again then."""
        run = previews.import_run(request, import_id)
        form = ImportChoicesSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        changed = preparing.configure_import(run, user=user_of(request), **form.validated_data)
        return rendered(request, changed)


class ImportCheckView(APIView):
    """Check every row and prepare the preview, in the background."""

    permission_classes = [IsCurator]

    @extend_schema(
        operation_id="imports_check", request=None, responses={202: ImportDetailSerializer, **FORBIDDEN}
    )
    def post(self, request: Request, import_id: int) -> Response:
        # Manifests that could not be read have given nothing to check.
        run = previews.import_run(request, import_id)
        begin = harvest_again if is_unread(run) else preparing.request_check
        return rendered(request, begin(run, user=user_of(request)), status=202)


class ImportAbandonView(APIView):
    """Give up an import of which nothing has been written."""

    permission_classes = [IsCurator]

    @extend_schema(
        operation_id="imports_abandon", request=None, responses={200: ImportDetailSerializer, **FORBIDDEN}
    )
    def post(self, request: Request, import_id: int) -> Response:
        run = previews.import_run(request, import_id)
        return rendered(request, preparing.abandon_import(run, user=user_of(request)))


class ImportRecordListView(GenericAPIView[ImportRecord]):
    """What an import means to do, record by record."""

    permission_classes = [IsCurator]
    serializer_class = ImportRecordSerializer
    pagination_class = Pages
    queryset = ImportRecord.objects.none()

    @extend_schema(
        operation_id="imports_records_list",
        parameters=[ImportRecordQuerySerializer],
        responses={200: ImportRecordSerializer(many=True), **FORBIDDEN},
    )
    def get(self, request: Request, import_id: int) -> Response:
        run = previews.import_run(request, import_id)
        query = query_of(request, ImportRecordQuerySerializer)
        page: Any = self.paginate_queryset(previews.records_page(run, **query.validated_data))
        return self.get_paginated_response(ImportRecordSerializer(page, many=True).data)


class IssuePages(Pages):
    """Pages of problems that also say how many there are of each code."""

    codes: dict[str, int]

    def get_paginated_response(self, data: Any) -> Response:
        response = super().get_paginated_response(data)
        response.data["codes"] = self.codes
        return response

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        page = super().get_paginated_response_schema(schema)
        page["properties"]["codes"] = {"type": "object", "additionalProperties": {"type": "integer"}}
        page["required"].append("codes")
        return page


class ImportIssueListView(GenericAPIView[ImportIssue]):
    """Every problem of every row: where, what stands there, why, and what would be accepted."""

    permission_classes = [IsCurator]
    serializer_class = ImportIssueSerializer
    pagination_class = IssuePages
    queryset = ImportIssue.objects.none()

    @extend_schema(
        operation_id="imports_issues_list",
        parameters=[ImportIssueQuerySerializer],
        responses={200: ImportIssueSerializer(many=True), **FORBIDDEN},
    )
    def get(self, request: Request, import_id: int) -> Response:
        run = previews.import_run(request, import_id)
        query = query_of(request, ImportIssueQuerySerializer)
        assert isinstance(self.paginator, IssuePages)
        self.paginator.codes = previews.issue_codes(run)
        page: Any = self.paginate_queryset(previews.issues_page(run, **query.validated_data))
        return self.get_paginated_response(ImportIssueSerializer(page, many=True).data)
