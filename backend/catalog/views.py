"""Browsing the catalogue over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog import queries
from catalog.audience import audience_of
from catalog.browsing_serializers import FacetsSerializer, SuggestionQuerySerializer, SuggestionSerializer
from catalog.models import Print
from catalog.serializers import (
    ExampleSerializer,
    PrintDetailSerializer,
    PrintFiltersSerializer,
    PrintListItemSerializer,
    PrintListQuerySerializer,
    RandomPrintQuerySerializer,
    RandomPrintSerializer,
)
from core.pagination import Pages
from core.query_parameters import query_of


class PrintListView(GenericAPIView[Print]):
    """Browse and search the prints by words and filters."""

    serializer_class = PrintListItemSerializer
    pagination_class = Pages
    queryset = Print.objects.none()

    @extend_schema(
        operation_id="prints_list",
        parameters=[PrintListQuerySerializer],
        responses=PrintListItemSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        query = query_of(request, PrintListQuerySerializer)
        rows = queries.prints_page(
            query.filters(), audience=audience_of(request), order=query.validated_data["order"]
        )
        page: Any = self.paginate_queryset(rows)
        return self.get_paginated_response(PrintListItemSerializer(page, many=True).data)


class PrintView(APIView):
    """One print with all its pictures and relations."""

    @extend_schema(operation_id="prints_retrieve", responses=PrintDetailSerializer)
    def get(self, request: Request, print_id: int) -> Response:
        record = queries.print_record(print_id, audience=audience_of(request))
        return Response(PrintDetailSerializer(record).data)


class RandomPrintView(APIView):
    """Any one of the prints under the filters."""

    @extend_schema(
        operation_id="prints_random", parameters=[RandomPrintQuerySerializer], responses=RandomPrintSerializer
    )
    def get(self, request: Request) -> Response:
        query = query_of(request, RandomPrintQuerySerializer)
        other_than = query.validated_data.get("other_than")
        found = queries.random_print_id(query.filters(), audience=audience_of(request), other_than=other_than)
        # Each answer is another one, also for a browser that has one already.
        return Response({"id": found}, headers={"Cache-Control": "no-store"})


class SuggestionListView(APIView):
    """What somebody who is typing may mean: people, titles and inventory numbers."""

    @extend_schema(
        operation_id="suggestions_list",
        parameters=[SuggestionQuerySerializer],
        responses=SuggestionSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        query = query_of(request, SuggestionQuerySerializer)
        found: Any = queries.suggestions(query.validated_data["q"], audience=audience_of(request))
        return Response(SuggestionSerializer(found, many=True).data)


class FacetsView(APIView):
    """The options of every filter, with live counts under the other filters."""

    @extend_schema(
        operation_id="facets_retrieve", parameters=[PrintFiltersSerializer], responses=FacetsSerializer
    )
    def get(self, request: Request) -> Response:
        query = query_of(request, PrintFiltersSerializer)
        found = queries.recent_facets(query.filters(), audience=audience_of(request))
        return Response(FacetsSerializer(found).data)


class ExampleListView(APIView):
    """Photographs to try a search with."""

    @extend_schema(operation_id="examples_list", responses=ExampleSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows: Any = queries.examples(audience=audience_of(request))
        return Response(ExampleSerializer(rows, many=True).data)
