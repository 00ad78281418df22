"""The folders of the server that imports may read, by the names that curators see.

A path that a curator gives begins with the name of a root: `raw/engravings/images`. Links are followed, but
what they lead to has to lie below a root as well.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings

from core.errors import NotFound, UserError
from imports.folders import TABLE_ENDINGS, WORKBOOK_ENDINGS

NO_PICTURES = (*TABLE_ENDINGS, *WORKBOOK_ENDINGS, ".txt", ".pdf", ".xml", ".json", ".zip")
MOST_FOLDERS = 1_000  # of one folder that are listed
_COUNTED = 20_000  # files that are counted before the listing says that there are more


@dataclass(frozen=True)
class Folder:
    """A folder below a root: `path` as curators write it, `place` on the disk, not resolved."""

    path: str
    place: Path


@dataclass(frozen=True)
class Listed:
    """A folder with the number of pictures in it and, for the folder that was asked for, below it."""

    path: str
    name: str
    pictures: int


@dataclass(frozen=True)
class Listing:
    """What lies in a folder; `path` is "" for the list of the roots, `parent` None there."""

    path: str
    parent: str | None
    folders: list[Listed]
    pictures: int


def root_folders() -> dict[str, Path]:
    """The roots by their names; of two with one name the later gets a number."""
    named: dict[str, Path] = {}
    for place in map(Path, settings.RECTO_IMPORT_ROOTS):
        name, number = place.name or "root", 2
        while name in named:
            name, number = f"{place.name or 'root'}-{number}", number + 1
        named[name] = place
    return named


def open_server_folder(path: str) -> Folder:
    """The folder that a curator names. Raises UserError outside the roots, NotFound where there is none."""
    parts = PurePosixPath(path.replace("\\", "/"))
    if "\0" in path or parts.is_absolute() or ".." in parts.parts or not parts.parts:
        raise _outside(path)
    root = root_folders().get(parts.parts[0])
    if root is None:
        raise _outside(path)
    place = root.joinpath(*parts.parts[1:])
    if not is_below_a_root(place):
        raise _outside(path)
    if not place.is_dir():
        raise NotFound("folder_missing", f"There is no folder {path} on the server. Choose it from the list.")
    return Folder(parts.as_posix(), place)


def _outside(path: str) -> UserError:
    roots = ", ".join(root_folders())
    message = (
        f"The folder {path!r} is not below one that imports may read ({roots}). Choose it from the list."
    )
    return UserError("folder_outside_roots", f"{message} An operator can add one (RECTO_IMPORT_ROOTS).")


def is_below_a_root(place: Path) -> bool:
    """Whether `place`, with all links followed, is a root or lies below one."""
    resolved = place.resolve()
    return any(resolved.is_relative_to(root.resolve()) for root in root_folders().values())


def list_server_folders(path: str) -> Listing:
    """The folders in `path`, or the roots for "". Raises what `open_server_folder` raises."""
    if not path.strip("/"):
        found = [Listed(name, name, _pictures_in(place)) for name, place in root_folders().items()]
        return Listing("", None, found, 0)
    folder = open_server_folder(path.strip("/"))
    below = sorted(_folders_in(folder.place), key=lambda place: place.name.casefold())[:MOST_FOLDERS]
    found = [Listed(f"{folder.path}/{place.name}", place.name, _pictures_in(place)) for place in below]
    parent = PurePosixPath(folder.path).parent.as_posix()
    return Listing(folder.path, "" if parent == "." else parent, found, _pictures_in(folder.place))


def _folders_in(place: Path) -> Iterator[Path]:
    try:
        with os.scandir(place) as entries:
            for entry in entries:
                if not entry.name.startswith(".") and entry.is_dir() and is_below_a_root(Path(entry.path)):
                    yield Path(entry.path)
    except OSError:
        return  # a folder that may not be read is shown as empty


def _pictures_in(place: Path) -> int:
    """How many files that may be pictures lie in and below a folder; links to folders are not followed."""
    count = 0
    for _, folders, names in os.walk(place):
        folders[:] = [name for name in folders if not name.startswith(".")]
        count += sum(may_be_picture(name) for name in names)
        if count >= _COUNTED:
            break
    return count


def may_be_picture(name: str) -> bool:
    """By the name alone: what is certainly something else need not be read."""
    return not name.startswith(".") and not name.lower().endswith((*NO_PICTURES, "thumbs.db", "desktop.ini"))
