"""The folder of a collection: where it may be, and which files in it are pictures, tables and placeholders.

images/            the scans, in folders of any depth
images_to_remove/  placeholder pictures
metadata.csv       and metadata/*.csv, or .tsv, or .xlsx: the tables
examples/          photographs to try a search with, described by examples/*.csv
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import UserError
from core.sentences import say
from imports.issues import storable

TEXT_ENDINGS = (".csv", ".tsv")
TABLE_ENDINGS = (*TEXT_ENDINGS, ".xlsx")
UNREAD_ENDINGS = (".xls", ".ods")
MAX_TABLE_BYTES = 300_000_000
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "icon\r"})


@dataclass(frozen=True)
class FoundFile:
    """A file: where it is, its name below its folder, its path relative to the data folder, size and time."""

    file: Path
    name: str
    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True)
class CollectionFolder:
    """`root` is absolute; `path` is the same relative to the data folder, with forward slashes."""

    root: Path
    path: str

    def images(self) -> list[FoundFile]:
        return self._files("images")

    def placeholders(self) -> list[FoundFile]:
        return self._files("images_to_remove")

    def examples(self) -> list[FoundFile]:
        files = self._files("examples")
        return [found for found in files if not found.name.lower().endswith(TABLE_ENDINGS)]

    def examples_table(self) -> Path | None:
        beside = [path for path in _tables(self.root) if path.stem.lower() == "examples"]
        return next(iter(_tables(self.root / "examples") + beside), None)

    def tables(self) -> list[Path]:
        """The tables in the order of their names, metadata.csv first."""
        single = [path for path in _tables(self.root) if path.stem.lower() == "metadata"]
        return single + _tables(self.root / "metadata")

    def unread_tables(self) -> list[Path]:
        """What lies where tables are looked for, and is left alone: old workbooks, and one beside its CSV."""
        return sorted(
            file
            for folder in (self.root, self.root / "metadata")
            for file in _files_in(folder)
            if file.suffix.lower() in UNREAD_ENDINGS or _has_text_beside(file)
        )

    def _files(self, name: str) -> list[FoundFile]:
        top = self.root / name
        return sorted(_walk(top, f"{self.path}/{name}"), key=lambda found: found.name.casefold())


def open_folder(folder: Path, *, data_dir: Path) -> CollectionFolder:
    """The collection in `folder`. Raises UserError when it is not there, not inside, or has no images/."""
    if not folder.is_dir():
        raise UserError("folder_missing", f"There is no folder {folder}. Give the path of a collection.")
    root, path = _inside(folder, data_dir)
    if not (root / "images").is_dir():
        remedy = f"Put the scans into {root / 'images'}"
        raise UserError("images_missing", f"{folder} has no folder images/. {remedy} and load it again.")
    return CollectionFolder(root, path)


def _inside(folder: Path, data_dir: Path) -> tuple[Path, str]:
    """A link in the data folder to a folder elsewhere counts as inside: whoever made it wants it there."""
    for root in (Path(os.path.abspath(folder)), folder.resolve()):
        if root != data_dir and root.is_relative_to(data_dir):
            return root, root.relative_to(data_dir).as_posix()
    raise UserError(
        "folder_outside_data",
        f"The folder {folder} is not in Recto's data folder. Files stay where they are, so move or link "
        f"it to {data_dir / 'raw' / folder.resolve().name}, or set RECTO_DATA_DIR to a folder around it.",
    )


def _walk(top: Path, path: str) -> Iterator[FoundFile]:
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and name.lower() not in _SYSTEM_FILES:
                file = Path(folder, name)
                below = file.relative_to(top).as_posix()
                status = _status(file)
                yield FoundFile(file, below, f"{path}/{below}", *status)


def _status(file: Path) -> tuple[int, int]:
    """Size and time; zeros for a link that leads nowhere, which the check of the file then names."""
    try:
        status = file.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def _tables(folder: Path) -> list[Path]:
    files = [file for file in _files_in(folder) if file.suffix.lower() in TABLE_ENDINGS]
    return sorted(file for file in files if not _has_text_beside(file))


def _files_in(folder: Path) -> list[Path]:
    """Without hidden ones, and those that a spreadsheet keeps while somebody has the workbook open."""
    files = folder.iterdir() if folder.is_dir() else ()
    return [file for file in files if not file.name.startswith((".", "~$")) and file.is_file()]


def _has_text_beside(file: Path) -> bool:
    """A workbook that was saved as CSV as well: its rows would be there twice."""
    is_text = file.suffix.lower() in TEXT_ENDINGS
    return not is_text and any(file.with_suffix(ending).is_file() for ending in TEXT_ENDINGS)


def read_bytes_of(table: Path) -> bytes:
    """The content of a table. Raises UserError when it is too large or cannot be read."""
    try:
        size = table.stat().st_size
        if size > MAX_TABLE_BYTES:
            limit = f"{MAX_TABLE_BYTES / 1e6:g} MB"
            message = say(
                "table_too_large",
                f"The table {storable(table.name)} has {size / 1e6:.0f} MB; the limit is {limit}. Split it.",
                megabytes=round(size / 1e6),
                limit=MAX_TABLE_BYTES / 1e6,
            )
            raise UserError("table_too_large", message)
        return table.read_bytes()
    except OSError as error:
        message = say(
            "table_unreadable",
            f"The table {storable(table.name)} cannot be read ({error.strerror}). Check its permissions.",
            table=storable(table.name),
        )
        raise UserError("table_unreadable", message) from error
