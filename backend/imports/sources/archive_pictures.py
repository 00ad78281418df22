"""Pictures in the ZIP archives that were uploaded for an import."""

import io
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings

from catalog.image_types import HEAD_BYTES, file_type
from catalog.scans import KeptScan, keep_scan
from core.errors import NoRoom, RectoError, UnsupportedType
from core.sentences import say
from imports.issues import Issue, Source, make_issue, storable
from imports.models import ImportRun
from imports.picture import Picture
from imports.sources.archives import Archive, ArchiveLimits, entries_of, open_archive
from imports.sources.folder_pictures import PLACEHOLDERS
from imports.sources.kept import kept_picture, read_in_threads
from imports.uploads import imports_folder

_STAYS_FREE = 1_000_000_000  # bytes of the disk that no archive may take


def archives_folder(run: ImportRun) -> Path:
    return imports_folder() / str(run.pk) / "archives"


def archive_files(run: ImportRun) -> list[Path]:
    """The archives that were uploaded for the run, in the order of their names."""
    return sorted(archives_folder(run).glob("*.zip"), key=lambda file: file.name.casefold())


def archive_limits() -> ArchiveLimits:
    """What is allowed on this machine now."""
    free = shutil.disk_usage(settings.RECTO_PROCESSED_DIR).free
    return ArchiveLimits(
        files=settings.RECTO_ZIP_MAX_FILES,
        entry_bytes=settings.RECTO_SCAN_MAX_BYTES,
        all_bytes=max(0, free - _STAYS_FREE),
    )


class ArchivePictures:
    """The archives of a run as one: of two files with one name the first counts."""

    where = "the ZIP"

    def __init__(self, archives: Sequence[Path]) -> None:
        self._archives: list[Archive] = []
        self.issues: list[Issue] = []
        for path in archives:
            self._open(path)
        self._archive_of = dict(entries_of(self._archives))
        self.names = [name for name in self._archive_of if not _is_placeholder(name)]

    def _open(self, path: Path) -> None:
        try:
            archive = open_archive(path, archive_limits())
        except NoRoom:
            raise  # nothing is wrong with the archive: the import goes on once there is room
        except RectoError as error:
            self.issues.append(make_issue(Source(path.name), error.code, error.message, left_out=True))
            return
        self._archives.append(archive)
        for one in archive.refused:
            source = Source(storable(f"{path.name}/{one.name}"))
            self.issues.append(make_issue(source, one.code, one.reason, left_out=True))

    def close(self) -> None:
        for archive in self._archives:
            archive.file.close()

    def read(self, names: Sequence[str]) -> list[Picture | Issue]:
        return read_in_threads(self._read, names)

    def _read(self, name: str) -> Picture | Issue:
        return kept_picture(name, partial(self._keep, name))

    def _keep(self, name: str) -> KeptScan:
        with self._opened(name) as content:
            head = content.peek(HEAD_BYTES)[:HEAD_BYTES]
            _check_type(head)
            return keep_scan(cast(BinaryIO, content))

    def _opened(self, name: str) -> io.BufferedReader:
        archive = self._archive_of.get(name)
        if archive is None:
            raise UnsupportedType("zip_entry_missing", "The archive has no such file any more.")
        return archive.opened(name)

    def placeholders(self, into: Path) -> list[Path]:
        """Unpacked into the folder `into`, under numbers."""
        found = []
        for number, name in enumerate(filter(_is_placeholder, self._archive_of)):
            into.mkdir(parents=True, exist_ok=True)
            target = into / f"zip-{number}"
            with self._opened(name) as content, target.open("wb") as file:
                shutil.copyfileobj(content, file)
            found.append(target)
        return found


def _is_placeholder(name: str) -> bool:
    return PLACEHOLDERS in name.split("/")[:-1]


def _check_type(head: bytes) -> None:
    """By the first bytes, before the rest is unpacked."""
    found = file_type(head)
    if found.name:
        return
    if "ZIP" in found.refused:
        raise UnsupportedType("zip_nested", "By its content it is an archive in the archive; not opened.")
    what = found.refused or "not a picture of a known type"
    message = f"By its content it is {what}, whatever its name says."
    raise UnsupportedType("image_type_refused", say("image_type_in_archive", message))
