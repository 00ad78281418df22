"""The trail of who loaded, changed, removed and undid. Append only."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from accounts.addresses import current_address
from accounts.models import AuditEntry
from catalog.models import Collection

LONGEST_TARGET = AuditEntry._meta.get_field("target").max_length or 0


def record(
    user: AbstractBaseUser | AnonymousUser | None,
    action: str,
    collection: Collection | None = None,
    target: str = "",
    detail: dict[str, Any] | None = None,
    *,
    address: str = "",
) -> AuditEntry:
    """Write down what was done. Call it in the transaction that does it: then neither is without the other.

    `action` is a verb of the past, such as `print_removed`; `user` is None for commands and jobs of nobody.
    The address is that of the request which is being answered, if there is one.
    """
    known = user if user is not None and user.pk is not None else None
    return AuditEntry.objects.create(
        user_id=known.pk if known else None,
        user_name=known.get_username() if known else "",
        action=action,
        collection=collection,
        target=target[:LONGEST_TARGET],
        detail=detail or {},
        address=address or current_address(),
    )
