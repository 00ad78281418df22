"""Pictures in a folder of the server, below a root that imports may read."""

import os
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from catalog.images import probe, scan_limits
from catalog.scans import KeptScan, keep_scan
from imports.folders import FoundFile
from imports.issues import Issue, Source, make_issue, storable
from imports.picture import Picture
from imports.pictures import read_pictures
from imports.sources.kept import kept_picture, read_in_threads
from imports.sources.roots import Folder, files_below

PLACEHOLDERS = "images_to_remove"


class FolderPictures:
    """A folder of the server. What lies in the data folder stays where it is; other pictures are copied."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.where = f"{folder.path}/"
        found = sorted(files_below(folder.place, folder.rights), key=str.casefold)
        self._placeholders = [name for name in found if name.startswith(f"{PLACEHOLDERS}/")]
        self.names = [name for name in found if not name.startswith(f"{PLACEHOLDERS}/")]
        self.issues: list[Issue] = []

    def read(self, names: Sequence[str]) -> list[Picture | Issue]:
        inside = {name: file for name in names if (file := self._in_data_folder(name))}
        read = dict(zip(inside, read_pictures(list(inside.values())), strict=True))
        others = [name for name in names if name not in read]
        read |= dict(zip(others, read_in_threads(self._copied, others), strict=True))
        return [_called(name, read[name]) for name in names]

    def _copied(self, name: str) -> Picture | Issue:
        place = self._folder.place / name
        if not self._folder.rights.allow(place):
            reason = "it is a link to a place that imports may not read; put the file itself there"
            return make_issue(Source(storable(name)), "file_outside_roots", reason, left_out=True)
        return kept_picture(name, lambda: _keep(place))

    def _in_data_folder(self, name: str) -> FoundFile | None:
        """The file as one of the data folder, if it lies there and may be read."""
        place = Path(os.path.abspath(self._folder.place / name))
        if not place.is_relative_to(settings.RECTO_DATA_DIR) or not self._folder.rights.allow(place):
            return None
        path = place.relative_to(settings.RECTO_DATA_DIR).as_posix()
        try:
            status = place.stat()
        except OSError:
            return FoundFile(place, path, path, 0, 0)  # the check of the file names what is wrong
        return FoundFile(place, path, path, status.st_size, status.st_mtime_ns)

    def placeholders(self, into: Path) -> list[Path]:
        """Those in the folder, and those beside it, as the folder of a collection has them."""
        beside = self._folder.place.parent / PLACEHOLDERS
        names = files_below(beside, self._folder.rights) if self._folder.rights.allow(beside) else ()
        found = [self._folder.place / name for name in self._placeholders] + [beside / name for name in names]
        return [file for file in found if self._folder.rights.allow(file)]

    def close(self) -> None:
        """Nothing is open."""


def _keep(place: Path) -> KeptScan:
    probe(place, limits=scan_limits())  # before gigabytes of something else are copied
    return keep_scan(place)


def _called(name: str, found: Picture | Issue) -> Picture | Issue:
    """With the name that the table may write, and not the whole path."""
    if isinstance(found, Issue):
        return found
    return Picture(storable(name), found.path, found.sha256, found.width, found.height, found.format)
