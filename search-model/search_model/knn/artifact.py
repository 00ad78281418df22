"""The KNN model on disk: `<root>/<version>/` with index, ids and manifest, and `<root>/current` that names
one.

A version is written beside the others under a temporary name, made durable, read back and compared row by
row, and only then renamed into place; the pointer changes last. A crash at any moment leaves the version that
was current.
"""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from search_model.knn.flat import FlatIndex
from search_model.knn.index import Ids, Index
from search_model.knn.segment import Segment, read_flat, write_flat

FORMAT = 1
INDEX_FILE = "index.faiss"
IDS_FILE = "ids.npy"
MANIFEST_FILE = "manifest.json"
POINTER_FILE = "current"
LOCK_FILE = ".publishing.lock"
TEMPORARY_PREFIX = ".publishing-"
ROWS_AT_ONCE = 10_000


class ArtifactError(Exception):
    """An artifact that cannot be used; the message names the file, what is wrong and what to do."""


class NothingPublished(ArtifactError):
    """No version has been published in this folder yet."""


@dataclass(frozen=True)
class Manifest:
    """What `manifest.json` says.

    Attributes:
        version: the folder's name; versions of different seconds sort by time.
        descriptor: id of the descriptor that made every vector.
        last_change: number of the last IndexChange that is in.
        dim, count: shape of the vectors.
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


def publish(root: Path, index: Index, manifest_fields: Mapping[str, Any]) -> str:
    """Write a new version and make it the current one; returns the version.

    Args:
        root: folder of all versions, made if need be. One publisher at a time: a second waits.
        index: any index; its vectors are read in parts.
        manifest_fields: "descriptor" (id) and "last_change" (number); anything else goes into `extra`.

    Raises:
        ArtifactError: what was read back differs from what was written. Nothing was published.
        OSError: no space, no permission. Nothing was published.
    """
    root.mkdir(parents=True, exist_ok=True)
    with _only_publisher(root):
        _remove_leftovers(root)
        version = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        folder = root / f"{TEMPORARY_PREFIX}{version}"
        folder.mkdir()
        ids = index.ids
        _write_rows(folder, index, ids)
        _write_manifest(folder, _manifest_of(folder, version, index, manifest_fields))
        _compare_with_source(folder, index, ids)
        os.rename(folder, root / version)
        _sync(root)
        _point_at(root, version)
    return version


def load(root: Path, version: str | None = None, mmap: bool = True) -> tuple[FlatIndex, Manifest]:
    """Check a version against its manifest and open it; None opens the current one.

    With `mmap` the vectors stay in the file, shared by all processes; adding and removing works all the same
    and changes only this process's copy.

    Raises:
        NothingPublished: there is no current version.
        ArtifactError: a file is missing, truncated, altered, or does not belong to the others.
    """
    name = version or current_version(root)
    if name is None:
        raise NothingPublished(f"no KNN model is published in {root}; build one first")
    folder = root / name
    manifest = _read_manifest(folder)
    for file, expected in manifest.files.items():
        _check_file(folder / file, expected)
    return FlatIndex(manifest.dim, _read_rows(folder, manifest, mmap=mmap)), manifest


def current_version(root: Path) -> str | None:
    """The version that `load` opens; None before the first publication."""
    try:
        return (root / POINTER_FILE).read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None


def versions(root: Path) -> list[str]:
    """All complete versions, oldest first (by second; within one second in no order)."""
    if not root.is_dir():
        return []
    return sorted(p.name for p in root.iterdir() if p.is_dir() and not p.name.startswith("."))


def prune(root: Path, keep: int = 2) -> list[str]:
    """Delete all but the newest `keep` versions and the current one; returns what was deleted.

    A process that has mapped a deleted version goes on using it: the file lives until it is closed.
    """
    with _only_publisher(root):
        kept = {current_version(root), *versions(root)[-keep:]}
        gone = [version for version in versions(root) if version not in kept]
        for version in gone:
            shutil.rmtree(root / version)
    return gone


def _write_rows(folder: Path, index: Index, ids: Ids) -> None:
    flat = faiss.IndexFlatIP(index.dim)
    for start in range(0, ids.size, ROWS_AT_ONCE):
        flat.add(index.vectors(ids[start : start + ROWS_AT_ONCE]))
    write_flat(flat, folder / INDEX_FILE)
    np.save(folder / IDS_FILE, ids, allow_pickle=False)
    for name in (INDEX_FILE, IDS_FILE):
        _sync(folder / name)


def _manifest_of(folder: Path, version: str, index: Index, fields: Mapping[str, Any]) -> Manifest:
    extra = dict(fields)
    try:
        descriptor, last_change = str(extra.pop("descriptor")), int(extra.pop("last_change"))
    except KeyError as missing:
        raise ValueError(f"manifest_fields lacks {missing}; give 'descriptor' and 'last_change'") from missing
    return Manifest(
        version=version,
        descriptor=descriptor,
        last_change=last_change,
        dim=index.dim,
        count=len(index),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        files={name: _file_facts(folder / name) for name in (INDEX_FILE, IDS_FILE)},
        extra=extra,
    )


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    path = folder / MANIFEST_FILE
    path.write_text(json.dumps(asdict(manifest), indent=2) + "\n", encoding="utf-8")
    _sync(path)
    _sync(folder)


def _compare_with_source(folder: Path, index: Index, ids: Ids) -> None:
    """Read the written version as `load` does and compare every row with the index it was made from."""
    manifest = _read_manifest(folder)
    rows = _read_rows(folder, manifest, mmap=True)
    same = np.array_equal(rows.ids, ids)
    for start in range(0, ids.size if same else 0, ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        same = same and np.array_equal(rows.matrix()[part], index.vectors(ids[part]))
    if not same:
        raise ArtifactError(
            f"{folder} reads back differently from what was written; check the disk, then publish again"
        )


def _read_manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST_FILE
    try:
        manifest = Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise ArtifactError(f"{path} is missing; publish the KNN model again") from error
    except (ValueError, TypeError) as error:
        raise ArtifactError(f"{path} is not a manifest; publish the KNN model again") from error
    if manifest.format != FORMAT:
        raise ArtifactError(f"{path} has format {manifest.format}, this program reads {FORMAT}; publish again")
    return manifest


def _check_file(path: Path, expected: Mapping[str, Any]) -> None:
    if not path.is_file():
        raise ArtifactError(f"{path} is missing; publish the KNN model again")
    size = path.stat().st_size
    if size != expected["bytes"]:
        raise ArtifactError(f"{path} has {size} bytes, its manifest says {expected['bytes']}; publish again")
    if _sha256(path) != expected["sha256"]:
        raise ArtifactError(f"{path} is altered: its sha256 is not the manifest's; publish the KNN model again")


def _read_rows(folder: Path, manifest: Manifest, *, mmap: bool) -> Segment:
    try:
        ids = np.load(folder / IDS_FILE, allow_pickle=False)
        flat = read_flat(folder / INDEX_FILE, mmap=mmap)
    except (ValueError, EOFError) as error:
        raise ArtifactError(f"{folder} cannot be read ({error}); publish the KNN model again") from error
    found, said = (ids.shape, flat.ntotal, flat.d), ((manifest.count,), manifest.count, manifest.dim)
    if found != said or ids.dtype != np.int64 or np.any(np.diff(ids) <= 0):
        raise ArtifactError(f"{folder}: index, ids and manifest disagree ({found}, not {said}); publish again")
    return Segment(flat=flat, ids=ids, mapped=mmap)


def _point_at(root: Path, version: str) -> None:
    temporary = root / f".{POINTER_FILE}.part"
    temporary.write_text(version + "\n", encoding="ascii")
    _sync(temporary)
    os.replace(temporary, root / POINTER_FILE)
    _sync(root)


def _file_facts(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "sha256": _sha256(path)}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Make a file's bytes, or a folder's names, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_leftovers(root: Path) -> None:
    # Only the holder of the lock may: any temporary folder is then a dead publisher's.
    for folder in root.glob(f"{TEMPORARY_PREFIX}*-*"):
        shutil.rmtree(folder)


@contextmanager
def _only_publisher(root: Path) -> Iterator[None]:
    with (root / LOCK_FILE).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
