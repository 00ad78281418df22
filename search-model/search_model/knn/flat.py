"""The KNN index in FAISS: exact, filtered, and open to changes while it is searched.

It is a short list of immutable segments, at most one of them a memory-mapped file. A search reads the list
once and needs no lock; a change makes a new list. The mapped segment is never copied: what is removed from it
is masked, what is added lies in memory beside it, until the next publication folds both into one file.
"""

import threading

import numpy as np
from numpy.typing import ArrayLike

from search_model.knn.index import Ids, Vectors, checked_ids, checked_k, checked_vectors, ranked, unique_ids
from search_model.knn.segment import Segment, merged, segment_of


class FlatIndex:
    """`Index` over FAISS IndexFlatIP. Searches may run in any number of threads beside one another and
    changes.
    """

    def __init__(self, dim: int, base: Segment | None = None) -> None:
        self._dim = dim
        self._segments: tuple[Segment, ...] = () if base is None else (base,)
        self._changing = threading.Lock()

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    @property
    def ids(self) -> Ids:
        """Ids that a search can return, ascending."""
        parts = [np.empty(0, dtype=np.int64), *(segment.live_ids() for segment in self._segments)]
        return np.sort(np.concatenate(parts))

    def __len__(self) -> int:
        return sum(len(segment) for segment in self._segments)

    def search(self, vectors: ArrayLike, k: int, allowed_ids: ArrayLike | None = None) -> tuple[Ids, Vectors]:
        """See `Index.search`."""
        queries, wanted = checked_vectors(vectors, self._dim), checked_k(k)
        allowed = None if allowed_ids is None else unique_ids(allowed_ids)
        parts = [segment.search(queries, wanted, allowed) for segment in self._segments]
        none = np.empty((len(queries), 0))
        ids = np.concatenate([none.astype(np.int64), *(ids for ids, _ in parts)], axis=1)
        scores = np.concatenate([none.astype(np.float32), *(scores for _, scores in parts)], axis=1)
        return ranked(ids, scores, wanted)

    def add(self, ids: ArrayLike, vectors: ArrayLike) -> None:
        """See `Index.add`. A vector is searchable when this returns."""
        rows = checked_vectors(vectors, self._dim)
        new_ids = checked_ids(ids, len(rows))
        if new_ids.size == 0:
            return
        with self._changing:
            kept = self._segments_without(np.sort(new_ids))
            self._segments = _compacted((*kept, segment_of(new_ids, rows)))

    def remove(self, ids: ArrayLike) -> int:
        """See `Index.remove`. A search begun after this returns does not find the ids."""
        gone = unique_ids(ids)
        with self._changing:
            before = len(self)
            self._segments = self._segments_without(gone)
            return before - len(self)

    def vectors(self, ids: ArrayLike) -> Vectors:
        """See `Index.vectors`."""
        asked = np.asarray(ids, dtype=np.int64)
        wanted, place = np.unique(asked, return_inverse=True)
        rows = np.empty((wanted.size, self._dim), dtype=np.float32)
        missing = np.ones(wanted.size, dtype=bool)
        for segment in self._segments:
            found = segment.holds(wanted)
            rows[found] = segment.matrix()[segment.rows_of(wanted)]
            missing &= ~found
        if missing.any():
            raise KeyError(f"id {wanted[missing][0]} is not in the index (and {missing.sum() - 1} more are not)")
        return rows[place]

    def _segments_without(self, ids: Ids) -> tuple[Segment, ...]:
        left = (segment.without(ids) for segment in self._segments)
        return tuple(segment for segment in left if len(segment))


def _compacted(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    # Merging a new segment into its neighbour only when that is less than twice as long keeps the list at
    # log2(n) segments, and copies each row log2(n) times however small the additions are.
    while len(segments) > 1 and not segments[-2].mapped and len(segments[-2]) < 2 * len(segments[-1]):
        segments = (*segments[:-2], merged(segments[-2], segments[-1]))
    return segments
