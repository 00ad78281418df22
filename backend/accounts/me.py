"""What the page needs to know about whoever uses it."""

from typing import Any

from django.contrib.auth.models import AnonymousUser, User

from accounts.models import Membership
from accounts.rights import audience_of_user, roles_of
from catalog.audience import Audience
from catalog.models import Collection


def about(user: User | AnonymousUser) -> dict[str, Any]:
    """The answer of /me/: the user, the collections with a role, and what can be done at all. 3 queries."""
    audience = audience_of_user(user)
    return {
        "user": _user(user),
        "collections": _collections(user, audience),
        "may": {
            "import": audience.is_curator,
            "edit": audience.is_curator,
            "see_jobs": audience.is_curator,
            "see_index": audience.is_curator,
            "administer": user.is_active and user.is_superuser,
        },
    }


def role_in(collection_id: int, audience: Audience, roles: dict[int, str]) -> str:
    """`curator`, `viewer` or nothing. An administrator is a curator of everything."""
    return Membership.Role.CURATOR if audience.curates(collection_id) else roles.get(collection_id, "")


def _user(user: User | AnonymousUser) -> dict[str, Any] | None:
    if not isinstance(user, User):
        return None
    return {
        "id": user.pk,
        "username": user.username,
        "name": user.get_full_name(),
        "is_administrator": user.is_superuser,
    }


def _collections(user: User | AnonymousUser, audience: Audience) -> list[dict[str, Any]]:
    if not isinstance(user, User):
        return []
    roles = roles_of(user)
    rows = Collection.objects.filter(audience.collections())
    found = [(row, role_in(row.pk, audience, roles)) for row in rows]
    return [{"slug": row.slug, "name": row.name, "role": role} for row, role in found if role]
