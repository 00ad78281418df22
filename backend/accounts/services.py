"""Writes of accounts: collections and their members, passwords. Each is written down in the audit trail."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import password_validation
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from accounts import audit
from accounts.models import Membership
from accounts.signing_in import checked_user
from catalog.models import Collection
from core.client_address import client_address
from core.errors import UserError
from core.sentences import say


@transaction.atomic
def create_collection(*, user: User, slug: str, name: str, visibility: str, address: str) -> Collection:
    """Raises UserError when there is one of that slug."""
    if Collection.objects.filter(slug=slug).exists():
        message = say(
            "collection_exists",
            f"There is a collection {slug!r} already. Choose another short name.",
            collection=slug,
        )
        raise UserError("collection_exists", message, fields={"slug": [message]})
    created = Collection.objects.create(slug=slug, name=name, visibility=visibility)
    detail = {"name": name, "visibility": visibility}
    audit.record(user, "collection_created", created, slug, detail, address=address)
    return created


@transaction.atomic
def change_collection(
    *, user: User, collection: Collection, values: Mapping[str, str], address: str
) -> Collection:
    """Give it another name or visibility. Takes effect in the next request of everybody."""
    before = {name: getattr(collection, name) for name in values}
    changed = {name: [before[name], value] for name, value in values.items() if before[name] != value}
    for name, value in values.items():
        setattr(collection, name, value)
    if changed:
        collection.save(update_fields=list(changed))
        audit.record(
            user, "collection_changed", collection, collection.slug, {"changed": changed}, address=address
        )
    return collection


@transaction.atomic
def set_members(*, user: User, collection: Collection, roles: Mapping[str, str], address: str) -> None:
    """Make these, roles by user name, the members of the collection. Raises UserError for an unknown name."""
    before = dict(collection.memberships.values_list("user__username", "role"))
    users = {row.username: row for row in User.objects.filter(username__in=roles)}
    unknown = sorted(roles.keys() - users.keys())
    if unknown:
        message = say(
            "unknown_user",
            f"There is no user {unknown[0]!r}. An administrator adds users at /admin/.",
            user=unknown[0],
        )
        raise UserError("unknown_user", message, fields={"members": [message]})
    collection.memberships.exclude(user__in=users.values()).delete()
    for name, role in roles.items():
        Membership.objects.update_or_create(user=users[name], collection=collection, defaults={"role": role})
    if before != dict(roles):
        detail: dict[str, Any] = {"before": before, "after": dict(roles)}
        audit.record(user, "members_changed", collection, collection.slug, detail, address=address)


def change_password(*, request: HttpRequest, user: User, old_password: str, new_password: str) -> None:
    """Raises LockedOut, and UserError for a wrong old password (counted as a failure) or a weak new one."""
    try:
        checked_user(request, username=user.get_username(), password=old_password)
    except UserError as error:
        message = say("not_your_password", "This is not your password.")
        raise UserError(error.code, message, fields={"old_password": [message]}) from error
    try:
        password_validation.validate_password(new_password, user)
    except ValidationError as error:
        raise UserError(
            "weak_password", " ".join(error.messages), fields={"new_password": list(error.messages)}
        ) from error
    with transaction.atomic():
        user.set_password(new_password)
        user.save(update_fields=["password"])
        audit.record(user, "password_changed", address=client_address(request))
