"""The index of this process: the published version, brought up to date from the log before every answer.

So a print is found within a moment of its features being stored, and a search begun after a deletion never
returns what was deleted: there is nothing to rebuild or restart in between.
"""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
from numpy.typing import NDArray
from search_model.knn.flat import FlatIndex
from search_model.knn.index import Index

from indexing.artifacts import ArtifactError, load_artifact
from indexing.changes import Change, changes_since, last_change_id
from indexing.mismatch import descriptor_mismatch
from indexing.models import IndexChange
from indexing.queries import (
    descriptor_in_force,
    features_of,
    is_maintained,
    model_of,
    stored_dim,
    stored_features,
)
from indexing.vectors import Vectors, unit_rows

logger = logging.getLogger(__name__)
# Longer than any search takes.
UNUSED_S = 120.0


@dataclass(frozen=True)
class Neighbours:
    """Images by falling cosine similarity: ids int64 of shape (n,), scores float32 of shape (n,)."""

    ids: NDArray[np.int64]
    scores: NDArray[np.float32]


@dataclass(frozen=True)
class _Loaded:
    """An index, what made its vectors, the change that announced it, the last change it contains."""

    index: Index | None
    descriptor: str
    version: str | None
    announced: int
    cursor: int


class LiveIndex:
    """One per process, for all its threads: searches side by side, changes one at a time.

    Around a change of descriptor it holds two: what began under the old one ends under it.
    """

    def __init__(self) -> None:
        self._loaded: dict[str, _Loaded] = {}
        self._used: dict[str, float] = {}
        self._changing = threading.Lock()

    @property
    def version(self) -> str | None:
        """The published version that was used last; None before the first publication."""
        last = max(self._used, key=lambda name: self._used[name], default=None)
        return None if last is None else self.version_of(last)

    def version_of(self, descriptor: str) -> str | None:
        """The published version in use for a descriptor; None when it is not in use or not published."""
        loaded = self._loaded.get(descriptor)
        return loaded.version if loaded else None

    def search(
        self, vector: Vectors, k: int, *, descriptor: str, allowed_ids: NDArray[np.int64] | None = None
    ) -> Neighbours:
        """The `k` images nearest to a vector, float32 of shape (dim,) and length 1, among the allowed ones.

        Raises `descriptor_mismatch` when vectors of that descriptor are not kept.
        """
        index = self.current(descriptor)
        if index is None:
            return Neighbours(np.empty(0, np.int64), np.empty(0, np.float32))
        ids, scores = index.search(vector[np.newaxis], k, allowed_ids)
        found = ids[0] >= 0
        return Neighbours(ids[0][found], scores[0][found])

    def current(self, descriptor: str) -> Index | None:
        """The index with every change that is committed now; None when no image has a vector.

        Raises `descriptor_mismatch` when vectors of that descriptor are not kept.
        """
        with self._changing:
            loaded = _caught_up(self._loaded.get(descriptor) or _load(descriptor))
            self._loaded[descriptor] = loaded
            self._used[descriptor] = monotonic()
            self._let_go()
        return loaded.index

    def forget(self) -> None:
        """Load everything anew at the next search."""
        with self._changing:
            self._loaded.clear()
            self._used.clear()

    def _let_go(self) -> None:
        """Let go of what nobody has searched for a while: the descriptor before the last change."""
        limit = monotonic() - UNUSED_S
        for name in [name for name, used in self._used.items() if used < limit]:
            del self._loaded[name], self._used[name]


_live = LiveIndex()


def live_index() -> LiveIndex:
    """The index of this process."""
    return _live


def _caught_up(loaded: _Loaded) -> _Loaded:
    """With the changes since, from a newer version if there is one. One query when nothing happened."""
    changes = changes_since(loaded.cursor)
    # Again until no newer version appears: the log before the newest one may be cut at any time.
    while any(_announces_newer(change, loaded) for change in changes):
        loaded = _load(loaded.descriptor)
        changes = changes_since(loaded.cursor)
    return _applied(loaded, changes) if changes else loaded


def _announces_newer(change: Change, loaded: _Loaded) -> bool:
    is_of_it = change.kind == IndexChange.Kind.PUBLISHED and change.descriptor == loaded.descriptor
    return is_of_it and change.id > loaded.announced


def _load(descriptor: str) -> _Loaded:
    """Its published version; without one, or when its files are gone, the vectors of the database."""
    cursor = last_change_id()
    model = model_of(descriptor)
    if not is_maintained(descriptor):
        raise descriptor_mismatch(query=descriptor, index=descriptor_in_force())
    if model is None:
        return _Loaded(_index_from_database(descriptor), descriptor, None, announced=cursor, cursor=cursor)
    try:
        index, cursor = load_artifact(model.version), model.last_change
    except ArtifactError as error:
        logger.error("%s The vectors are read from the database; 'manage.py build_index' repairs it.", error)
        index = _index_from_database(model.descriptor)
    return _Loaded(index, model.descriptor, model.version, announced=model.published_change, cursor=cursor)


def _index_from_database(descriptor: str) -> Index | None:
    dim = stored_dim(descriptor)
    if dim is None:
        return None
    index = FlatIndex(dim)
    for ids, rows in stored_features(descriptor=descriptor, dim=dim):
        index.add(ids, unit_rows(rows))
    return index


def _applied(loaded: _Loaded, changes: Sequence[Change]) -> _Loaded:
    """Removed images leave, added ones are read from the database; one that is gone again is not there."""
    last_kind = {
        change.image_id: change.kind
        for change in changes
        if change.descriptor == loaded.descriptor and change.image_id is not None
    }
    index = _empty_index(loaded.descriptor) if loaded.index is None else loaded.index
    if index is not None and last_kind:
        added = [image_id for image_id, kind in last_kind.items() if kind == IndexChange.Kind.ADDED]
        ids, vectors = features_of(added, descriptor=loaded.descriptor, dim=index.dim)
        index.add(ids, vectors)
        index.remove(np.setdiff1d(np.fromiter(last_kind, dtype=np.int64, count=len(last_kind)), ids))
    return replace(loaded, index=index, cursor=changes[-1].id)


def _empty_index(descriptor: str) -> Index | None:
    dim = stored_dim(descriptor)
    return None if dim is None else FlatIndex(dim)
