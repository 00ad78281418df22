"""What a restore puts in place: made beside it first, then by renames that can be taken back."""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from backups.errors import BackupError

# Of a machine and its running processes; never of a backup.
STAYS = frozenset({"run", "locks", "secret_key", "broker", "workers", "beat-schedule", "last-backup.json"})

# A database of SQLite and what its processes keep beside it, by the endings of their names.
DATABASE_FILES = ("", "-wal", "-shm", "-journal")


class Exchange:
    """What `staged` holds takes the place of what is in the data folder, which goes `aside`."""

    def __init__(self, staged: Path, aside: Path, *, originals: bool, database: Path | None) -> None:
        """`database` is that of SQLite, made as `fresh_database`."""
        self._staged, self._aside, self._database = staged, aside, database
        self._old_database = database and database.with_name(f"{database.name}.{aside.name}")
        self._folders = ["processed", *(["raw"] if originals else [])]
        self._done: list[tuple[Path, Path]] = []

    @property
    def fresh_database(self) -> Path:
        """Where the database is made: where a rename brings it to its place."""
        assert self._database is not None
        if self._database.parent == data_dir() / "processed":
            return self._staged / "processed" / self._database.name
        return self._database.with_name(f"{self._database.name}.{self._staged.name}")

    @property
    def put_aside(self) -> list[Path]:
        """Where what was here before lies: a folder, and a database that lies elsewhere."""
        return [place for place in (self._aside, self._old_database) if place and place.exists()]

    def make(self) -> None:
        """Raises OSError, and then everything is where it was; BackupError when it could not be put back."""
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
        if self._database is None or self._old_database is None or not self.fresh_database.exists():
            return
        for ending in DATABASE_FILES:
            old = self._database.with_name(self._database.name + ending)
            if old.exists():
                self._move(old, self._old_database.with_name(self._old_database.name + ending))
        self._move(self.fresh_database, self._database)

    def take_back(self) -> None:
        """Raises BackupError, which names what could not be put back."""
        stays = []
        while self._done:
            came_from, is_at = self._done.pop()
            try:
                came_from.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(is_at, came_from)
            except OSError as error:
                stays.append(f"{is_at} belongs to {came_from} ({error.strerror})")
        if stays:
            raise BackupError(
                "The restore failed, and not all could be put back; move it there yourself: "
                f"{', '.join(stays)}."
            )
        for empty in (*(self._aside / folder for folder in self._folders), self._aside):
            with suppress(OSError):
                empty.rmdir()

    def remove_halves(self) -> None:
        """What was made to be put in place, and was not."""
        remove_folder(self._staged)
        if self._database:
            remove_database(self.fresh_database)

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


def remove_put_aside(places: Iterable[Path]) -> None:
    """Of a house in which nothing was."""
    for place in places:
        if place.is_dir():
            remove_folder(place)
        else:
            remove_database(place)


def remove_database(file: Path) -> None:
    for ending in DATABASE_FILES:
        file.with_name(file.name + ending).unlink(missing_ok=True)


def data_dir() -> Path:
    return Path(settings.RECTO_DATA_DIR)
