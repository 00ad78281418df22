"""The local index: which images have features like those of a query. Each query feature's neighbours vote.

A search finds the 8 nearest features of each query feature in an inverted file (`Codec`) and lets each vote for its
image: (1 - d / d8) cubed, where d is its squared distance and d8 that of the eighth; at most one vote an image. Their
sum is divided by the square root of the image's number of features (figures: docs/decisions/local-index.md).

Like `knn.flat.FlatIndex` the index is a short list of immutable segments, at most one of them a memory-mapped file:
searches need no lock, and additions lie in memory beside it.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from search_model.knn.index import checked_ids, checked_k, unique_ids
from search_model.local.codec import Codec
from search_model.local.features import Floats, LocalFeatures
from search_model.local.packing import MOST_ROWS
from search_model.local.segment import Fold, Ids, LocalSegment, Probe, fold, merged, segment_of

Rows = NDArray[np.int32]

NEIGHBOURS = 8
PROBES = 4
SHARPNESS = 3


@dataclass(frozen=True, eq=False)
class Candidate:
    """An image that query features voted for.

    Attributes:
        image_id: the image.
        votes: sum of its votes over the root of its number of features.
        query_rows, record_rows: int32 (m,): query feature i has its neighbour in row j of the image's packed row.
        distances: float32 (m,), squared distances between the two, one of them approximated.
    """

    image_id: int
    votes: float
    query_rows: Rows
    record_rows: Rows
    distances: Floats

    @property
    def pairs(self) -> Rows:
        """The features that voted, as verification takes them: int32 (m, 2), rows of the query and of the record."""
        return np.column_stack([self.query_rows, self.record_rows])


@dataclass(frozen=True, eq=False)
class _Ballots:
    """All votes of a search, best first for each query feature; every column has one entry a vote."""

    queries: Ids
    places: Ids  # of the image: its segment's first place and its slot there
    rows: Ids
    distances: Floats
    weights: Floats


class VotingIndex:
    """Images and their local features. Searches may run in any number of threads beside one another and changes.

    Args:
        codec: made every packed row that is added.
        base: a published segment to start from.
    """

    def __init__(self, codec: Codec, base: LocalSegment | None = None) -> None:
        self.codec = codec
        self._segments: tuple[LocalSegment, ...] = () if base is None else (base,)
        self._changing = threading.Lock()

    @property
    def ids(self) -> Ids:
        """Ids that a search can return, int64, ascending."""
        return self.contents().ids

    def __len__(self) -> int:
        """How many images there are."""
        return sum(len(segment) for segment in self._segments)

    def add(self, ids: ArrayLike, packed: Sequence[bytes]) -> None:
        """Add images: int64 (n,) and their packed rows; one already there is replaced, one with no feature counts too.

        Raises:
            ValueError: a negative id, one given twice, or a row that is damaged or of another codec.
        """
        new_ids = checked_ids(ids, len(packed))
        if new_ids.size == 0:
            return
        added = segment_of(self.codec, new_ids, [self.codec.entries(row) for row in packed])
        with self._changing:
            self._segments = self._compacted((*self._segments_without(np.sort(new_ids)), added))

    def remove(self, ids: ArrayLike) -> int:
        """Remove images and return how many were there. A search begun after this returns does not find them."""
        gone = unique_ids(ids)
        with self._changing:
            before = len(self)
            self._segments = self._segments_without(gone)
            return before - len(self)

    def search(self, query: LocalFeatures, k: int, allowed_ids: ArrayLike | None = None) -> list[Candidate]:
        """The k images with most votes, best first, equal ones by id; fewer when fewer got any.

        Args:
            query: `extract_local(..., role="query")`, or its `mirrored`.
            k: how many, at least 1.
            allowed_ids: only these may be voted for, int64 (m,), any order, unknown ids ignored; None allows all.
        """
        segments, wanted = self._segments, checked_k(k)
        allowed = None if allowed_ids is None else unique_ids(allowed_ids)
        if not segments or not len(query) or (allowed is not None and not allowed.size):
            return []
        places, rows, distances = _nearest(segments, self._probe(query.descriptors), allowed)
        ballots = _ballots(places, rows, distances)
        ids = np.concatenate([segment.ids for segment in segments])
        counts = np.concatenate([segment.counts for segment in segments])
        return _counted(ballots, ids, counts, wanted)

    def contents(self) -> Fold:
        """What is in the index now, for reading list by list."""
        return fold(self._segments)

    def _probe(self, descriptors: Floats) -> Probe:
        rows = np.ascontiguousarray(descriptors, dtype=np.float32)
        distances, lists = self.codec.quantizer.search(rows, min(PROBES, self.codec.lists))
        return Probe(rows, lists, distances)

    def _segments_without(self, ids: Ids) -> tuple[LocalSegment, ...]:
        left = (segment.without(ids) for segment in self._segments)
        return tuple(segment for segment in left if len(segment))

    def _compacted(self, segments: tuple[LocalSegment, ...]) -> tuple[LocalSegment, ...]:
        # As in knn.flat: at most log2(n) segments, each image copied log2(n) times however small the additions are.
        while len(segments) > 1 and not segments[-2].mapped and len(segments[-2]) < 2 * len(segments[-1]):
            segments = (*segments[:-2], merged(self.codec, segments[-2:]))
        return segments


def _nearest(segments: Sequence[LocalSegment], probe: Probe, allowed: Ids | None) -> tuple[Ids, Ids, Floats]:
    """Place, row and distance (n, 8) of the nearest features in all segments; place -1 where there are fewer."""
    found = [segment.neighbours(probe, NEIGHBOURS, allowed) for segment in segments]
    firsts = np.cumsum([0, *(segment.ids.size for segment in segments[:-1])])
    labels = np.concatenate([labels for labels, _ in found], axis=1)
    places = np.concatenate(
        [
            np.where(labels < 0, -1, labels // MOST_ROWS + first)
            for (labels, _), first in zip(found, firsts, strict=True)
        ],
        axis=1,
    )
    distances = np.concatenate([distances for _, distances in found], axis=1)
    distances = np.where(places < 0, np.float32(np.inf), distances)
    order = np.argsort(distances, axis=1, kind="stable")[:, :NEIGHBOURS]
    places, rows, distances = (np.take_along_axis(c, order, axis=1) for c in (places, labels % MOST_ROWS, distances))
    return places, rows, distances


def _ballots(places: Ids, rows: Ids, distances: Floats) -> _Ballots:
    """The best vote of each query feature for each image."""
    last = np.where(places >= 0, distances, -np.inf).max(axis=1, keepdims=True)
    weights = (1 - distances / np.maximum(last, 1e-12)) ** SHARPNESS
    found = weights > 0  # the eighth itself, and what was not found, have no vote
    queries = np.broadcast_to(np.arange(len(places))[:, None], places.shape)[found]
    places, rows, distances, weights = places[found], rows[found], distances[found], weights[found]
    # Each row is in order of distance, so the first entry of a pair is its nearest.
    _, first = np.unique(queries * (int(places.max(initial=0)) + 1) + places, return_index=True)
    return _Ballots(queries[first], places[first], rows[first], distances[first], weights[first])


def _counted(ballots: _Ballots, ids: Ids, counts: NDArray[np.uint16], k: int) -> list[Candidate]:
    votes = np.bincount(ballots.places, ballots.weights, minlength=ids.size) / np.sqrt(np.maximum(counts, 1))
    elected = np.flatnonzero(votes)
    elected = elected[np.lexsort((ids[elected], -votes[elected]))][:k]
    order = np.argsort(ballots.places, kind="stable")
    starts = np.searchsorted(ballots.places[order], elected)
    ends = np.searchsorted(ballots.places[order], elected, side="right")
    return [
        Candidate(
            image_id=int(ids[place]),
            votes=float(votes[place]),
            query_rows=ballots.queries[chosen].astype(np.int32),
            record_rows=ballots.rows[chosen].astype(np.int32),
            distances=ballots.distances[chosen],
        )
        for place, chosen in zip(elected, (order[s:e] for s, e in zip(starts, ends, strict=True)), strict=True)
    ]
