"""Versions of an index on disk: `<root>/<version>/` with its files and a manifest, and `<root>/current` that names one.

A version is written beside the others under a temporary name, made durable, read back and compared, and only then
renamed into place; the pointer changes last. A crash at any moment leaves the version that was current. What the
files are is the business of `knn.artifact` and `local.artifact`.
"""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST_FILE = "manifest.json"
POINTER_FILE = "current"
LOCK_FILE = ".publishing.lock"
TEMPORARY_PREFIX = ".publishing-"


class ArtifactError(Exception):
    """An artifact that cannot be used; the message names the file, what is wrong and what to do."""


class NothingPublished(ArtifactError):
    """No version has been published in this folder yet."""


@dataclass(frozen=True)
class Manifest:
    """What `manifest.json` says.

    Attributes:
        version: the folder's name; versions of different seconds sort by time.
        descriptor: id of the descriptor, or of the codec, that made every entry.
        last_change: number of the last IndexChange that is in.
        dim, count: numbers in a vector, and images.
        created: ISO 8601, UTC.
        files: name -> {"bytes": size, "sha256": hex digest}.
        extra: whatever else the publisher recorded.
    """

    version: str
    descriptor: str
    last_change: int
    dim: int
    count: int
    created: str
    files: Mapping[str, Mapping[str, Any]]
    extra: Mapping[str, Any] = field(default_factory=dict)
    format: int = FORMAT


@dataclass(frozen=True)
class Draft:
    """An index about to be published.

    Attributes:
        fields: "descriptor" (id) and "last_change" (number); anything else goes into the manifest's `extra`.
        dim, count: as in the manifest.
        files: names of the files that `write` makes.
        write: writes them into a folder.
        same: reads a written folder as it will be read, and says whether it holds what was to be written.
    """

    fields: Mapping[str, Any]
    dim: int
    count: int
    files: Sequence[str]
    write: Callable[[Path], None]
    same: Callable[[Path, Manifest], bool]


@dataclass(frozen=True)
class Versions:
    """All versions of one index.

    Attributes:
        root: their folder, made by the first publication.
        noun: what is published, for messages.
    """

    root: Path
    noun: str

    def publish(self, draft: Draft) -> str:
        """Write a new version and make it the current one; returns the version.

        One publisher at a time: a second waits.

        Raises:
            ArtifactError: what was read back differs from what was written. Nothing was published.
            OSError: no space, no permission. Nothing was published.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with _only_publisher(self.root):
            _remove_leftovers(self.root)
            version = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
            folder = self.root / f"{TEMPORARY_PREFIX}{version}"
            folder.mkdir()
            self._write(folder, version, draft)
            os.rename(folder, self.root / version)
            sync(self.root)
            _point_at(self.root, version)
        return version

    def open(self, version: str | None = None) -> tuple[Path, Manifest]:
        """The folder of a version whose files are as its manifest says; None opens the current one.

        Raises:
            NothingPublished: there is no current version.
            ArtifactError: a file is missing, truncated or altered.
        """
        name = version or self.current()
        if name is None:
            raise NothingPublished(f"no {self.noun} is published in {self.root}; build one first")
        folder = self.root / name
        manifest = self.read_manifest(folder)
        for file, expected in manifest.files.items():
            self._check_file(folder / file, expected)
        return folder, manifest

    def current(self) -> str | None:
        """The version that `open` opens; None before the first publication."""
        try:
            return (self.root / POINTER_FILE).read_text(encoding="ascii").strip() or None
        except FileNotFoundError:
            return None

    def complete(self) -> list[str]:
        """All complete versions, oldest first (by second; within one second in no order)."""
        if not self.root.is_dir():
            return []
        return sorted(p.name for p in self.root.iterdir() if p.is_dir() and not p.name.startswith("."))

    def prune(self, keep: int, protected: Collection[str] = ()) -> list[str]:
        """Delete all but the newest `keep` versions, the current one and the protected; returns what was deleted.

        A process that has mapped a deleted version goes on using it: the file lives until it is closed.
        """
        if not self.root.is_dir():
            return []
        with _only_publisher(self.root):
            kept = {self.current(), *self.complete()[-keep:], *protected}
            gone = [version for version in self.complete() if version not in kept]
            for version in gone:
                shutil.rmtree(self.root / version)
        return gone

    def read_manifest(self, folder: Path) -> Manifest:
        """The manifest of a folder. Raises ArtifactError when it is missing or unreadable."""
        path = folder / MANIFEST_FILE
        try:
            manifest = Manifest(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError as error:
            raise ArtifactError(f"{path} is missing; publish the {self.noun} again") from error
        except (ValueError, TypeError) as error:
            raise ArtifactError(f"{path} is not a manifest; publish the {self.noun} again") from error
        if manifest.format != FORMAT:
            raise ArtifactError(f"{path} has format {manifest.format}, this program reads {FORMAT}; publish again")
        return manifest

    def _write(self, folder: Path, version: str, draft: Draft) -> None:
        draft.write(folder)
        for name in draft.files:
            sync(folder / name)
        _write_manifest(folder, _manifest_of(folder, version, draft))
        if not draft.same(folder, self.read_manifest(folder)):
            raise ArtifactError(
                f"{folder} reads back differently from what was written; check the disk, then publish again"
            )

    def _check_file(self, path: Path, expected: Mapping[str, Any]) -> None:
        if not path.is_file():
            raise ArtifactError(f"{path} is missing; publish the {self.noun} again")
        size = path.stat().st_size
        if size != expected["bytes"]:
            raise ArtifactError(f"{path} has {size} bytes, its manifest says {expected['bytes']}; publish again")
        if _sha256(path) != expected["sha256"]:
            raise ArtifactError(f"{path} is altered: its sha256 is not the manifest's; publish the {self.noun} again")


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's names, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _manifest_of(folder: Path, version: str, draft: Draft) -> Manifest:
    extra = dict(draft.fields)
    try:
        descriptor, last_change = str(extra.pop("descriptor")), int(extra.pop("last_change"))
    except KeyError as missing:
        raise ValueError(f"manifest_fields lacks {missing}; give 'descriptor' and 'last_change'") from missing
    return Manifest(
        version=version,
        descriptor=descriptor,
        last_change=last_change,
        dim=draft.dim,
        count=draft.count,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        files={name: _file_facts(folder / name) for name in draft.files},
        extra=extra,
    )


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    path = folder / MANIFEST_FILE
    path.write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")
    sync(path)
    sync(folder)


def _point_at(root: Path, version: str) -> None:
    temporary = root / f".{POINTER_FILE}.part"
    temporary.write_text(version + "\n", encoding="ascii")
    sync(temporary)
    os.replace(temporary, root / POINTER_FILE)
    sync(root)


def _file_facts(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "sha256": _sha256(path)}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove_leftovers(root: Path) -> None:
    # Only the holder of the lock may: any temporary folder is then a dead publisher's.
    for folder in root.glob(f"{TEMPORARY_PREFIX}*-*"):
        shutil.rmtree(folder)


@contextmanager
def _only_publisher(root: Path) -> Iterator[None]:
    with (root / LOCK_FILE).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
