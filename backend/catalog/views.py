"""Browsing the catalogue over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog import queries
from catalog.models import Print
from catalog.serializers import (
    CollectionSerializer,
    ExampleSerializer,
    FacetsSerializer,
    PrintDetailSerializer,
    PrintFiltersSerializer,
    PrintListItemSerializer,
    PrintListQuerySerializer,
)
from core.pagination import Pages


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
        query = PrintListQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        rows = queries.prints_page(query.filters(), order=query.validated_data["order"])
        page: Any = self.paginate_queryset(rows)
        return self.get_paginated_response(PrintListItemSerializer(page, many=True).data)


class PrintView(APIView):
    """One print with all its pictures and relations."""

    @extend_schema(operation_id="prints_retrieve", responses=PrintDetailSerializer)
    def get(self, request: Request, print_id: int) -> Response:
        return Response(PrintDetailSerializer(queries.print_record(print_id)).data)


class FacetsView(APIView):
    """The options of every filter, with live counts under the other filters."""

    @extend_schema(
        operation_id="facets_retrieve", parameters=[PrintFiltersSerializer], responses=FacetsSerializer
    )
    def get(self, request: Request) -> Response:
        query = PrintFiltersSerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        return Response(FacetsSerializer(queries.facets(query.filters())).data)


class CollectionListView(APIView):
    """Every collection and how many prints it has."""

    @extend_schema(operation_id="collections_list", responses=CollectionSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows: Any = queries.collections()
        return Response(CollectionSerializer(rows, many=True).data)


class ExampleListView(APIView):
    """Photographs to try a search with."""

    @extend_schema(operation_id="examples_list", responses=ExampleSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows: Any = queries.examples()
        return Response(ExampleSerializer(rows, many=True).data)
