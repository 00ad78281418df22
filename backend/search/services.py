"""The search: picture -> vector -> nearest images -> prints, each stage timed. It writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.data_files import data_file
from catalog.images import DecodeLimits, scan_limits, search_limits
from catalog.models import PrintImage
from catalog.queries import (
    PrintFilters,
    example,
    filtered_prints,
    image_ids_for,
    print_record,
    prints_for_images,
)
from catalog.queries import image as stored_image
from indexing.extractor_client import extract_features, extractor_info
from indexing.live import live_index
from indexing.pictures import decoded_near
from indexing.queries import descriptor_in_force, vector_of_image, vectors_of_print
from indexing.vectors import Vectors
from search.framing import Framing, framed
from search.queries import print_ids_of
from search.ranking import Hit, best_of_each_print, merged_hits
from search.stages import StageClock

Ids = NDArray[np.int64]
NO_CUT = -2.0  # below every cosine


@dataclass(frozen=True)
class Wanted:
    """What the answer may contain: the filters, and at most so many prints."""

    filters: PrintFilters
    limit: int


@dataclass(frozen=True)
class Result:
    """One line of the answer."""

    rank: int
    score: float
    image: PrintImage


@dataclass(frozen=True)
class Answer:
    """What a search found: `total` prints were left by the filters, `width` and `height` are the query's."""

    descriptor: str
    index_version: str | None
    total: int
    width: int
    height: int
    results: Sequence[Result]
    timings_ms: dict[str, float]


@dataclass(frozen=True)
class _Query:
    """A described picture: its vector, float32 of shape (dim,), and its size in pixels."""

    descriptor: str
    vector: Vectors
    width: int
    height: int


@dataclass(frozen=True)
class _Source:
    """Where the pixels are, and how much may be read of them."""

    data: bytes | Path
    limits: DecodeLimits = field(default_factory=search_limits)


def search_by_image(*, data: bytes, framing: Framing, wanted: Wanted) -> Answer:
    """Search with an uploaded picture. Raises UserError for an unreadable one, TryAgain, OperatorError."""
    clock = StageClock()
    return _answered(_described(_Source(data), framing, clock), wanted, clock)


def search_by_example(*, slug: str, framing: Framing, wanted: Wanted) -> Answer:
    """Search with one of the photographs that are there to try. Raises NotFound for an unknown one."""
    clock = StageClock()
    source = _Source(data_file(example(slug).path), scan_limits())
    return _answered(_described(source, framing, clock), wanted, clock)


def search_by_stored_image(*, image_id: int, framing: Framing, wanted: Wanted) -> Answer:
    """Search with a picture of the catalogue; as it is, by its stored vector and without the extractor."""
    clock = StageClock()
    image = stored_image(image_id)
    query = _stored_query(image, clock) if framing.is_plain else None
    if query is None:
        query = _described(_Source(data_file(image.path), scan_limits()), framing, clock)
    return _answered(query, wanted, clock)


def similar_prints(*, print_id: int, wanted: Wanted) -> Answer:
    """The other prints that look most like this one, by the stored vectors of its pictures."""
    clock = StageClock()
    first = next(iter(print_record(print_id).images.all()), None)
    with clock.stage("knn"):
        descriptor = descriptor_in_force()
        vectors = vectors_of_print(print_id, descriptor=descriptor)
        allowed = image_ids_for(wanted.filters)
        hits = _nearest_prints(vectors, descriptor, allowed, limit=wanted.limit, without=print_id)
    return _rendered(hits, descriptor, wanted, clock, size=(first.width, first.height) if first else (0, 0))


def _described(source: _Source, framing: Framing, clock: StageClock) -> _Query:
    with clock.stage("features"):
        side = 2 * extractor_info().input_size
    with clock.stage("decode"):
        side = max(1, round(side * framing.enlargement()))
        pixels, info = decoded_near(source.data, limits=source.limits, side=side)
        pixels = framed(pixels, framing)
    with clock.stage("features"):
        extracted = extract_features([pixels])
    return _Query(extracted.descriptor, extracted.vectors[0], info.width, info.height)


def _stored_query(image: PrintImage, clock: StageClock) -> _Query | None:
    with clock.stage("knn"):
        descriptor = descriptor_in_force()
        vector = vector_of_image(image.pk, descriptor=descriptor)
    return None if vector is None else _Query(descriptor, vector, image.width, image.height)


def _answered(query: _Query, wanted: Wanted, clock: StageClock) -> Answer:
    with clock.stage("knn"):
        allowed = image_ids_for(wanted.filters)
        hits = _nearest_prints(query.vector[np.newaxis], query.descriptor, allowed, limit=wanted.limit)
    return _rendered(hits, query.descriptor, wanted, clock, size=(query.width, query.height))


def _nearest_prints(
    vectors: Vectors, descriptor: str, allowed: Ids | None, *, limit: int, without: int | None = None
) -> list[Hit]:
    """The `limit` prints nearest to any of the vectors: more images are asked for until they are certain."""
    count = 2 * limit
    while True:
        lists = [_nearest_images(vector, descriptor, allowed, count) for vector in vectors]
        # An image beyond the end of a full list is no better than the last one in it.
        certain = max((found[-1].score for found in lists if len(found) == count), default=NO_CUT)
        images = [hit for hit in merged_hits(lists) if hit.score >= certain]
        print_of_image = print_ids_of([hit.image_id for hit in images])
        hits = best_of_each_print(images, print_of_image, without=without)
        if len(hits) >= limit or certain == NO_CUT:
            return hits[:limit]
        count *= 4


def _nearest_images(vector: Vectors, descriptor: str, allowed: Ids | None, count: int) -> list[Hit]:
    found = live_index().search(vector, count, descriptor=descriptor, allowed_ids=allowed)
    return [Hit(int(i), float(score)) for i, score in zip(found.ids, found.scores, strict=True)]


def _rendered(
    hits: Sequence[Hit], descriptor: str, wanted: Wanted, clock: StageClock, *, size: tuple[int, int]
) -> Answer:
    """With the metadata of the hits; a print that was deleted meanwhile simply is not there."""
    with clock.stage("metadata"):
        scores = {hit.image_id: hit.score for hit in hits}
        images = prints_for_images(list(scores))
        total = filtered_prints(wanted.filters).count()
    return Answer(
        descriptor=descriptor,
        index_version=live_index().version,
        total=total,
        width=size[0],
        height=size[1],
        results=[Result(rank, scores[image.pk], image) for rank, image in enumerate(images, start=1)],
        timings_ms=clock.timings_ms,
    )
