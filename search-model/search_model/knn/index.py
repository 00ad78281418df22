"""What every KNN index does, and the checks and the order that all of them share.

Ids are database ids of images (int64, not negative); vectors have length 1, so the inner product is the
cosine.
"""

from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ids = NDArray[np.int64]
Vectors = NDArray[np.float32]

NO_ID = -1
# Vectors are stored as float16: rounding 512 numbers changes a length of 1 by a few 1e-4 at most.
LENGTH_TOLERANCE = 2e-3
# Two float32 dot products of the same vectors differ by less than this, whatever order they are summed in.
SCORE_TOLERANCE = 2e-6
# Candidates asked for beyond k, so that an ordinary tie at rank k is settled in one pass.
TIE_MARGIN = 16


class VectorsRejected(ValueError):
    """Ids or vectors that cannot be in an index; the message names the row, the limit and the remedy."""


@runtime_checkable
class Index(Protocol):
    """Exact nearest neighbours by cosine. Equal scores are ordered by id, smallest first."""

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    @property
    def ids(self) -> Ids:
        """Ids that a search can return, int64 of shape (len(self),), ascending."""
        ...

    def __len__(self) -> int: ...

    def search(self, vectors: ArrayLike, k: int, allowed_ids: ArrayLike | None = None) -> tuple[Ids, Vectors]:
        """The k nearest of each query among the allowed.

        Args:
            vectors: float32 of shape (n, dim), rows of length 1.
            k: how many, at least 1.
            allowed_ids: int64 of shape (m,), any order, unknown ids ignored; None allows all, empty allows
                none.

        Returns:
            ids int64 (n, k), best first, padded with -1; scores float32 (n, k), cosines in [-1, 1], padded
            with -1.
        """
        ...

    def add(self, ids: ArrayLike, vectors: ArrayLike) -> None:
        """Add rows: ids int64 (n,), vectors float32 (n, dim) of length 1; an id already there is replaced."""
        ...

    def remove(self, ids: ArrayLike) -> int:
        """Remove ids and return how many were there; unknown ones are ignored (a log may come twice)."""
        ...

    def vectors(self, ids: ArrayLike) -> Vectors:
        """The vectors of ids, float32 (n, dim), in their order; KeyError names one that is not there."""
        ...


def checked_vectors(vectors: ArrayLike, dim: int) -> Vectors:
    """As contiguous float32 of shape (n, dim), every row of length 1.

    Raises:
        VectorsRejected: wrong shape, not a number, or a row of another length.
    """
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    if rows.ndim != 2 or rows.shape[1] != dim:
        raise VectorsRejected(f"vectors have shape {rows.shape}; this index takes (n, {dim})")
    lengths = np.sqrt(np.einsum("nd,nd->n", rows, rows, dtype=np.float32))
    wrong = np.flatnonzero(~(np.abs(lengths - 1) <= LENGTH_TOLERANCE))  # the negation catches NaN, too
    if wrong.size:
        raise VectorsRejected(
            f"vector {wrong[0]} has length {lengths[wrong[0]]:.4f}, not 1 (and {wrong.size - 1} more do);"
            " divide each by its length before adding or searching"
        )
    return rows


def checked_ids(ids: ArrayLike, count: int) -> Ids:
    """As int64 of shape (count,), not negative, none twice.

    Raises:
        VectorsRejected: wrong shape or type, a negative id, or an id given twice.
    """
    array = np.asarray(ids)
    if array.shape != (count,) or (array.size and not np.issubdtype(array.dtype, np.integer)):
        raise VectorsRejected(f"ids are {array.dtype} of shape {array.shape}; {count} vectors need int64 ({count},)")
    array = array.astype(np.int64)
    if array.size and array.min() < 0:
        raise VectorsRejected(f"id {array.min()} is negative; ids are database ids, and -1 means 'none'")
    unique, times = np.unique(array, return_counts=True)
    if unique.size != count:
        raise VectorsRejected(f"id {unique[times.argmax()]} is given {times.max()} times; give each id once")
    return array


def checked_k(k: int) -> int:
    """k itself, at least 1; ValueError otherwise."""
    if k < 1:
        raise ValueError(f"k is {k}; ask for at least 1 neighbour")
    return k


def unique_ids(ids: ArrayLike) -> Ids:
    """As ascending int64 without repeats; an empty list gives an empty array."""
    array = np.asarray(ids).astype(np.int64, copy=False).ravel()
    # Ids from the database mostly come in order; np.unique would hash them, which takes ten times as long as sorting.
    if np.any(array[1:] <= array[:-1]):
        array = np.sort(array)
        array = array[np.concatenate([[True], array[1:] != array[:-1]])]
    return array


def cosine_scores(queries: Vectors, candidates: Vectors) -> Vectors:
    """Cosines float32 (n, c) of queries (n, dim) with each query's own candidates (n, c, dim), in [-1, 1].

    Summed in float64 row by row: a score depends on its two vectors only, never on the batch, the position in
    the index or the BLAS in use. So equal vectors have equal scores, and ties are real ties.
    """
    products = candidates.astype(np.float64) * queries[:, np.newaxis, :]
    return np.asarray(np.clip(products.sum(axis=2), -1.0, 1.0), dtype=np.float32)


def ranked(ids: Ids, scores: Vectors, k: int) -> tuple[Ids, Vectors]:
    """The best k of each row of candidates (n, c): by score, then by id; padded with -1 to k columns."""
    key = np.where(ids == NO_ID, -np.inf, scores)
    order = np.lexsort((ids, -key), axis=-1)[:, :k]
    best_ids = np.take_along_axis(ids, order, axis=1)
    best_scores = np.take_along_axis(scores, order, axis=1)
    padding = ((0, 0), (0, k - best_ids.shape[1]))
    best_ids = np.pad(best_ids, padding, constant_values=NO_ID)
    best_scores = np.pad(best_scores, padding, constant_values=-1.0)
    return best_ids, np.where(best_ids == NO_ID, np.float32(-1.0), best_scores)


def ties_are_settled(scores: Vectors, k: int) -> bool:
    """Whether nothing beyond the candidates (n, c > k) can tie with rank k: the last is clearly worse than
    it.
    """
    ordered = -np.sort(-scores, axis=1)
    return bool(np.all(ordered[:, -1] < ordered[:, k - 1] - SCORE_TOLERANCE))
