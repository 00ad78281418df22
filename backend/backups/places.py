"""What a restore puts in place: made beside it first, then by renames that can be taken back."""

import os
import shutil
from pathlib import Path

from django.conf import settings

from backups.errors import BackupError

# Of a machine and its running processes; never of a backup.
STAYS = frozenset({"run", "locks", "secret_key", "broker", "workers", "beat-schedule", "last-backup.json"})


class Exchange:
    """What `staged` holds takes the place of what is in the data folder, which goes `aside`."""

    def __init__(self, staged: Path, aside: Path, *, originals: bool, database: Path | None) -> None:
        """`database` is that of SQLite, made as `fresh_database`."""
        self._staged, self._aside, self._database = staged, aside, database
        self._folders = ["processed", *(["raw"] if originals else [])]
        self._done: list[tuple[Path, Path]] = []

    @property
    def fresh_database(self) -> Path:
        """Where the database is made: where a rename brings it to its place."""
        assert self._database is not None
        if self._database.parent == data_dir() / "processed":
            return self._staged / "processed" / self._database.name
        return self._database.with_name(f"{self._database.name}.{self._staged.name}")

    def make(self) -> None:
        """Raises OSError, and then everything is where it was."""
        try:
            for folder in self._folders:
                for entry in occupied(folder):
                    self._move(entry, self._aside / folder / entry.name)
                for entry in sorted((self._staged / folder).glob("*")):
                    target = data_dir() / folder / entry.name
                    if target.exists() or target.is_symlink():  # the secret key
                        self._move(target, self._aside / folder / entry.name)
                    self._move(entry, target)
            self._exchange_database()
        except BaseException:
            self.take_back()
            raise

    def _exchange_database(self) -> None:
        """One that lies elsewhere is put aside beside itself: a rename leads into no other file system."""
        if self._database is None or not self.fresh_database.exists():
            return
        for ending in ("", "-wal", "-shm"):
            old = self._database.with_name(self._database.name + ending)
            if old.exists():
                self._move(old, old.with_name(f"{old.name}.{self._aside.name}"))
        self._move(self.fresh_database, self._database)

    def take_back(self) -> None:
        while self._done:
            came_from, is_at = self._done.pop()
            came_from.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(is_at, came_from)

    def _move(self, entry: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(entry, target)  # (raw/ may be another file system)
        self._done.append((entry, target))


def occupied(folder: str) -> list[Path]:
    """What lies in a folder of the data folder and is not of this machine alone."""
    stays = STAYS if folder == "processed" else frozenset()
    place = data_dir() / folder
    return sorted(entry for entry in place.glob("*") if entry.name not in stays) if place.is_dir() else []


def holds_anything(folder: str) -> bool:
    """Whether there are files that a restore would have to put aside; empty folders do not count."""
    for entry in occupied(folder):
        if entry.is_file() or entry.is_symlink() or any(one.is_file() for one in entry.rglob("*")):
            return True
    return False


def check_writable(folder: str) -> None:
    """Raises BackupError for one that is there and may only be read: in containers that is data/raw/."""
    place = data_dir() / folder
    if place.is_dir() and not os.access(place, os.W_OK):
        raise BackupError(
            f"{place} cannot be written here. Mount it so that it can, or restore --without-originals and "
            "copy them there yourself."
        )


def check_room(needed: int) -> None:
    """Raises BackupError when so many bytes do not fit beside what is there."""
    free = shutil.disk_usage(data_dir()).free
    if needed > free:
        raise BackupError(
            f"The backup needs {needed / 1e6:,.0f} MB in {data_dir()}, where {free / 1e6:,.0f} MB are free."
        )


def remove_folder(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def data_dir() -> Path:
    return Path(settings.RECTO_DATA_DIR)
