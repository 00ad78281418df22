"""Reads of kept searches by who asks: a link shows nobody what they may not see of the catalogue."""

import hmac

from catalog.audience import Audience
from catalog.queries import PrintFilters, example
from catalog.queries import image as stored_image
from core.errors import NotFound
from search.answers import Kept
from search.keeping import Keeper, digest_of
from search.kept_pictures import picture_file
from search.models import KeptSearch
from search.services import Subject


def kept_search(kept_id: str, *, audience: Audience) -> KeptSearch:
    """1 or 2 queries. Raises NotFound, the same for one that never was, is past its time, or shows a picture
    of the catalogue that the audience may not see."""
    row = _alive(kept_id)
    if row is None or not _is_shown(row, audience):
        raise kept_not_found()
    return row


def deletable_search(kept_id: str) -> KeptSearch | None:
    """Whoever may delete it need not be able to see its picture any more. 1 query."""
    return _alive(kept_id)


def _alive(kept_id: str) -> KeptSearch | None:
    """(No text of PostgreSQL's can hold a NUL, and asking for one is an error there.)"""
    if "\0" in kept_id:
        return None
    return KeptSearch.objects.alive().filter(pk=kept_id).first()


def may_delete(row: KeptSearch, keeper: Keeper, key: str = "") -> bool:
    """By the key, or as its owner; an administrator answers for the server."""
    if keeper.owner and (row.owner_id == keeper.owner.pk or keeper.owner.is_superuser):
        return True
    return bool(key) and hmac.compare_digest(digest_of(key), row.key_digest)


def subject_of(row: KeptSearch) -> Subject:
    """What was searched with. Raises NotFound when its photograph is not there any more."""
    if row.kind == KeptSearch.Kind.IMAGE:
        return Subject(image_id=row.image)
    if row.kind == KeptSearch.Kind.EXAMPLE:
        return Subject(example=row.example)
    try:
        return Subject(photo=picture_file(row.id).read_bytes())
    except FileNotFoundError:
        raise kept_not_found() from None


def filters_of(row: KeptSearch) -> PrintFilters:
    return PrintFilters(**row.filters)


def told(row: KeptSearch, keeper: Keeper, *, key: str | None = None) -> Kept:
    """As it is told to `keeper`; with the key to who has just kept it."""
    return Kept(
        id=row.id,
        expires_at=row.expires_at,
        delete_key=key,
        may_delete=key is not None or may_delete(row, keeper),
        kind=row.kind,
        image_id=row.image,
        example=row.example or None,
        framing=row.framing,
        filters=row.filters,
    )


def kept_not_found() -> NotFound:
    text = "This search is not kept here: its time is over, it was deleted, or its picture is not shown."
    return NotFound("kept_not_found", text)


def _is_shown(row: KeptSearch, audience: Audience) -> bool:
    try:
        if row.image is not None:
            stored_image(row.image, audience=audience)
        elif row.example:
            example(row.example, audience=audience)
    except NotFound:
        return False
    return True
