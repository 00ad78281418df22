"""Folders of the server that imports may read, by the names that curators see.

A path that a curator gives begins with the name of a root: `raw/engravings/images`. Links are followed, but
what they lead to has to lie below a root as well, and in nobody else's folder.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings

from core.errors import NotFound, UserError
from core.sentences import say
from imports.folders import TABLE_ENDINGS, UNREAD_ENDINGS
from imports.sources.folder_rights import FolderRights, resolved

NO_PICTURES = (*TABLE_ENDINGS, *UNREAD_ENDINGS, ".txt", ".pdf", ".xml", ".json", ".zip")


@dataclass(frozen=True)
class Folder:
    """A folder below a root: `path` as curators write it, `place` on the disk, not resolved; for whom."""

    path: str
    place: Path
    rights: FolderRights


def root_folders() -> dict[str, Path]:
    """The roots by their names; of two with one name the later gets a number."""
    named: dict[str, Path] = {}
    for place in map(Path, settings.RECTO_IMPORT_ROOTS):
        name, number = place.name or "root", 2
        while name in named:
            name, number = f"{place.name or 'root'}-{number}", number + 1
        named[name] = place
    return named


def open_server_folder(path: str, rights: FolderRights) -> Folder:
    """The folder that somebody names.

    Raises UserError outside the roots, and NotFound where there is none: also where it belongs to others.
    """
    parts = PurePosixPath(path.replace("\\", "/"))
    if "\0" in path or parts.is_absolute() or ".." in parts.parts or not parts.parts:
        raise _outside(path)
    root = root_folders().get(parts.parts[0])
    if root is None:
        raise _outside(path)
    if len(parts.parts) > 1 and rights.is_closed(parts.parts[1]):
        raise folder_missing(path)
    place = root.joinpath(*parts.parts[1:])
    if not _is_below(resolved(place), rights.roots):
        raise _outside(path)
    if not (rights.allow(place) and os.path.isdir(place)):
        raise folder_missing(path)
    return Folder(parts.as_posix(), place, rights)


def _is_below(place: Path, roots: tuple[Path, ...]) -> bool:
    return any(place.is_relative_to(root) for root in roots)


def _outside(path: str) -> UserError:
    roots = ", ".join(root_folders())
    message = say(
        "folder_outside_roots",
        f"The folder {path!r} is not below one that imports may read ({roots}). Choose it from the list. "
        "An operator can add one (RECTO_IMPORT_ROOTS).",
        folder=path,
        roots=roots,
    )
    return UserError("folder_outside_roots", message)


def folder_missing(path: str) -> NotFound:
    message = f"There is no folder {path} on the server. Choose it from the list."
    return NotFound("folder_missing", say("folder_missing", message, folder=path))


def files_below(top: Path, rights: FolderRights) -> Iterator[str]:
    """Files that may be pictures, relative to `top`: of no hidden folder, and of none that belongs to others.

    Links to folders are not followed; what a link to a file leads to is for the caller to judge.
    """
    real = resolved(top)
    for folder, folders, names in os.walk(top):
        below = Path(folder).relative_to(top)
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and rights.allow_resolved(real / below / name)
        ]
        yield from ((below / name).as_posix() for name in names if may_be_picture(name))


def may_be_picture(name: str) -> bool:
    """By the name alone: what is certainly something else need not be read."""
    return not name.startswith(".") and not name.lower().endswith((*NO_PICTURES, "thumbs.db", "desktop.ini"))
