"""Where an import's pictures come from, over HTTP: folders of the server, archives, and trying again."""

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import user_of
from accounts.permissions import IsCurator
from accounts.rights import audience_of
from core.openapi import FORBIDDEN
from core.query_parameters import query_of
from imports import previews
from imports.serializers import ImportDetailSerializer
from imports.sources.fetching_jobs import retry_images
from imports.sources.folder_lists import list_server_folders
from imports.sources.folder_rights import folder_rights
from imports.sources.serializers import ArchiveSerializer, FolderListSerializer, FolderQuerySerializer
from imports.sources.uploading import add_archive
from imports.uploads import LargeUploads
from imports.views import rendered


class FolderListView(APIView):
    """Folders of the server that imports may take pictures from."""

    permission_classes = [IsCurator]

    @extend_schema(
        operation_id="imports_folders",
        parameters=[FolderQuerySerializer],
        responses={200: FolderListSerializer, **FORBIDDEN},
    )
    def get(self, request: Request) -> Response:
        query = query_of(request, FolderQuerySerializer)
        found = list_server_folders(query.validated_data["path"], folder_rights(audience_of(request)))
        return Response(FolderListSerializer(found).data)


class ImportImagesView(LargeUploads, APIView):
    """The pictures of an import, as ZIP archives."""

    permission_classes = [IsCurator]
    parser_classes = [MultiPartParser]
    largest_upload = settings.RECTO_ZIP_MAX_BYTES

    @extend_schema(
        operation_id="imports_images",
        request={"multipart/form-data": ArchiveSerializer},
        responses={200: ImportDetailSerializer, **FORBIDDEN},
    )
    def post(self, request: Request, import_id: int) -> Response:
        run = previews.import_run(request, import_id)
        form = ArchiveSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return rendered(request, add_archive(run, form.validated_data["zip"], user=user_of(request)))


class ImportRetryImagesView(APIView):
    """Ask again for the pictures that could not be had, and only for those."""

    permission_classes = [IsCurator]

    @extend_schema(
        operation_id="imports_retry_images",
        request=None,
        responses={202: ImportDetailSerializer, **FORBIDDEN},
    )
    def post(self, request: Request, import_id: int) -> Response:
        run = previews.import_run(request, import_id)
        return rendered(request, retry_images(run, user=user_of(request)), status=202)
