"""The KNN index in scikit-learn: the second backend, and the oracle that FAISS is tested against.

Not for the web process: it fits anew for every change and filter, and its import alone costs about 80 MB.
"""

import numpy as np
from numpy.typing import ArrayLike
from sklearn.neighbors import NearestNeighbors

from search_model.knn.index import (
    TIE_MARGIN,
    Ids,
    Vectors,
    checked_ids,
    checked_k,
    checked_vectors,
    cosine_scores,
    ranked,
    ties_are_settled,
    unique_ids,
)


class SklearnIndex:
    """`Index` over `NearestNeighbors(metric="cosine", algorithm="brute")`. Not for several threads."""

    def __init__(self, dim: int) -> None:
        self._dim = dim
        self._ids = np.empty(0, dtype=np.int64)
        self._matrix = np.empty((0, dim), dtype=np.float32)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    @property
    def ids(self) -> Ids:
        """Ids that a search can return, ascending."""
        return self._ids

    def __len__(self) -> int:
        return self._ids.size

    def search(self, vectors: ArrayLike, k: int, allowed_ids: ArrayLike | None = None) -> tuple[Ids, Vectors]:
        """See `Index.search`."""
        queries = checked_vectors(vectors, self._dim)
        ids, matrix = self._allowed(allowed_ids)
        if ids.size == 0 or len(queries) == 0:
            none = np.empty((len(queries), 0))
            return ranked(none.astype(np.int64), none.astype(np.float32), checked_k(k))
        neighbours = NearestNeighbors(metric="cosine", algorithm="brute").fit(matrix)
        wanted = min(checked_k(k) + TIE_MARGIN, ids.size)
        while True:
            rows = neighbours.kneighbors(queries, n_neighbors=wanted, return_distance=False)
            scores = cosine_scores(queries, matrix[rows])
            if wanted == ids.size or ties_are_settled(scores, k):
                return ranked(ids[rows], scores, k)
            wanted = min(4 * wanted, ids.size)

    def add(self, ids: ArrayLike, vectors: ArrayLike) -> None:
        """See `Index.add`."""
        rows = checked_vectors(vectors, self._dim)
        new_ids = checked_ids(ids, len(rows))
        self.remove(new_ids)
        joined = np.concatenate([self._ids, new_ids])
        order = np.argsort(joined)
        self._ids, self._matrix = joined[order], np.concatenate([self._matrix, rows])[order]

    def remove(self, ids: ArrayLike) -> int:
        """See `Index.remove`."""
        kept = ~np.isin(self._ids, unique_ids(ids))
        removed = int(np.count_nonzero(~kept))
        self._ids, self._matrix = self._ids[kept], self._matrix[kept]
        return removed

    def vectors(self, ids: ArrayLike) -> Vectors:
        """See `Index.vectors`."""
        row_of = {id_: row for row, id_ in enumerate(self._ids.tolist())}
        return self._matrix[[row_of[id_] for id_ in np.asarray(ids, dtype=np.int64).tolist()]]

    def _allowed(self, allowed_ids: ArrayLike | None) -> tuple[Ids, Vectors]:
        if allowed_ids is None:
            return self._ids, self._matrix
        kept = np.isin(self._ids, unique_ids(allowed_ids))
        return self._ids[kept], self._matrix[kept]
