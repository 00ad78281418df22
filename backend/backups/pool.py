"""The contents of a backup folder: each once, whoever has it, as contents/<sha256[:2]>/<sha256>.

A content gets its name when it is whole, so what has a name can be trusted to have been written. No Django.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from backups.errors import BackupError

CHUNK = 1 << 20


@dataclass(frozen=True)
class Content:
    """Some bytes, by their SHA-256, and how many there are."""

    sha256: str
    bytes: int


class Pool:
    def __init__(self, folder: Path) -> None:
        self._folder = folder / "contents"
        self._incoming = folder / "incoming"
        # What this process has put here: what has to be read again, or to go when the backup fails.
        self.added: set[Content] = set()

    def path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def has(self, content: Content) -> bool:
        try:
            return self.path(content.sha256).stat().st_size == content.bytes
        except OSError:
            return False

    def add(self, source: BinaryIO) -> Content:
        """Keep everything that the source gives."""
        self._incoming.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._incoming, delete=False) as file:
            draft = Path(file.name)
            try:
                content = copy_and_count(source, file)
                file.close()
                return self._placed(draft, content)
            finally:
                draft.unlink(missing_ok=True)

    def _placed(self, draft: Path, content: Content) -> Content:
        if not self.has(content):
            file = self.path(content.sha256)
            file.parent.mkdir(parents=True, exist_ok=True)
            os.replace(draft, file)
            self.added.add(content)
        return content

    def copy_to(self, content: Content, target: Path) -> None:
        """Write the content to a new file. Raises BackupError when it is not what it was."""
        target.parent.mkdir(parents=True, exist_ok=True)
        with self._opened(content) as source, target.open("xb") as file:
            self._compare(content, copy_and_count(source, file))

    def read(self, content: Content) -> bytes:
        """The whole content. Raises BackupError when it is not what it was."""
        with self._opened(content) as source:
            read = source.read()
        self._compare(content, Content(hashlib.sha256(read).hexdigest(), len(read)))
        return read

    def check(self, content: Content) -> None:
        """Read it through. Raises BackupError when it is not what it was, and sets it aside."""
        with self._opened(content) as source:
            found = hashlib.file_digest(source, "sha256").hexdigest()
        if found != content.sha256:
            file = self.path(content.sha256)
            with contextlib.suppress(OSError):  # so that the next backup writes it again
                file.rename(file.with_name(f"{file.name}.damaged"))
        self._compare(content, Content(found, content.bytes))

    def _opened(self, content: Content) -> BufferedReader:
        try:
            return self.path(content.sha256).open("rb")
        except OSError as error:
            raise BackupError(f"{error.filename} of the backup cannot be read: {error.strerror}.") from error

    def _compare(self, wanted: Content, found: Content) -> None:
        if found != wanted:
            raise BackupError(
                f"{self.path(wanted.sha256)} is not what was written there: the disk has damaged it. "
                "Make a new backup; it writes the file again."
            )

    def take_back(self) -> None:
        """Delete what this process has added: its backup failed."""
        self.drop(content.sha256 for content in self.added)
        self.added.clear()

    def drop(self, names: Iterator[str]) -> None:
        for name in names:
            self.path(name).unlink(missing_ok=True)

    def drop_halves(self) -> None:
        """Delete what a killed process was writing."""
        for file in self._incoming.glob("*"):
            file.unlink(missing_ok=True)

    def sweep(self, named: Collection[str]) -> None:
        """Delete contents that no backup names."""
        for file in self._folder.glob("*/*"):
            if file.name not in named:
                file.unlink(missing_ok=True)


def copy_and_count(source: BinaryIO, target: "BinaryIO | tempfile._TemporaryFileWrapper[bytes]") -> Content:
    """Copy to the end; what was copied."""
    digest, count = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
        count += len(chunk)
    return Content(digest.hexdigest(), count)
