"""The published index on disk: where it lies, and how it is made from the database and opened."""

import shutil
from collections.abc import Collection
from pathlib import Path
from typing import cast

import numpy as np
from django.conf import settings
from numpy.typing import ArrayLike
from search_model.knn import artifact
from search_model.knn.index import Index

from indexing.queries import stored_features
from indexing.vectors import STORED, Vectors, unit_rows

VERSIONS_KEPT = 3
ArtifactError = artifact.ArtifactError


class StoredVectors:
    """All vectors of one descriptor as the database keeps them: half the memory of an index that can search.

    It has what publishing reads of an index: `dim`, `ids`, `len()` and `vectors()`.
    """

    def __init__(self, *, descriptor: str, dim: int) -> None:
        parts = [(ids, rows) for ids, rows in stored_features(descriptor=descriptor, dim=dim)]
        self.dim = dim
        self.ids = np.concatenate([np.empty(0, np.int64), *(ids for ids, _ in parts)])
        self._rows = np.empty((len(self.ids), dim), STORED)
        start = 0
        for ids, rows in parts:
            self._rows[start : start + len(ids)] = rows
            start += len(ids)

    def __len__(self) -> int:
        return len(self.ids)

    def vectors(self, ids: ArrayLike) -> Vectors:
        """The vectors of ids that are here, float32 of shape (n, dim), rows of length 1."""
        return unit_rows(self._rows[np.searchsorted(self.ids, np.asarray(ids))])


def publish_artifact(vectors: StoredVectors, *, descriptor: str, last_change: int) -> str:
    """Write, check and publish a version; returns its name."""
    fields = {"descriptor": descriptor, "last_change": last_change}
    version: str = artifact.publish(_root(), cast(Index, vectors), fields)
    return version


def load_artifact(version: str) -> Index:
    """Open a version memory-mapped. Raises ArtifactError when it is gone or damaged."""
    return artifact.load(_root(), version)[0]


def artifact_is_whole(version: str) -> bool:
    """Whether the version is there and undamaged."""
    try:
        load_artifact(version)
    except ArtifactError:
        return False
    return True


def artifact_versions() -> list[str]:
    """All complete versions on disk, oldest first."""
    versions: list[str] = artifact.versions(_root())
    return versions


def prune_artifacts(*, protected: Collection[str]) -> list[str]:
    """Delete old versions but the protected; returns their names. Processes that still use one keep it until
    they let go."""
    gone: list[str] = artifact.prune(_root(), keep=VERSIONS_KEPT, protected=protected)
    return gone


def delete_artifacts(versions: Collection[str]) -> None:
    """Delete these versions, if they are still there."""
    for version in versions:
        shutil.rmtree(_root() / version, ignore_errors=True)


def _root() -> Path:
    return Path(settings.RECTO_PROCESSED_DIR) / "knn"
