"""Imports over HTTP, after the preview: applying one, and taking it back."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import user_of
from accounts.permissions import IsCurator
from core.openapi import FORBIDDEN
from imports import previews, running
from imports.serializers import ImportDetailSerializer
from imports.undo_preview import preview_undoing
from imports.views import rendered


class ImportApplyView(APIView):
    """Write what was checked into the catalogue, in the background."""

    permission_classes = [IsCurator]

    @extend_schema(
        operation_id="imports_apply", request=None, responses={202: ImportDetailSerializer, **FORBIDDEN}
    )
    def post(self, request: Request, import_id: int) -> Response:
        """Also goes on with an import that was cut short."""
        run = previews.import_run(request, import_id)
        return rendered(request, running.request_applying(run, user=user_of(request)), status=202)


class UndoConflictSerializer(serializers.Serializer[Any]):
    """A record that was changed after the import; when and by whom, where that is known."""

    record_id = serializers.CharField()
    changed_at = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField(allow_blank=True)


class UndoPreviewSerializer(serializers.Serializer[Any]):
    """What undoing would take back: what the import has created, changed and removed."""

    created = serializers.IntegerField(help_text="Would be removed again.")
    changed = serializers.IntegerField(help_text="Would be as they were.")
    removed = serializers.IntegerField(help_text="Would come back.")
    conflicts = UndoConflictSerializer(many=True, source="named", help_text="The first hundred.")
    conflict_count = serializers.IntegerField(
        help_text="All that were changed later. Of large imports, as far as the history of the records tells."
    )


class UndoChoiceSerializer(serializers.Serializer[Any]):
    rest = serializers.BooleanField(
        default=False, help_text="Leave the records that were changed later as they are, and undo the rest."
    )


class ImportUndoView(APIView):
    """Take an import back."""

    permission_classes = [IsCurator]

    @extend_schema(operation_id="imports_undo_retrieve", responses={200: UndoPreviewSerializer, **FORBIDDEN})
    def get(self, request: Request, import_id: int) -> Response:
        """What undoing would do, and which records were changed later."""
        run = previews.import_run(request, import_id)
        return Response(UndoPreviewSerializer(preview_undoing(run)).data)

    @extend_schema(
        operation_id="imports_undo",
        request=UndoChoiceSerializer,
        responses={202: ImportDetailSerializer, **FORBIDDEN},
    )
    def post(self, request: Request, import_id: int) -> Response:
        """In the background. 409 where something was changed later, unless the rest will do."""
        run = previews.import_run(request, import_id)
        form = UndoChoiceSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        run = running.request_undoing(run, user=user_of(request), rest=form.validated_data["rest"])
        return rendered(request, run, status=202)
