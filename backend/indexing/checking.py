"""Does the index agree with the database? Every difference is named; nothing is changed."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from django.db.models import F
from search_model.knn.index import Index

from catalog.models import PrintImage
from indexing.artifacts import ArtifactError, load_artifact
from indexing.differences import Difference, Ids, ids_not_in_log, ids_of, named
from indexing.live import LiveIndex
from indexing.models import Feature, FeatureProblem, KnnModel
from indexing.queries import features_of, model_of

ROWS_AT_ONCE = 4096
# Both sides are float32 of the same float16 numbers.
SAME = 1e-6


@dataclass(frozen=True)
class Agreement:
    """What was compared, how much of it there is, and how it differs."""

    descriptor: str
    version: str | None
    images: int
    features: int
    indexed: int
    left_out: int
    differences: list[Difference]


def compare_index(*, descriptor: str) -> Agreement:
    """Compare pictures, vectors, the published version and a live index, id by id and row by row."""
    model = model_of(descriptor)
    live = LiveIndex().current(descriptor)
    image_ids = ids_of(PrintImage.objects.values_list("pk", flat=True))
    features = Feature.objects.filter(descriptor=descriptor)
    feature_ids = ids_of(features.values_list("image_id", flat=True))
    left_out = ids_of(FeatureProblem.objects.filter(descriptor=descriptor).values_list("image_id", flat=True))
    live_ids = np.empty(0, np.int64) if live is None else live.ids
    return Agreement(
        descriptor=descriptor,
        version=model.version if model else None,
        images=len(image_ids),
        features=len(feature_ids),
        indexed=len(live_ids),
        left_out=len(left_out),
        differences=[
            *named(
                "no_vector",
                "images have no vector",
                np.setdiff1d(image_ids, np.union1d(feature_ids, left_out)),
            ),
            *named("old_vector", "vectors were made from another file", _ids_of_old_vectors(descriptor)),
            *named("not_indexed", "vectors are not in the index", np.setdiff1d(feature_ids, live_ids)),
            *named("indexed_only", "images of the index have no vector", np.setdiff1d(live_ids, feature_ids)),
            *named("other_vector", "vectors differ from the index", _ids_of_other_vectors(live, descriptor)),
            *_published_differences(model),
        ],
    )


def _ids_of_old_vectors(descriptor: str) -> Ids:
    old = Feature.objects.filter(descriptor=descriptor).exclude(image_sha256=F("image__sha256"))
    return ids_of(old.values_list("image_id", flat=True))


def _ids_of_other_vectors(live: Index | None, descriptor: str) -> Ids:
    """Ids that both sides have, with vectors that are not the same."""
    if live is None:
        return np.empty(0, np.int64)
    other = [np.empty(0, np.int64)]
    for start in range(0, len(live.ids), ROWS_AT_ONCE):
        ids, vectors = features_of(
            live.ids[start : start + ROWS_AT_ONCE].tolist(), descriptor=descriptor, dim=live.dim
        )
        other.append(ids[np.abs(live.vectors(ids) - vectors).max(axis=1, initial=0) > SAME])
    return np.concatenate(other)


def _published_differences(model: KnnModel | None) -> Iterator[Difference]:
    """The published version with the log applied must be the vectors of the database."""
    if model is None:
        return
    try:
        index = load_artifact(model.version)
    except ArtifactError as error:
        yield Difference("artifact_damaged", f"The published version cannot be used: {error}.")
        return
    if len(index) != model.count:
        yield Difference(
            "count", f"Version {model.version} holds {len(index)} vectors, its row says {model.count}."
        )
    stored = ids_of(Feature.objects.filter(descriptor=model.descriptor).values_list("image_id", flat=True))
    silent = ids_not_in_log(model, published=index.ids, stored=stored)
    yield from named(
        "not_in_log", "images differ from the published version without a line in the log", silent
    )
