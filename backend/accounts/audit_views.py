"""The audit trail over HTTP."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.audit_serializers import AuditEntrySerializer, AuditQuerySerializer
from accounts.permissions import IsCurator
from accounts.queries import audit_entries
from accounts.rights import audience_of
from core.openapi import FORBIDDEN
from core.pagination import Pages
from core.query_parameters import query_of


class AuditView(APIView):
    """Who did what, the newest first; for curators, what concerns the collections that they curate."""

    permission_classes = [IsCurator]
    pagination_class = Pages

    @extend_schema(
        operation_id="audit_list",
        parameters=[AuditQuerySerializer],
        responses={200: AuditEntrySerializer(many=True), **FORBIDDEN},
    )
    def get(self, request: Request) -> Response:
        query = query_of(request, AuditQuerySerializer)
        audience, pages = audience_of(request), Pages()
        entries = audit_entries(audience, collection=query.validated_data["collection"])
        page = pages.paginate_queryset(entries, request, view=self) or []
        context = {"addresses": audience.curated is None}
        one = AuditEntrySerializer(context=context)
        return pages.get_paginated_response([one.to_representation(entry) for entry in page])
