"""Collections over HTTP: who sees them, who curates them."""

from typing import Any

from django.contrib.auth.models import User
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import services
from accounts.authentication import user_of
from accounts.collection_serializers import (
    CollectionChangesSerializer,
    CollectionSerializer,
    MembersSerializer,
    NewCollectionSerializer,
)
from accounts.permissions import IsAdministrator, IsCurator, require_curator
from accounts.queries import collection_called, collections_with_roles, members_of
from accounts.rights import audience_of
from catalog.models import Collection
from core.client_address import client_address
from core.openapi import FORBIDDEN


class CollectionListView(APIView):
    """The collections that one may see, and how many prints of theirs."""

    def get_permissions(self) -> list[BasePermission]:
        return [IsAdministrator()] if self.request.method == "POST" else []

    @extend_schema(operation_id="collections_list", responses=CollectionSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows: Any = collections_with_roles(user_of(request), audience_of(request))
        return Response(CollectionSerializer(rows, many=True).data)

    @extend_schema(
        operation_id="collections_create",
        request=NewCollectionSerializer,
        responses={201: CollectionSerializer},
    )
    def post(self, request: Request) -> Response:
        """An empty collection, for administrators."""
        form = NewCollectionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        created = services.create_collection(
            user=_user(request), **form.validated_data, address=client_address(request)
        )
        return Response(_rendered(request, created), status=201)


class CollectionView(APIView):
    """The name of a collection and who sees it, for its curators."""

    permission_classes = [IsCurator]

    @extend_schema(
        operation_id="collections_partial_update",
        request=CollectionChangesSerializer,
        responses=CollectionSerializer,
    )
    def patch(self, request: Request, slug: str) -> Response:
        collection = _curated(request, slug)
        form = CollectionChangesSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        services.change_collection(
            user=_user(request),
            collection=collection,
            values=form.validated_data,
            address=client_address(request),
        )
        return Response(_rendered(request, collection))


class MembersView(APIView):
    """The members of a collection: seen by its curators, changed by administrators."""

    permission_classes = [IsCurator]

    def get_permissions(self) -> list[BasePermission]:
        return [IsAdministrator()] if self.request.method == "PUT" else [IsCurator()]

    @extend_schema(
        operation_id="collections_members_retrieve", responses={200: MembersSerializer, **FORBIDDEN}
    )
    def get(self, request: Request, slug: str) -> Response:
        return Response(_members(_curated(request, slug)))

    @extend_schema(
        operation_id="collections_members_update", request=MembersSerializer, responses=MembersSerializer
    )
    def put(self, request: Request, slug: str) -> Response:
        """All members, in the place of those there were. Administrators need not be among them."""
        collection = _curated(request, slug)
        form = MembersSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        services.set_members(
            user=_user(request), collection=collection, roles=form.roles(), address=client_address(request)
        )
        return Response(_members(collection))


def _curated(request: Request, slug: str) -> Collection:
    collection = collection_called(slug, audience=audience_of(request))
    require_curator(request, collection)
    return collection


def _rendered(request: Request, collection: Collection) -> Any:
    """As the list has it."""
    rows = collections_with_roles(user_of(request), audience_of(request))
    return CollectionSerializer(next(row for row in rows if row.pk == collection.pk)).data


def _members(collection: Collection) -> Any:
    return MembersSerializer({"members": members_of(collection)}).data


def _user(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user
