"""Who may call a view of the API."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.rights import audience_of
from catalog.models import Collection
from core.errors import Forbidden, NotFound
from core.sentences import say


class IsSignedIn(BasePermission):
    message = "Sign in first."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(request.user and request.user.is_authenticated)


class IsCurator(BasePermission):
    """Of any collection, or an administrator."""

    message = "Only curators may do this. Sign in as one."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return audience_of(request).is_curator


class IsAdministrator(BasePermission):
    message = "Only administrators may do this. Sign in as one."

    def has_permission(self, request: Request, view: APIView) -> bool:
        return bool(request.user and request.user.is_active and request.user.is_superuser)


def require_visible(request: Request, collection: Collection) -> None:
    """Raises NotFound, exactly as if there were no such collection."""
    if not audience_of(request).sees(collection.pk):
        raise collection_not_found(collection.slug)


def require_curator(request: Request, collection: Collection) -> None:
    """Raises Forbidden; NotFound where the user is not to know that the collection exists."""
    require_visible(request, collection)
    if not audience_of(request).curates(collection.pk):
        message = f"Only curators of {collection.name!r} may do this."
        raise Forbidden("not_a_curator", say("not_a_curator", message, collection=collection.name))


def collection_not_found(slug: str) -> NotFound:
    message = f"There is no collection {slug!r}. It may have been removed."
    return NotFound("collection_not_found", say("collection_not_found", message, collection=slug))
