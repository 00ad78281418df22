"""A folder of backups: contents/ that they share, and backups/<name>/manifest.json for each. No Django.

A backup is there when its folder is, which is renamed into place at the very end; one that was cut short has
left contents that nobody names, and the next one sweeps them away.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backups.errors import BackupError
from backups.manifest import Manifest, Unreadable, read_manifest, write_manifest
from backups.pool import Content, Pool

MANIFEST, CHECKSUM, README = "manifest.json", "manifest.sha256", "README.txt"
_README = """Backups of Recto.

backups/<time>/manifest.json says what one backup holds; contents/ has the bytes of all of them, each once, by
SHA-256. Nothing here is whole without the rest: copy the folder as it is.

  manage.py backup --verify THIS_FOLDER    reads everything through
  manage.py restore THIS_FOLDER            restores the newest; --backup <time> another

It holds personal data and whatever is not public in the catalogue: keep it where nobody else reads.
"""


class Repository:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pool = Pool(folder)

    def names(self) -> list[str]:
        """Of all whole backups, oldest first."""
        return sorted(folder.parent.name for folder in self._backups.glob(f"[!.]*/{MANIFEST}"))

    def manifest(self, name: str = "") -> Manifest:
        """Of this backup, or the newest. Raises BackupError when there is none, or it is damaged."""
        names = self.names()
        if not names:
            raise BackupError(f"There is no backup in {self.folder}.")
        if name and name not in names:
            raise BackupError(f"There is no backup {name} in {self.folder}; there are {', '.join(names)}.")
        folder = self._backups / (name or names[-1])
        try:
            checksum = (folder / CHECKSUM).read_text(errors="replace").partition(" ")[0].strip()
            return read_manifest((folder / MANIFEST).read_bytes(), sha256=checksum)
        except OSError as error:
            raise BackupError(f"{error.filename} cannot be read: {error.strerror}.") from error
        except Unreadable as error:
            raise BackupError(f"The backup {folder.name} cannot be read: {error}") from error

    def publish(self, manifest: Manifest) -> None:
        """Make a backup whose contents are here one that is there, all at once."""
        draft = self._backups / f".{manifest.name}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        written = write_manifest(manifest)
        (draft / MANIFEST).write_bytes(written)
        (draft / CHECKSUM).write_text(f"{hashlib.sha256(written).hexdigest()}  {MANIFEST}\n")
        os.sync()
        draft.rename(self._backups / manifest.name)
        os.sync()

    def check(self, manifest: Manifest) -> Iterator[Content]:
        """Read its contents through, each once, and yield them. Raises BackupError at one that is damaged."""
        for content in set(manifest.contents()):
            self.pool.check(content)
            yield content

    def prune(self, *, keep: int) -> list[str]:
        """Delete all but the newest `keep` backups, and what only they named; their names."""
        old = self.names()[:-keep]
        for name in old:
            # Renamed first: half a folder must not look like a backup.
            going = self._backups / f".{name}"
            (self._backups / name).rename(going)
            shutil.rmtree(going)
        self.sweep()
        return old

    def sweep(self) -> dict[str, str]:
        """Delete what no backup names; while one cannot be read, nobody knows what it names, and all stays.

        Returns why, by the names of those that cannot be read.
        """
        for draft in self._backups.glob(".*"):
            shutil.rmtree(draft, ignore_errors=True)
        self.pool.drop_halves()
        named: set[str] = set()
        unreadable: dict[str, str] = {}
        for name in self.names():
            try:
                named.update(content.sha256 for content in self.manifest(name).contents())
            except BackupError as error:
                unreadable[name] = str(error)
        if not unreadable:
            self.pool.sweep(named)
        return unreadable

    @property
    def _backups(self) -> Path:
        return self.folder / "backups"


@contextmanager
def opened_for_writing(folder: Path) -> Iterator[Repository]:
    """The repository in this folder, which nobody else writes to meanwhile; made when it is not there.

    Only its owner may read what is made. Raises BackupError when a backup is being made there, or the folder
    holds something else.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / README).is_file():
        raise BackupError(f"{folder} holds something that is no backup of Recto. Name an empty folder.")
    before = os.umask(0o077)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / README).write_text(_README)
        with (folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BackupError(f"Another backup into {folder} is being made.") from error
            yield Repository(folder)
    finally:
        os.umask(before)
