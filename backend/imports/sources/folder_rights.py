"""Whose the folders of the server are: which places somebody may take pictures from.

A folder directly below a root that is named like a collection belongs to it, and so does any folder that it
was loaded from, whatever its name: only who curates the collection may see or read it, and what is in it. The
other folders are shared by all curators. Administrators and commands may read all of them.
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
from imports.models import ImportRun

NOBODY = Audience(visible=frozenset(), curated=frozenset())


@dataclass(frozen=True)
class FolderRights:
    """The `roots`, all links followed, and what in them is closed to somebody.

    `closed` are names of folders directly below a root; `loaded` are places, all links followed, from which
    collections of others were loaded.
    """

    roots: tuple[Path, ...]
    closed: frozenset[str]
    loaded: tuple[Path, ...] = ()

    def allow(self, place: Path) -> bool:
        """Whether `place`, with all links followed, lies below a root and in no closed folder."""
        return self.allow_resolved(resolved(place))

    def allow_resolved(self, place: Path) -> bool:
        """The same of a place in whose path no link is left. Asks neither the disk nor the database."""
        below = [place.relative_to(root) for root in self.roots if place.is_relative_to(root)]
        if not below or any(place.is_relative_to(folder) for folder in self.loaded):
            return False
        return not any(path.parts and self.is_closed(path.parts[0]) for path in below)

    def is_closed(self, name: str) -> bool:
        """Whether a folder of this name, directly below a root, belongs to a collection of others."""
        return not self.closed.isdisjoint((name, Collection.slug_of(name)))


def folder_rights(audience: Audience) -> FolderRights:
    """What an audience may read. 2 queries, none for an administrator."""
    roots = tuple(resolved(Path(root)) for root in settings.RECTO_IMPORT_ROOTS)
    if audience.curated is None:
        return FolderRights(roots, frozenset())
    own = sorted(audience.curated)
    others = Collection.objects.exclude(pk__in=own).order_by()
    # (A folder "Old Maps" is loaded as the collection "old-maps".)
    closed = {name for slug in others.values_list("slug", flat=True) for name in (slug, slugify(slug))}
    return FolderRights(roots, frozenset(closed - {""}), _loaded_by_others(own, roots))


def _loaded_by_others(own: list[int], roots: tuple[Path, ...]) -> tuple[Path, ...]:
    """Folders that other collections were loaded from. A whole root, of which one collection was made, stays
    shared: nobody could import anything otherwise."""
    loads = ImportRun.objects.exclude(collection__in=own).exclude(folder="").order_by()
    folders = loads.values_list("folder", flat=True).distinct()
    places = {resolved(Path(settings.RECTO_DATA_DIR, folder)) for folder in folders}
    return tuple(sorted(place for place in places if not any(root.is_relative_to(place) for root in roots)))


def audience_now(user_id: int | None) -> Audience:
    """Of whoever has this id, as their rights are by now: none once they are deleted. None is a command."""
    if user_id is None:
        return EVERYTHING
    user = User.objects.filter(pk=user_id).first()
    return NOBODY if user is None else audience_of_user(user)


def resolved(place: Path) -> Path:
    """With all links followed. (Path.resolve raises an error of its own for links that go round.)"""
    return Path(os.path.realpath(place))
