"""Single records over HTTP, written by curators: the print, its pictures, its history."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import user_of
from accounts.permissions import IsCurator, require_curator
from accounts.rights import audience_of
from catalog import queries, views
from catalog.models import Print, PrintImage, Revision
from catalog.serializers import ImageSerializer, PrintDetailSerializer
from core.errors import NotFound
from core.json_bodies import BoundedJsonParser
from core.openapi import FORBIDDEN
from core.pagination import Pages
from core.query_parameters import query_of
from core.sentences import say
from imports import editing, editing_images
from imports.dates import years_of
from imports.editing_serializers import (
    DateQuerySerializer,
    DateReadingSerializer,
    HistoryEntrySerializer,
    ImageFileSerializer,
    PrintChangeSerializer,
    PrintCreateSerializer,
    RestoreSerializer,
)
from imports.previews import curated_collection
from imports.record_history import entry_of, history_of
from imports.uploads import FileOnDisk, LargeUploads

READING = ("GET", "HEAD", "OPTIONS")


class _WritersAreCurators(APIView):
    """A mixin: everybody may read here, curators may write."""

    # (In a form a switch that is not sent is off.)
    parser_classes = [BoundedJsonParser]

    def get_permissions(self) -> list[BasePermission]:
        return [AllowAny() if self.request.method in READING else IsCurator()]


class PrintListView(_WritersAreCurators, views.PrintListView):
    """Browse and search the prints by words and filters; add one."""

    @extend_schema(
        operation_id="prints_create",
        request=PrintCreateSerializer,
        responses={201: PrintDetailSerializer, **FORBIDDEN},
    )
    def post(self, request: Request) -> Response:
        """Add a record; pictures follow."""
        form = PrintCreateSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        print_id = editing.create_print(
            collection=curated_collection(request, form.validated_data["collection"]),
            record_id=form.validated_data["record_id"],
            values=form.values(),
            hidden=form.validated_data.get("hidden", False),
            user=user_of(request),
        )
        return _rendered(request, print_id, status=201)


class PrintView(_WritersAreCurators, views.PrintView):
    """One print with all its pictures and relations."""

    @extend_schema(
        operation_id="prints_partial_update",
        request=PrintChangeSerializer,
        responses={200: PrintDetailSerializer, **FORBIDDEN},
    )
    def patch(self, request: Request, print_id: int) -> Response:
        """Correct a record; what is not sent stays."""
        row = curated_print(request, print_id)
        form = PrintChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        hidden = form.validated_data.get("hidden")
        editing.change_print(row=row, values=form.values(), hidden=hidden, user=user_of(request))
        return _rendered(request, print_id)

    @extend_schema(operation_id="prints_destroy", responses={204: None})
    def delete(self, request: Request, print_id: int) -> Response:
        """Remove a record with its pictures. Its history stays, and can bring it back."""
        editing.remove_print(row=curated_print(request, print_id), user=user_of(request))
        return Response(status=204)


class PrintImageListView(LargeUploads, APIView):
    """The pictures of a record."""

    permission_classes = [IsCurator]
    parser_classes = [MultiPartParser]
    largest_upload = settings.RECTO_SCAN_MAX_BYTES

    @extend_schema(
        operation_id="prints_images_create",
        request={"multipart/form-data": ImageFileSerializer},
        responses={201: ImageSerializer, **FORBIDDEN},
    )
    def post(self, request: Request, print_id: int) -> Response:
        """Give a record another picture."""
        row, file = curated_print(request, print_id), _file(request)
        image = editing_images.add_image(
            row=row, file=file.temporary_path(), name=file.name or "", user=user_of(request)
        )
        return Response(ImageSerializer(image).data, status=201)


class PrintImageView(LargeUploads, APIView):
    """One picture of a record."""

    permission_classes = [IsCurator]
    parser_classes = [MultiPartParser]
    largest_upload = settings.RECTO_SCAN_MAX_BYTES

    @extend_schema(
        operation_id="prints_images_update",
        request={"multipart/form-data": ImageFileSerializer},
        responses={200: ImageSerializer, **FORBIDDEN},
    )
    def put(self, request: Request, print_id: int, image_id: int) -> Response:
        """Replace a picture by another scan; its id stays."""
        image, file = _curated_image(request, print_id, image_id), _file(request)
        changed = editing_images.replace_image(
            image=image, file=file.temporary_path(), name=file.name or "", user=user_of(request)
        )
        return Response(ImageSerializer(changed).data)

    @extend_schema(operation_id="prints_images_destroy", responses={204: None})
    def delete(self, request: Request, print_id: int, image_id: int) -> Response:
        """Take a picture away."""
        image = _curated_image(request, print_id, image_id)
        editing_images.remove_image(image=image, user=user_of(request))
        return Response(status=204)


class DateView(APIView):
    """The years that are read out of a date, for the form in which one is written."""

    permission_classes = [IsCurator]

    @extend_schema(
        operation_id="dates_retrieve",
        parameters=[DateQuerySerializer],
        responses={200: DateReadingSerializer, **FORBIDDEN},
    )
    def get(self, request: Request) -> Response:
        query = query_of(request, DateQuerySerializer)
        years = years_of(query.validated_data["text"])
        return Response(DateReadingSerializer(years or {}).data)


class PrintHistoryView(GenericAPIView[Revision]):
    """What became of a record, the newest change first; also of one that is gone."""

    permission_classes = [IsCurator]
    serializer_class = HistoryEntrySerializer
    pagination_class = Pages
    queryset = Revision.objects.none()

    @extend_schema(
        operation_id="prints_history_list",
        responses={200: HistoryEntrySerializer(many=True), **FORBIDDEN},
    )
    def get(self, request: Request, print_id: int) -> Response:
        _require_history(request, print_id)
        page: Any = self.paginate_queryset(history_of(print_id))
        entries: Any = [entry_of(revision) for revision in page]
        return self.get_paginated_response(HistoryEntrySerializer(entries, many=True).data)


class PrintRestoreView(APIView):
    """One change of a record."""

    permission_classes = [IsCurator]

    @extend_schema(
        operation_id="prints_history_restore",
        request=RestoreSerializer,
        responses={200: PrintDetailSerializer, **FORBIDDEN},
    )
    def post(self, request: Request, print_id: int, revision_id: int) -> Response:
        """Make the record what it was after that change, or before it."""
        _require_history(request, print_id)
        revision = history_of(print_id).filter(pk=revision_id).first()
        if revision is None:
            message = f"The record has no change {revision_id}."
            raise NotFound("revision_not_found", say("revision_not_found", message))
        form = RestoreSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        before = form.validated_data["before"]
        editing.restore_revision(revision=revision, before=before, user=user_of(request))
        return _rendered(request, print_id)


def curated_print(request: Request, print_id: int) -> Print:
    """The print, if the user curates it. Raises NotFound where it is not shown to them, or Forbidden."""
    row = queries.print_record(print_id, audience=audience_of(request))
    require_curator(request, row.collection)
    return row


def _curated_image(request: Request, print_id: int, image_id: int) -> PrintImage:
    row = curated_print(request, print_id)
    image = row.images.select_related("print__collection").filter(pk=image_id).first()
    if image is None:
        raise queries.image_not_found(image_id)
    return image


def _require_history(request: Request, print_id: int) -> None:
    """A print that is gone belongs to the collection it was in."""
    if Print.objects.filter(pk=print_id).exists():
        curated_print(request, print_id)
        return
    last = history_of(print_id).first()
    if last is None or not audience_of(request).sees(last.collection_id):
        raise queries.print_not_found(print_id)
    require_curator(request, last.collection)


def _file(request: Request) -> FileOnDisk:
    file = request.FILES.get("image")
    if not isinstance(file, FileOnDisk):
        raise ValidationError({"image": "Send the picture as the file `image`."})
    return file


def _rendered(request: Request, print_id: int, status: int = 200) -> Response:
    row = queries.print_record(print_id, audience=audience_of(request))
    return Response(PrintDetailSerializer(row).data, status=status)
