"""Copying files into a repository: what an earlier backup has of the same size and time is not read again."""

import errno
import shutil
from collections.abc import Callable, Iterable, Sequence

from backups.errors import BackupError
from backups.manifest import BackedUpFile, Manifest
from backups.repository import Repository
from backups.sources import FileToCopy
from core.disks import FULL

STAYS_FREE = 50_000_000  # bytes: room for the manifest, and for whoever else writes there
Progress = Callable[[int, int], None]


class Earlier:
    """The files of the newest backup, to be looked up by what they were like."""

    def __init__(self, repository: Repository, manifest: Manifest | None) -> None:
        files = manifest.files if manifest else []
        self._files = {(one.path, one.content.bytes, one.mtime_ns): one for one in files}
        self._pool = repository.pool

    def same(self, file: FileToCopy) -> BackedUpFile | None:
        """What was kept of this very file, if it is there."""
        known = self._files.get((file.path, file.bytes, file.mtime_ns))
        return known if known and self._pool.has(known.content) else None


def copy_files(
    repository: Repository, files: Sequence[FileToCopy], *, earlier: Earlier, progress: Progress
) -> list[BackedUpFile]:
    """Keep the content of every file; those that are gone meanwhile are left out.

    Progress is told the bytes that are done, and all. Raises BackupError when the new ones do not fit.
    """
    known = {file.path: earlier.same(file) for file in files}
    check_room(repository, (file.bytes for file in files if known[file.path] is None))
    done, total, kept = 0, sum(file.bytes for file in files), []
    for file in files:
        copied = known[file.path] or _copied(repository, file)
        if copied:
            kept.append(copied)
        done += file.bytes
        progress(done, total)
    return kept


def check_room(repository: Repository, sizes: Iterable[int]) -> None:
    """Raises BackupError before anything is copied that would not fit."""
    needed, free = sum(sizes) + STAYS_FREE, shutil.disk_usage(repository.folder).free
    if needed > free:
        raise BackupError(
            f"The new files need {needed / 1e6:,.0f} MB in {repository.folder}, where {free / 1e6:,.0f} MB "
            "are free. Make room there, or let old backups go (--keep)."
        )


def _copied(repository: Repository, file: FileToCopy) -> BackedUpFile | None:
    try:
        source = file.file.open("rb")
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno in FULL or error.errno != errno.EACCES:
            raise
        raise BackupError(f"{file.file} may not be read by this user. Nothing was backed up.") from error
    with source:
        return BackedUpFile(file.path, file.mtime_ns, repository.pool.add(source))
