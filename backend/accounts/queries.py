"""Reads of accounts: collections with one's role, members, the audit trail."""

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet

from accounts.me import role_in
from accounts.models import AuditEntry, Membership
from accounts.permissions import collection_not_found
from accounts.rights import roles_of
from catalog import queries
from catalog.audience import Audience
from catalog.models import Collection


def collections_with_roles(user: User | AnonymousUser, audience: Audience) -> list[Collection]:
    """The collections that are shown, each with `print_count` and `role`. 2 queries, 1 for a visitor."""
    roles = roles_of(user)
    rows = list(queries.collections(audience=audience))
    for row in rows:
        row.role = role_in(row.pk, audience, roles)  # type: ignore[attr-defined]
    return rows


def collection_called(slug: str, *, audience: Audience) -> Collection:
    """Raises NotFound, whether there is none or it is not shown."""
    found = Collection.objects.filter(audience.collections(), slug=slug).first()
    if found is None:
        raise collection_not_found(slug)
    return found


def members_of(collection: Collection) -> QuerySet[Membership]:
    """Its members by name. 1 query."""
    return Membership.objects.filter(collection=collection).select_related("user")


def audit_entries(audience: Audience, *, collection: str = "") -> QuerySet[AuditEntry]:
    """What was done, the newest first: all of it for administrators, for others what concerns the collections
    that they curate. 1 query.
    """
    curated = Q() if audience.curated is None else Q(collection__in=sorted(audience.curated))
    entries = AuditEntry.objects.filter(curated).select_related("collection")
    return entries.filter(collection__slug=collection) if collection else entries
