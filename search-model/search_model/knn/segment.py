"""One immutable run of rows in FAISS: ids in ascending order, their vectors, and which rows still count.

Removing makes a new segment that shares the vectors, so that a search already under way is never disturbed.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from search_model.knn.index import NO_ID, TIE_MARGIN, Ids, Vectors, cosine_scores, ranked, ties_are_settled

# Visiting listed rows beats testing a bit for each row until about half of them are listed (measured at
# 100k x 512: 10 % 2.9 against 4.7 ms, 50 % 10.1 against 12.8 ms, 90 % 20.5 against 12.6 ms).
LISTED_SHARE = 0.5
# Rescoring copies queries x candidates x dim numbers; more queries than this go through in turns.
QUERIES_AT_ONCE = 32


@dataclass(frozen=True, eq=False)
class Segment:
    """Rows of an IndexFlatIP.

    Attributes:
        flat: the FAISS index; row i belongs to ids[i].
        ids: int64 (rows,), strictly ascending.
        live: bool (rows,), False where the row was removed; None when all count.
        mapped: whether the vectors are a memory-mapped file, which must not be copied into memory.
    """

    flat: Any
    ids: Ids
    live: np.ndarray | None = None
    mapped: bool = False

    def __len__(self) -> int:
        """Rows that still count."""
        return self.ids.size if self.live is None else int(np.count_nonzero(self.live))

    def live_ids(self) -> Ids:
        """Ids that still count, ascending."""
        return self.ids if self.live is None else self.ids[self.live]

    def rows_of(self, ids: Ids) -> Ids:
        """Rows of those of the ascending `ids` that are here and count, ascending."""
        return self._rows_and_found(ids)[0]

    def holds(self, ids: Ids) -> np.ndarray:
        """bool (n,): which of the ascending `ids` are here and count."""
        return self._rows_and_found(ids)[1]

    def without(self, ids: Ids) -> "Segment":
        """The same rows less those of `ids` (ascending)."""
        rows = self.rows_of(ids)
        if rows.size == 0:
            return self
        live = np.ones(self.ids.size, dtype=bool) if self.live is None else self.live.copy()
        live[rows] = False
        return replace(self, live=live)

    def matrix(self) -> Vectors:
        """All vectors, removed ones too, float32 (rows, dim): a read-only view, nothing is copied."""
        if self.ids.size == 0:
            return np.empty((0, self.flat.d), dtype=np.float32)
        view = faiss.rev_swig_ptr(self.flat.get_xb(), self.ids.size * self.flat.d)
        view.flags.writeable = False
        return np.asarray(view.reshape(self.ids.size, self.flat.d))

    def search(self, queries: Vectors, k: int, allowed_ids: Ids | None) -> tuple[Ids, Vectors]:
        """As `Index.search`; `allowed_ids` ascending. At most min(k, rows) columns come back."""
        parameters, count = self._selection(allowed_ids)
        if count == 0 or len(queries) == 0:
            return _nothing(len(queries))
        parts = [
            self._search_some(queries[start : start + QUERIES_AT_ONCE], min(k, count), parameters, count)
            for start in range(0, len(queries), QUERIES_AT_ONCE)
        ]
        return np.concatenate([ids for ids, _ in parts]), np.concatenate([scores for _, scores in parts])

    def _search_some(self, queries: Vectors, k: int, parameters: Any, count: int) -> tuple[Ids, Vectors]:
        # FAISS keeps any k of the rows that tie at rank k. Asking for some more, and for ever more while the
        # last one still ties, makes the answer depend on the data alone.
        wanted = min(k + TIE_MARGIN, count)
        while True:
            _, rows = self.flat.search(queries, wanted, params=parameters)
            scores = cosine_scores(queries, self.matrix()[rows])
            if wanted == count or ties_are_settled(scores, k):
                return ranked(self.ids[rows], scores, k)
            wanted = min(4 * wanted, count)

    def _selection(self, allowed_ids: Ids | None) -> tuple[Any, int]:
        """FAISS's search parameters for the rows to visit, and how many those are."""
        if allowed_ids is None:
            return _tested(np.ones(self.ids.size, dtype=bool) if self.live is None else self.live), len(self)
        rows = self.rows_of(allowed_ids)
        if rows.size <= LISTED_SHARE * self.ids.size:
            return faiss.SearchParameters(sel=faiss.IDSelectorArray(rows)), rows.size
        visited = np.zeros(self.ids.size, dtype=bool)
        visited[rows] = True
        return _tested(visited), rows.size

    def _rows_and_found(self, ids: Ids) -> tuple[Ids, np.ndarray]:
        if self.ids.size == 0:
            return np.empty(0, dtype=np.int64), np.zeros(ids.size, dtype=bool)
        rows = np.minimum(np.searchsorted(self.ids, ids), self.ids.size - 1)
        found = self.ids[rows] == ids
        if self.live is not None:
            found &= self.live[rows]
        return rows[found], found


def segment_of(ids: Ids, vectors: Vectors) -> Segment:
    """A segment in memory of rows in any order; ids must be unique."""
    order = np.argsort(ids)
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(np.ascontiguousarray(vectors[order]))
    return Segment(flat=flat, ids=ids[order])


def merged(first: Segment, second: Segment) -> Segment:
    """One segment in memory with the rows of both that still count."""
    parts = [(s.live_ids(), s.matrix() if s.live is None else s.matrix()[s.live]) for s in (first, second)]
    return segment_of(np.concatenate([ids for ids, _ in parts]), np.concatenate([rows for _, rows in parts]))


def write_flat(flat: Any, path: Path) -> None:
    """Write a FAISS index to a file."""
    faiss.write_index(flat, str(path))


def read_flat(path: Path, *, mmap: bool) -> Any:
    """Read an IndexFlatIP; memory-mapped, its vectors are read from the file as they are needed.

    Raises:
        ValueError: the file holds something else.
    """
    try:
        flat = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC if mmap else 0)
    except RuntimeError as error:  # FAISS's only exception; its text is the C++ source line
        raise ValueError(f"{path.name} is not a FAISS index") from error
    if not isinstance(flat, faiss.IndexFlat) or flat.metric_type != faiss.METRIC_INNER_PRODUCT:
        raise ValueError(f"{path.name} is a {type(flat).__name__}, not a flat inner product index")
    return flat


def _tested(visited: np.ndarray) -> Any:
    """Parameters that test a bit for each row.

    Even when all are visited: without a selector FAISS shares one query out among OpenMP's threads, which on two
    busy cores took 40 ms of processor where this takes 12 (100k x 512).
    """
    return faiss.SearchParameters(sel=faiss.IDSelectorBitmap(np.packbits(visited, bitorder="little")))


def _nothing(queries: int) -> tuple[Ids, Vectors]:
    return np.full((queries, 0), NO_ID, dtype=np.int64), np.empty((queries, 0), dtype=np.float32)
