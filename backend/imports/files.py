"""The files that Recto keeps itself: which of them nobody names any more, and which are missing.

A scan is named by the picture that has it, by a state of a record that can be restored, and by an import
that has still to give it to its record. What only an undone import brought is named by nobody.
"""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from catalog.models import PrintImage, Revision
from catalog.scans import SCANS, scans_at_rest
from imports.models import CheckedFile, FetchedFile, ImportImage, ImportRun
from imports.uploads import imports_folder
from indexing.keeping import anything_kept, forget_kept_features

State = ImportRun.State
GIVEN_UP = (State.ABANDONED, State.UNDONE)
Origin = Revision.Origin


@dataclass
class FilesFound:
    """Paths below RECTO_DATA_DIR: files of pictures that are not there, or are not what they were; files that
    nobody names; and how many pictures were looked at."""

    pictures: int = 0
    missing: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)

    @property
    def agree(self) -> bool:
        return not (self.missing or self.altered or self.orphans)


def check_files(*, checksums: bool = False) -> FilesFound:
    """Compare the rows of pictures with the files, and the files kept with whoever names them."""
    found = FilesFound(orphans=orphans())
    for path, sha256 in PrintImage.objects.order_by("pk").values_list("path", "sha256").iterator():
        found.pictures += 1
        file = _data_dir() / path
        if not file.is_file():
            found.missing.append(path)
        elif checksums and _sha256(file) != sha256:
            found.altered.append(path)
    return found


def sweep_files() -> list[str]:
    """Delete the files that nobody names. Touches nothing while scans are being kept. Returns the paths."""
    with scans_at_rest() as at_rest:
        if not at_rest:
            return []
        swept = orphans()
        for path in swept:
            _delete(_data_dir() / path)
        FetchedFile.objects.filter(path__in=swept).delete()
        CheckedFile.objects.filter(path__in=swept).delete()
    if anything_kept():
        forget_kept_features(_images_that_may_return())
    return swept


def orphans() -> list[str]:
    """Files and folders that Recto keeps and nobody names."""
    return sorted([*_orphaned_scans(), *_orphaned_folders()])


def _orphaned_scans() -> set[str]:
    """(The revisions are read through only when there is a file that no picture names.)"""
    candidates = set(_kept_scans())
    candidates -= set(PrintImage.objects.filter(path__startswith=f"{SCANS}/").values_list("path", flat=True))
    pending = ImportImage.objects.filter(state=ImportImage.State.READY).exclude(run__state__in=GIVEN_UP)
    candidates -= set(pending.values_list("path", flat=True))
    for path in _paths_in_revisions() if candidates else ():
        candidates.discard(path)
    return candidates


def _kept_scans() -> Iterator[str]:
    for file in (_data_dir() / SCANS).rglob("*"):
        if file.is_file():
            yield file.relative_to(_data_dir()).as_posix()


def _paths_in_revisions() -> Iterator[str]:
    for snapshot in _states_to_restore():
        yield from (one["path"] for one in snapshot["images"])


def _images_that_may_return() -> set[int]:
    return {one["id"] for snapshot in _states_to_restore() for one in snapshot["images"]}


def _states_to_restore() -> Iterator[dict[str, Any]]:
    """The states that records have had, but for those that only an undone import gave them."""
    undone = set(ImportRun.objects.filter(state=State.UNDONE).values_list("pk", flat=True))
    rows = Revision.objects.order_by("pk").values_list("origin", "origin_id", "before", "after")
    for origin, origin_id, before, after in rows.iterator(chunk_size=500):
        if before and origin != Origin.UNDO:
            yield before
        if after and not (origin == Origin.IMPORT and origin_id in undone):
            yield after


def _orphaned_folders() -> Iterator[str]:
    """What was uploaded for imports that are gone or were given up before anything was written."""
    if not imports_folder().is_dir():
        return
    needed = set(ImportRun.objects.exclude(state=State.ABANDONED).values_list("pk", flat=True))
    for folder in imports_folder().iterdir():
        if folder.name.isdecimal() and int(folder.name) not in needed:
            yield folder.relative_to(_data_dir()).as_posix()


def _delete(file: Path) -> None:
    if file.is_dir():
        shutil.rmtree(file, ignore_errors=True)
    else:
        file.unlink(missing_ok=True)


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _data_dir() -> Path:
    return Path(settings.RECTO_DATA_DIR)
