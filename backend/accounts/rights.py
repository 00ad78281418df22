"""What the user of a request may see and curate."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from rest_framework.request import Request

from accounts.authentication import user_of
from accounts.models import Membership
from catalog.audience import EVERYTHING, Audience
from catalog.models import Collection, Print

_KEPT = "_recto_audience"


def audience_of(request: HttpRequest | Request) -> Audience:
    """Read once per request: no query for an administrator, 1 for a visitor, 2 for other users."""
    kept_at: Any = getattr(request, "_request", request)
    user = user_of(request)
    kept: tuple[int | None, Audience] | None = getattr(kept_at, _KEPT, None)
    # (Signing in changes who asks in the middle of a request.)
    if kept is None or kept[0] != user.pk:
        kept = (user.pk, audience_of_user(user))
        setattr(kept_at, _KEPT, kept)
    return kept[1]


def audience_of_user(user: User | AnonymousUser) -> Audience:
    if user.is_active and user.is_superuser:
        return EVERYTHING
    roles = roles_of(user)
    rows = list(_collections())
    visible = frozenset(pk for pk, visibility, _ in rows if _may_see(user, visibility, pk in roles))
    curated = frozenset(pk for pk, role in roles.items() if role == Membership.Role.CURATOR)
    return Audience(
        visible=None if len(visible) == len(rows) else visible,
        curated=curated,
        nothing_hidden=not any(hides for pk, _, hides in rows if pk not in curated),
    )


def roles_of(user: User | AnonymousUser) -> dict[int, str]:
    """The user's role by the id of the collection. 1 query, none for a visitor."""
    if not user.is_authenticated or not user.is_active:
        return {}
    return dict(Membership.objects.filter(user=user).order_by().values_list("collection_id", "role"))


def is_curator_of(request: HttpRequest | Request, collection: Collection | int) -> bool:
    pk = collection if isinstance(collection, int) else collection.pk
    return audience_of(request).curates(pk)


def _collections() -> Iterable[tuple[int, str, bool]]:
    """Id, visibility and whether any print is hidden, of every collection. 1 query."""
    hidden = Print.objects.filter(collection=OuterRef("pk"), hidden=True).order_by()
    rows = Collection.objects.order_by().annotate(hides=Exists(hidden))
    return rows.values_list("pk", "visibility", "hides")


def _may_see(user: User | AnonymousUser, visibility: str, is_member: bool) -> bool:
    if visibility == Collection.Visibility.STAFF:
        return user.is_authenticated and user.is_active
    return visibility == Collection.Visibility.PUBLIC or is_member
