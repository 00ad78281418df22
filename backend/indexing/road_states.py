"""What each of the two roads to a print has and lacks, counted as a reader may count it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from django.db.models import Model, QuerySet
from numpy.typing import NDArray

from indexing.live import live_index
from indexing.live_local import live_local_index
from indexing.local_queries import pictures_never_tried_locally
from indexing.models import Feature, FeatureProblem, KnnModel, LocalFeature, Road
from indexing.queries import active_model, changes_since, pictures_never_tried

Ids = NDArray[np.int64]
# Features may be stored between one count and the other; then both are counted again.
COUNTS_TRIED = 3


@dataclass(frozen=True)
class RoadState:
    """One road: what is stored, what this process searches in, and what is still to be done.

    `waiting`: pictures that were not tried yet; `left_out`: those tried in vain; `changes`: since `version`.
    """

    road: Road
    descriptor: str | None
    version: str | None
    features: int = 0
    entries: int = 0
    waiting: int = 0
    left_out: int = 0
    changes: int = 0


class Counting:
    """Counts images: all of them, or only those whose ids are in `seen`, int64, ascending."""

    def __init__(self, seen: Ids | None) -> None:
        self.seen = seen

    def ids(self, ids: Ids) -> int:
        return len(ids) if self.seen is None else int(np.isin(ids, self.seen).sum())

    def rows(self, rows: QuerySet[Model], image: str = "image_id") -> int:
        """How many rows, each of the image that its field `image` names."""
        if self.seen is None:
            return rows.count()
        ids = rows.order_by().values_list(image, flat=True)
        return self.ids(np.fromiter(ids.iterator(chunk_size=5000), dtype=np.int64))


def road_states(model: KnnModel | None, *, descriptor: str | None, counting: Counting) -> list[RoadState]:
    """Both roads. `model` is the version of vectors in force; `descriptor` None while nothing says which."""
    return [_global_road(model, descriptor, counting), _local_road(counting)]


def _global_road(model: KnnModel | None, descriptor: str | None, counting: Counting) -> RoadState:
    if descriptor is None:
        return RoadState(Road.GLOBAL, None, None)

    def indexed() -> Ids:
        index = live_index().current(descriptor)
        return np.empty(0, np.int64) if index is None else index.ids

    stored = Feature.objects.filter(descriptor=descriptor)
    waiting = pictures_never_tried(descriptor=descriptor)
    return _road(Road.GLOBAL, descriptor, model, indexed, stored, waiting, counting)


def _local_road(counting: Counting) -> RoadState:
    def indexed() -> Ids:
        ids: Ids = live_local_index().current().ids
        return ids

    codec = live_local_index().current().codec.id
    stored = LocalFeature.objects.filter(codec=codec)
    waiting = pictures_never_tried_locally(codec=codec)
    return _road(Road.LOCAL, codec, active_model(road=Road.LOCAL), indexed, stored, waiting, counting)


def _road(
    road: Road,
    descriptor: str,
    model: KnnModel | None,
    indexed: Callable[[], Ids],
    stored: QuerySet[Model],
    waiting: QuerySet[Model],
    counting: Counting,
) -> RoadState:
    for _ in range(COUNTS_TRIED):
        entries, features = counting.ids(indexed()), counting.rows(stored)
        if entries == features:
            break
    return RoadState(
        road=road,
        descriptor=descriptor,
        version=model.version if model else None,
        features=features,
        entries=entries,
        waiting=counting.rows(waiting, "pk"),
        left_out=counting.rows(FeatureProblem.objects.filter(descriptor=descriptor)),
        changes=counting.rows(changes_since(model)) if model else 0,
    )
