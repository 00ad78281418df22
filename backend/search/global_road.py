"""The global road of one search: which images look most like the query as a whole."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from search_model.knn.index import Index

from core.errors import OperatorError, RectoError, TryAgain
from indexing.extractor_client import PictureRefused
from indexing.live import live_index
from indexing.vectors import Vectors
from search.ledger import Ledger
from search.queries import PrintsOfImages, print_ids_of
from search.ranking import best_of_each_print
from search.stages import StageClock

Ids = NDArray[np.int64]
NO_CUT = -2.0  # below every cosine
# What closes this road only: no extractor or a wrong one, an index being rebuilt, a picture of nothing.
CLOSING = (TryAgain, OperatorError, PictureRefused)


@dataclass(frozen=True, eq=False)
class Described:
    """Vectors float32 of shape (n, dim) of one picture or of several, and the descriptor that made them."""

    descriptor: str
    vectors: Vectors


@dataclass(frozen=True)
class Hit:
    """An image with its cosine similarity to the query in [-1, 1]."""

    image_id: int
    cosine: float


def prints_shown(hits: Sequence[Hit]) -> int:
    """How many prints these are images of. 1 query."""
    return len(best_of_each_print(hits, print_ids_of(hit.image_id for hit in hits)))


class GlobalRoad:
    """What vectors say of the candidates, written into a ledger. `without`: images not to be found."""

    def __init__(
        self, described: Callable[[], Described], ledger: Ledger, clock: StageClock, *,
        allowed: Ids | None, without: Collection[int], prints: PrintsOfImages,
    ) -> None:  # fmt: skip
        self._described, self._ledger, self._clock = described, ledger, clock
        self._allowed, self._without, self._prints = allowed, frozenset(without), prints
        self.descriptor: str | None = None
        self.closed: RectoError | None = None

    def take(self, *, prints: int) -> list[int]:
        """Note the similarity of the nearest images, enough for so many prints, and of all candidates before.

        Returns the nearest, best first. When the road is closed, `closed` says why.
        """
        try:
            described = self._described()
            with self._clock.stage("knn"):
                return self._neighbours(described, prints)
        except CLOSING as error:
            self.closed = error
            return []

    def _neighbours(self, described: Described, prints: int) -> list[int]:
        index = live_index().current(described.descriptor)
        self.descriptor = described.descriptor
        # (Those that are left out may be the nearest.)
        enough = prints + len(self._without)
        hits = nearest_images(index, described.vectors, self._allowed, prints=enough, shown=self._shown)
        hits = [hit for hit in hits if hit.image_id not in self._without]
        voted = self._ledger.votes.keys() - {hit.image_id for hit in hits}
        for hit in [*hits, *cosines_of(index, described.vectors, voted)]:
            self._ledger.note_cosine(hit.image_id, hit.cosine)
        return [hit.image_id for hit in hits]

    def _shown(self, hits: Sequence[Hit]) -> int:
        """How many prints they are of. (The prints of those with votes are wanted in a moment.)"""
        prints = self._prints.of((hit.image_id for hit in hits), soon=self._ledger.votes)
        return len(best_of_each_print(hits, prints))


def nearest_images(
    index: Index | None, vectors: Vectors, allowed: Ids | None, *, prints: int,
    shown: Callable[[Sequence[Hit]], int] = prints_shown,
) -> list[Hit]:  # fmt: skip
    """The images nearest to any of the vectors, enough of them to show so many prints; best first.

    More images are asked for until the prints are certain; `shown` says how many prints some images are of.
    """
    if index is None or not len(vectors):
        return []
    count = 2 * prints
    while True:
        lists = _nearest(index, vectors, allowed, count)
        # An image beyond the end of a full list is no better than the last one in it.
        certain = max((found[-1].cosine for found in lists if len(found) == count), default=NO_CUT)
        hits = [hit for hit in merged(lists) if hit.cosine >= certain]
        if certain == NO_CUT or shown(hits) >= prints:
            return hits
        count *= 4


def cosines_of(index: Index | None, vectors: Vectors, image_ids: Collection[int]) -> list[Hit]:
    """The similarity of these very images, as far as they have a vector."""
    if index is None or not image_ids or not len(vectors):
        return []
    return merged(_nearest(index, vectors, np.array(sorted(image_ids), dtype=np.int64), len(image_ids)))


def merged(lists: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The hits of several queries as one list: each image with its best cosine, best first, ties by id."""
    best: dict[int, float] = {}
    for hits in lists:
        for hit in hits:
            best[hit.image_id] = max(hit.cosine, best.get(hit.image_id, NO_CUT))
    return [Hit(image_id, cosine) for image_id, cosine in sorted(best.items(), key=lambda b: (-b[1], b[0]))]


def _nearest(index: Index, vectors: Vectors, allowed: Ids | None, count: int) -> list[list[Hit]]:
    rows = zip(*index.search(vectors, count, allowed), strict=True)
    return [[Hit(int(i), float(s)) for i, s in zip(*row, strict=True) if i >= 0] for row in rows]
