"""Lists of the folders that somebody may take pictures from, with how many pictures are in them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from imports.sources.folder_rights import FolderRights
from imports.sources.roots import Folder, files_below, open_server_folder, root_folders

MOST_FOLDERS = 1_000  # of one folder that are listed
_COUNTED = 20_000  # files that are counted at most


@dataclass(frozen=True)
class Listed:
    """A folder with the number of pictures in it and below it."""

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


def list_server_folders(path: str, rights: FolderRights) -> Listing:
    """The folders in `path`, or the roots for "". Raises what `open_server_folder` raises."""
    if not path.strip("/"):
        roots = [(name, place) for name, place in root_folders().items() if rights.allow(place)]
        return Listing("", None, [Listed(name, name, _count(place, rights)) for name, place in roots], 0)
    folder = open_server_folder(path.strip("/"), rights)
    below = sorted(_folders_in(folder), key=lambda place: place.name.casefold())[:MOST_FOLDERS]
    found = [Listed(f"{folder.path}/{place.name}", place.name, _count(place, rights)) for place in below]
    parent = PurePosixPath(folder.path).parent.as_posix()
    return Listing(folder.path, "" if parent == "." else parent, found, _count(folder.place, rights))


def _folders_in(folder: Folder) -> Iterator[Path]:
    is_root = folder.path in root_folders()
    try:
        with os.scandir(folder.place) as entries:
            for entry in entries:
                if entry.name.startswith(".") or (is_root and folder.rights.is_closed(entry.name)):
                    continue
                if entry.is_dir() and folder.rights.allow(Path(entry.path)):
                    yield Path(entry.path)
    except OSError:
        return  # a folder that may not be read is shown as empty


def _count(place: Path, rights: FolderRights) -> int:
    """How many files that may be pictures, and be read, lie in and below a folder."""
    readable = (name for name in files_below(place, rights) if _may_read(place / name, rights))
    return sum(1 for _ in islice(readable, _COUNTED))


def _may_read(file: Path, rights: FolderRights) -> bool:
    """(Its folder may be read, so only a link can lead elsewhere.)"""
    return not file.is_symlink() or rights.allow(file)
