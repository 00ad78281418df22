"""Keeping a search for who wants it kept, and forgetting it again: whole or not at all."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils import timezone

from accounts import audit
from catalog.queries import PrintFilters
from core.errors import Conflict, TryAgain, UserError
from core.sentences import say
from search.kept_pictures import remove_orphans, remove_picture, store_picture
from search.models import KeptSearch, new_kept_id
from search.services import Subject

KEY_BYTES = 24
PURGED_AT_ONCE = 500
_FULL_RETRY_S = 3600


@dataclass(frozen=True)
class Keeper:
    """Who wants something kept: a user, or somebody at an address."""

    user: User | AnonymousUser
    address: str

    @property
    def owner(self) -> User | None:
        return self.user if isinstance(self.user, User) else None

    @property
    def address_digest(self) -> str:
        """ "" for a user: the limit is theirs, wherever they are."""
        if self.owner:
            return ""
        key = f"kept searches {settings.SECRET_KEY}".encode()
        return hmac.new(key, self.address.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Purged:
    """How many searches were past their time, and how many files belonged to nobody."""

    searches: int
    files: int


def check_may_keep(keeper: Keeper) -> None:
    """Raises UserError when nothing is kept here, Conflict or TryAgain when so many are kept already."""
    if not settings.RECTO_KEEP_DAYS:
        message = "This server keeps no searches."
        raise UserError("keeping_off", message, fields={"keep": [message]})
    alive = KeptSearch.objects.alive()
    if alive.count() >= settings.RECTO_KEEP_MAX:
        raise TryAgain("kept_full", _full(), retry_after=_FULL_RETRY_S)
    own = alive.filter(owner=keeper.owner, address_digest=keeper.address_digest).count()
    if own >= settings.RECTO_KEEP_PER_ASKER:
        raise Conflict("kept_too_many", _too_many(own))


def keep_search(
    *, subject: Subject, framing: Mapping[str, Any], filters: PrintFilters, keeper: Keeper
) -> tuple[KeptSearch, str]:
    """The row, and the key that deletes it, which nobody can be told again. Raises what the check raises.

    The subject is one that the keeper has just searched with.
    """
    key, kept_id = secrets.token_urlsafe(KEY_BYTES), new_kept_id()
    if subject.photo is not None:
        store_picture(kept_id, subject.photo)
    try:
        with transaction.atomic():
            check_may_keep(keeper)
            row = KeptSearch.objects.create(
                id=kept_id,
                kind=_kind(subject),
                image=subject.image_id,
                example=subject.example or "",
                framing=dict(framing),
                filters=_stored(filters),
                owner=keeper.owner,
                address_digest=keeper.address_digest,
                key_digest=digest_of(key),
                expires_at=timezone.now() + timedelta(days=settings.RECTO_KEEP_DAYS),
            )
    except BaseException:
        remove_picture(kept_id)
        raise
    return row, key


def delete_kept(row: KeptSearch, *, by: Keeper) -> None:
    """With its photograph. Told in the trail when it was somebody else's: an administrator's doing."""
    kept_id = row.id
    with transaction.atomic():
        if by.owner and row.owner_id != by.owner.pk and by.owner.is_superuser:
            audit.record(by.owner, "kept_search_deleted", target=str(row))
        row.delete()
    remove_picture(kept_id)


def delete_kept_by_operator(kept_id: str) -> bool:
    """By a command on the server. False when there is none."""
    deleted = KeptSearch.objects.filter(pk=kept_id).delete()[0]
    if deleted:
        audit.record(None, "kept_search_deleted", target=f"{kept_id[:6]}…")
        remove_picture(kept_id)
    return bool(deleted)


def purge_kept(*, everything: bool = False) -> Purged:
    """Delete what is past its time, or all of it; then files that belong to nobody."""
    rows = (
        KeptSearch.objects.all() if everything else KeptSearch.objects.filter(expires_at__lte=timezone.now())
    )
    searches = 0
    while ids := list(rows.order_by().values_list("id", flat=True)[:PURGED_AT_ONCE]):
        searches += KeptSearch.objects.filter(id__in=ids).delete()[0]
        for kept_id in ids:
            remove_picture(kept_id)
    return Purged(searches, remove_orphans(set(KeptSearch.objects.values_list("id", flat=True))))


def digest_of(key: str) -> str:
    """Keys are random: nothing slower than a plain hash is needed."""
    return hashlib.sha256(key.encode()).hexdigest()


def _kind(subject: Subject) -> KeptSearch.Kind:
    if subject.image_id is not None:
        return KeptSearch.Kind.IMAGE
    return KeptSearch.Kind.PHOTO if subject.example is None else KeptSearch.Kind.EXAMPLE


def _stored(filters: PrintFilters) -> dict[str, Any]:
    """Only what was given."""
    given, unset = asdict(filters), asdict(PrintFilters())
    return {name: value for name, value in given.items() if value != unset[name]}


def _full() -> str:
    limit = settings.RECTO_KEEP_MAX
    text = f"This server keeps {limit:,} searches already and has no room for more. Search without keeping."
    return say("kept_full", text, limit=limit)


def _too_many(count: int) -> str:
    text = f"You keep {count} searches already, which is the limit. Delete one first."
    return say("kept_too_many", text, count=count)
