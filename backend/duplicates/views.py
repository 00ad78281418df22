"""The groups over HTTP, for curators: list, look at one, decide, take it back, export, search anew."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import audit
from accounts.permissions import IsAdministrator, IsCurator
from accounts.rights import audience_of
from core.openapi import FORBIDDEN
from core.pagination import Pages
from core.query_parameters import query_of
from duplicates import services
from duplicates.export import csv_lines
from duplicates.models import ImageGroup
from duplicates.queries import group_list, group_record, pairs_of
from duplicates.serializers import AcceptanceSerializer, GroupListQuerySerializer, GroupSerializer
from indexing.job_serializers import JobSerializer

NOT_FOUND = {(404, "application/json"): {"$ref": "#/components/schemas/Error"}}
ONE_GROUP: Any = {200: GroupSerializer, **FORBIDDEN, **NOT_FOUND}


class GroupListView(APIView):
    """Groups of pictures that seem to show the same image, all of them visible to the curator who asks."""

    permission_classes = [IsCurator]
    pagination_class = Pages

    @extend_schema(
        operation_id="image_groups_list",
        parameters=[GroupListQuerySerializer],
        responses={200: GroupSerializer(many=True), **FORBIDDEN},
    )
    def get(self, request: Request) -> Response:
        query = query_of(request, GroupListQuerySerializer)
        pages = Pages()
        rows = group_list(audience=audience_of(request), state=query.validated_data["state"])
        groups = pages.paginate_queryset(rows, request, view=self)
        return pages.get_paginated_response(_rendered(groups or []))


class GroupView(APIView):
    """One group."""

    permission_classes = [IsCurator]

    @extend_schema(operation_id="image_groups_retrieve", responses=ONE_GROUP)
    def get(self, request: Request, group_id: int) -> Response:
        return _answer(group_record(group_id, audience=audience_of(request)))


class AcceptView(APIView):
    """These pictures show the same image."""

    permission_classes = [IsCurator]

    @extend_schema(operation_id="image_groups_accept", request=AcceptanceSerializer, responses=ONE_GROUP)
    def post(self, request: Request, group_id: int) -> Response:
        form = AcceptanceSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        chosen = form.validated_data.get("images")
        return _answer(services.accept_group(group_id, **_decider(request), image_ids=chosen))


class RejectView(APIView):
    """These pictures do not show the same image."""

    permission_classes = [IsCurator]

    @extend_schema(operation_id="image_groups_reject", request=None, responses=ONE_GROUP)
    def post(self, request: Request, group_id: int) -> Response:
        return _answer(services.reject_group(group_id, **_decider(request)))


class ReopenView(APIView):
    """Take a decision back."""

    permission_classes = [IsCurator]

    @extend_schema(operation_id="image_groups_reopen", request=None, responses=ONE_GROUP)
    def post(self, request: Request, group_id: int) -> Response:
        return _answer(services.reopen_group(group_id, **_decider(request)))


class FindView(APIView):
    """Compare the pictures that were not compared yet, in the background. For administrators."""

    permission_classes = [IsAdministrator]

    @extend_schema(
        operation_id="image_groups_find", request=None, responses={202: JobSerializer, **FORBIDDEN}
    )
    def post(self, request: Request) -> Response:
        user = request.user if request.user.is_authenticated else None
        job = services.enqueue_finding(requested_by=user)
        audit.record(request.user, "image_comparison_requested", detail={"job": job.pk})
        return Response(JobSerializer(job).data, status=202)


class ExportView(APIView):
    """The groups as CSV, a line a picture, for a spreadsheet."""

    permission_classes = [IsCurator]

    @extend_schema(
        operation_id="image_groups_export",
        parameters=[GroupListQuerySerializer],
        responses={(200, "text/csv"): OpenApiResponse(OpenApiTypes.BINARY), **FORBIDDEN},
    )
    def get(self, request: Request) -> HttpResponseBase:
        query = query_of(request, GroupListQuerySerializer)
        audience = audience_of(request)
        groups = group_list(audience=audience, state=query.validated_data["state"])
        lines = csv_lines(groups, audience=audience)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="image-groups.csv"'
        return response


def _decider(request: Request) -> Any:
    return {"user": request.user, "audience": audience_of(request)}


def _answer(group: ImageGroup) -> Response:
    return Response(_rendered([group])[0])


def _rendered(groups: Sequence[ImageGroup]) -> Any:
    one = GroupSerializer(context={"pairs": pairs_of(groups)})
    return [one.to_representation(group) for group in groups]
