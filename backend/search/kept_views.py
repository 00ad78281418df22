"""Kept searches over HTTP: answered anew for whoever asks, shown, deleted."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import user_of
from catalog.audience import audience_of
from catalog.derivatives import DISPLAY, of_example, of_image
from catalog.queries import example, image
from core.client_address import client_network
from core.errors import Forbidden
from core.openapi import FORBIDDEN
from core.query_parameters import query_of
from search import services
from search.answers import Wanted
from search.counted import CountedView
from search.figures import count_search
from search.framing import framing_of
from search.keeping import Keeper, delete_kept
from search.kept_pictures import picture_file
from search.kept_queries import (
    deletable_search,
    filters_of,
    kept_not_found,
    kept_search,
    may_delete,
    subject_of,
    told,
)
from search.models import KeptSearch
from search.request_serializers import LimitSerializer
from search.serializers import AnswerSerializer, answer_json
from search.taking_turns import turn_of

# It may be deleted at any moment, and is nothing for search engines.
PRIVATELY = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
PICTURE: Any = {
    (200, "image/jpeg"): OpenApiResponse(OpenApiTypes.BINARY),
    (200, "image/webp"): OpenApiResponse(OpenApiTypes.BINARY),
}


def keeper_of(request: Request) -> Keeper:
    return Keeper(user_of(request), client_network(request))


class DeleteKeySerializer(serializers.Serializer[Any]):
    key = serializers.CharField(
        required=False, allow_blank=True, max_length=100, help_text="The `delete_key`; not for its owner."
    )


class KeptSearchView(CountedView):
    """A kept search by its permanent link."""

    kind = "kept"

    @extend_schema(
        operation_id="searches_retrieve", parameters=[LimitSerializer], responses={200: AnswerSerializer}
    )
    def get(self, request: Request, search_id: str) -> Response:
        """What it finds now, among what the asker may see."""
        query = query_of(request, LimitSerializer)
        audience = audience_of(request)
        row = kept_search(search_id, audience=audience)
        wanted = Wanted(filters_of(row), query.validated_data["limit"], audience)
        with turn_of(request, self.kind):
            answer = services.search(subject=subject_of(row), framing=framing_of(row.framing), wanted=wanted)
        count_search(answer, self.kind)
        answer = replace(answer, kept=told(row, keeper_of(request)))
        return Response(answer_json(answer), headers=PRIVATELY)

    @extend_schema(
        operation_id="searches_destroy", parameters=[DeleteKeySerializer], responses={204: None, **FORBIDDEN}
    )
    def delete(self, request: Request, search_id: str) -> Response:
        """With its photograph, at once: by the key that was told when it was kept, or by who kept it."""
        query = query_of(request, DeleteKeySerializer)
        keeper, row = keeper_of(request), deletable_search(search_id)
        if row is None or not may_delete(row, keeper, query.validated_data.get("key", "")):
            # (Raises NotFound where it is not to be known that it exists.)
            kept_search(search_id, audience=audience_of(request))
            text = "Only who kept this search can delete it, with the key that was shown then."
            raise Forbidden("kept_not_yours", text)
        delete_kept(row, by=keeper)
        return Response(status=status.HTTP_204_NO_CONTENT)


class KeptPictureView(APIView):
    """What a kept search was made with."""

    @extend_schema(operation_id="searches_picture", responses=PICTURE)
    def get(self, request: Request, search_id: str) -> HttpResponse:
        """Upright and whole, of at most 1600 pixels."""
        audience = audience_of(request)
        row = kept_search(search_id, audience=audience)
        if row.image is not None:
            return _picture(of_image(image(row.image, audience=audience), DISPLAY).path, "image/webp")
        if row.kind == KeptSearch.Kind.EXAMPLE:
            return _picture(of_example(example(row.example, audience=audience), DISPLAY).path, "image/webp")
        return _picture(picture_file(row.id), "image/jpeg")

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Browsers that ask for pictures only get one: none of our renderers makes them."""
        return super().perform_content_negotiation(request, force=True)


def _picture(file: Path, content_type: str) -> HttpResponse:
    try:
        return HttpResponse(file.read_bytes(), content_type=content_type, headers=PRIVATELY)
    except FileNotFoundError:
        raise kept_not_found() from None
