"""What one backup holds: manifest.json, and how it is read and written. No Django."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from backups.pool import Content

FORMAT = 1


class Unreadable(Exception):
    """Why a manifest cannot be read: the rest of a sentence that begins with its backup's name."""


@dataclass(frozen=True)
class BackedUpFile:
    """A file below RECTO_DATA_DIR, with the time of its last change, in nanoseconds."""

    path: str
    mtime_ns: int
    content: Content


@dataclass(frozen=True)
class BackedUpTable:
    """The rows of a model (`app.Model`), with the columns in this order; the highest id it ever gave."""

    model: str
    columns: list[str]
    rows: int
    last_id: int | None
    contents: list[Content]


@dataclass(frozen=True)
class Manifest:
    """`missing` are pictures that rows name and that were not there; the rest says itself."""

    name: str
    made_at: str
    recto: str
    database: str
    migrations: dict[str, list[str]]
    tables: list[BackedUpTable]
    files: list[BackedUpFile]
    missing: list[str] = field(default_factory=list)
    originals: bool = True
    secret_key: bool = False
    format: int = FORMAT

    def contents(self) -> Iterator[Content]:
        """Everything that has to be there for it to be whole; some may come twice."""
        for table in self.tables:
            yield from table.contents
        for file in self.files:
            yield file.content

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    @property
    def bytes(self) -> int:
        return sum(content.bytes for content in self.contents())

    def table(self, model: str) -> BackedUpTable | None:
        return next((table for table in self.tables if table.model == model), None)


def write_manifest(manifest: Manifest) -> bytes:
    """(ASCII: names of files may be bytes that no encoding knows.)"""
    return json.dumps(asdict(manifest), indent=1).encode("ascii")


def read_manifest(written: bytes, *, sha256: str) -> Manifest:
    """Raises Unreadable when it is not what was written, or of a later kind."""
    if hashlib.sha256(written).hexdigest() != sha256:
        raise Unreadable(
            "its manifest.json is not what was written there, by its manifest.sha256. Use another backup."
        )
    try:
        given: dict[str, Any] = json.loads(written)
        if given["format"] != FORMAT:
            raise Unreadable(
                f"it is of format {given['format']}, made by Recto {given['recto']}; this Recto reads format "
                f"{FORMAT}. Restore it with that version."
            )
        return _manifest_of(given)
    except (ValueError, TypeError, KeyError) as error:
        raise Unreadable("its manifest.json is not one of Recto's. Use another backup.") from error


def _manifest_of(given: dict[str, Any]) -> Manifest:
    tables = [BackedUpTable(**_with_contents(table)) for table in given["tables"]]
    files = [BackedUpFile(**one | {"content": Content(**one["content"])}) for one in given["files"]]
    return Manifest(**given | {"tables": tables, "files": files})


def _with_contents(table: dict[str, Any]) -> dict[str, Any]:
    return table | {"contents": [Content(**one) for one in table["contents"]]}
