"""The KNN model on disk: a version holds the index, its ids and a manifest. Writing safely is in `publishing`."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from search_model.knn.flat import FlatIndex
from search_model.knn.index import Ids, Index
from search_model.knn.segment import Segment, read_flat, write_flat
from search_model.publishing import ArtifactError, Draft, Manifest, NothingPublished, Versions

__all__ = ["ArtifactError", "Manifest", "NothingPublished", "current_version", "load", "prune", "publish", "versions"]

INDEX_FILE = "index.faiss"
IDS_FILE = "ids.npy"
ROWS_AT_ONCE = 10_000


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
    ids = index.ids
    draft = Draft(
        fields=manifest_fields,
        dim=index.dim,
        count=len(index),
        files=(INDEX_FILE, IDS_FILE),
        write=lambda folder: _write_rows(folder, index, ids),
        same=lambda folder, manifest: _is_same(_read_rows(folder, manifest, mmap=True), index, ids),
    )
    return _versions_in(root).publish(draft)


def load(root: Path, version: str | None = None, mmap: bool = True) -> tuple[FlatIndex, Manifest]:
    """Check a version against its manifest and open it; None opens the current one.

    With `mmap` the vectors stay in the file, shared by all processes; adding and removing works all the same
    and changes only this process's copy.

    Raises:
        NothingPublished: there is no current version.
        ArtifactError: a file is missing, truncated, altered, or does not belong to the others.
    """
    folder, manifest = _versions_in(root).open(version)
    return FlatIndex(manifest.dim, _read_rows(folder, manifest, mmap=mmap)), manifest


def current_version(root: Path) -> str | None:
    """The version that `load` opens; None before the first publication."""
    return _versions_in(root).current()


def versions(root: Path) -> list[str]:
    """All complete versions, oldest first (by second; within one second in no order)."""
    return _versions_in(root).complete()


def prune(root: Path, keep: int = 2, protected: Collection[str] = ()) -> list[str]:
    """Delete all but the newest `keep` versions, the current one and the protected; returns what was deleted.

    A process that has mapped a deleted version goes on using it: the file lives until it is closed.
    """
    return _versions_in(root).prune(keep, protected)


def _versions_in(root: Path) -> Versions:
    return Versions(root, "KNN model")


def _write_rows(folder: Path, index: Index, ids: Ids) -> None:
    flat = faiss.IndexFlatIP(index.dim)
    for start in range(0, ids.size, ROWS_AT_ONCE):
        flat.add(index.vectors(ids[start : start + ROWS_AT_ONCE]))
    write_flat(flat, folder / INDEX_FILE)
    np.save(folder / IDS_FILE, ids, allow_pickle=False)


def _is_same(rows: Segment, index: Index, ids: Ids) -> bool:
    same = np.array_equal(rows.ids, ids)
    for start in range(0, ids.size if same else 0, ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        same = same and np.array_equal(rows.matrix()[part], index.vectors(ids[part]))
    return same


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
