"""Whose the folders of the server are: which places somebody may take pictures from.

A folder directly below a root that is named like a collection belongs to it: only who curates the collection
may see or read it, and what is in it. The other folders are shared by all curators. Administrators and
commands may read all of them.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.text import slugify

from accounts.rights import audience_of_user
from catalog.audience import EVERYTHING, Audience
from catalog.models import Collection

NOBODY = Audience(visible=frozenset(), curated=frozenset())


@dataclass(frozen=True)
class FolderRights:
    """The `roots`, all links followed, and the names of folders in them that are `closed` to somebody."""

    roots: tuple[Path, ...]
    closed: frozenset[str]

    def allow(self, place: Path) -> bool:
        """Whether `place`, with all links followed, lies below a root and in no closed folder."""
        return self.allow_resolved(resolved(place))

    def allow_resolved(self, place: Path) -> bool:
        """The same of a place in whose path no link is left. Asks neither the disk nor the database."""
        below = [place.relative_to(root) for root in self.roots if place.is_relative_to(root)]
        return bool(below) and not any(path.parts and self.is_closed(path.parts[0]) for path in below)

    def is_closed(self, name: str) -> bool:
        """Whether a folder of this name, directly below a root, belongs to a collection of others."""
        return not self.closed.isdisjoint((name, slugify(name)))


def folder_rights(audience: Audience) -> FolderRights:
    """What an audience may read. 1 query, none for an administrator."""
    closed: set[str] = set()
    if audience.curated is not None:
        others = Collection.objects.exclude(pk__in=sorted(audience.curated)).order_by()
        # (A folder "Old Maps" is loaded as the collection "old-maps".)
        closed = {name for slug in others.values_list("slug", flat=True) for name in (slug, slugify(slug))}
    roots = tuple(resolved(Path(root)) for root in settings.RECTO_IMPORT_ROOTS)
    return FolderRights(roots, frozenset(closed - {""}))


def audience_now(user_id: int | None) -> Audience:
    """Of whoever has this id, as their rights are by now: none once they are deleted. None is a command."""
    if user_id is None:
        return EVERYTHING
    user = User.objects.filter(pk=user_id).first()
    return NOBODY if user is None else audience_of_user(user)


def resolved(place: Path) -> Path:
    """With all links followed. (Path.resolve raises an error of its own for links that go round.)"""
    return Path(os.path.realpath(place))
