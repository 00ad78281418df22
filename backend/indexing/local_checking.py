"""Does the local index agree with the database? Every difference is named; nothing is changed."""

from collections.abc import Iterator

import numpy as np
from django.db.models import F
from numpy.typing import NDArray
from search_model.local.codec import Codec
from search_model.local.packing import MOST_ROWS
from search_model.local.voting import VotingIndex

from catalog.models import PrintImage
from indexing.checking import Agreement
from indexing.differences import Difference, Ids, ids_not_in_log, ids_of, named
from indexing.live_local import LiveLocalIndex
from indexing.local_artifacts import ArtifactError, load_local_artifact
from indexing.local_queries import codec_of_new_features, stored_local_features
from indexing.models import FeatureProblem, KnnModel, LocalFeature, Road
from indexing.queries import active_model

Sums = NDArray[np.uint64]
# Odd constants of splitmix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
STEP, FIRST, SECOND = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def compare_local_index() -> Agreement:
    """Compare pictures, local features, the published version and a live index, feature by feature."""
    codec, model = codec_of_new_features(), active_model(road=Road.LOCAL)
    index = LiveLocalIndex().current()
    image_ids = ids_of(PrintImage.objects.values_list("pk", flat=True))
    features = LocalFeature.objects.filter(codec=codec.id)
    stored = ids_of(features.values_list("image_id", flat=True))
    problems = FeatureProblem.objects.filter(descriptor=codec.id)
    left_out = ids_of(problems.values_list("image_id", flat=True))
    old = features.exclude(image_sha256=F("image__sha256"))
    old_ids = ids_of(old.values_list("image_id", flat=True))
    missing = np.setdiff1d(image_ids, np.union1d(stored, left_out))
    return Agreement(
        descriptor=codec.id,
        version=model.version if model else None,
        images=len(image_ids),
        features=len(stored),
        indexed=len(index),
        left_out=len(left_out),
        differences=[
            *named("no_local_features", "images have no local features", missing),
            *named("old_local_features", "local features were made from another file", old_ids),
            *_index_differences(index, codec, stored),
            *_published_differences(model, stored),
        ],
    )


def _index_differences(index: VotingIndex, codec: Codec, stored: Ids) -> Iterator[Difference]:
    if index.codec.id != codec.id:
        yield Difference(
            "old_codec", f"The local index is of {index.codec.id}; features are made with {codec.id}."
        )
        return
    only_stored, only_indexed = np.setdiff1d(stored, index.ids), np.setdiff1d(index.ids, stored)
    yield from named("not_in_local_index", "local features are not in the index", only_stored)
    yield from named("in_local_index_only", "images of the local index have no local features", only_indexed)
    yield from named(
        "other_local_features", "local features differ from the index", _ids_of_other_features(index)
    )


def _published_differences(model: KnnModel | None, stored: Ids) -> Iterator[Difference]:
    """The published version with the log applied must be the local features of the database."""
    if model is None:
        return
    try:
        index = load_local_artifact(model.version, codec=model.descriptor)
    except ArtifactError as error:
        yield Difference("local_artifact_damaged", f"The published local index cannot be used: {error}.")
        return
    if len(index) != model.count:
        yield Difference(
            "local_count", f"Version {model.version} holds {len(index)} images, its row says {model.count}."
        )
    if model.descriptor == codec_of_new_features().id:
        silent = ids_not_in_log(model, published=index.ids, stored=stored)
        yield from named(
            "local_not_in_log", "images differ from the local index without a line in the log", silent
        )


def _ids_of_other_features(index: VotingIndex) -> Ids:
    """Ids that both sides have, with features that are not the same."""
    ids, sums = _sums_of_index(index)
    other = [np.empty(0, np.int64)]
    for stored_ids, rows in stored_local_features(codec=index.codec.id):
        stored_sums = np.array([_sum_of_row(index.codec, row) for row in rows], dtype=np.uint64)
        both, mine, its = np.intersect1d(stored_ids, ids, assume_unique=True, return_indices=True)
        other.append(both[stored_sums[mine] != sums[its]])
    return np.concatenate(other)


def _sums_of_index(index: VotingIndex) -> tuple[Ids, Sums]:
    """For each image, by id, the sum of the hashes of its features; the lists give them in no order."""
    contents = index.contents()
    sums = np.zeros(contents.ids.size, dtype=np.uint64)
    for number, part in enumerate(contents.parts(index.codec.lists)):
        hashes = _hashes(part.labels % MOST_ROWS, np.full(part.labels.size, number), part.codes)
        np.add.at(sums, part.labels // MOST_ROWS, hashes)
    return contents.ids, sums


def _sum_of_row(codec: Codec, packed: bytes) -> np.uint64:
    try:
        lists, codes = codec.entries(packed)
    except ValueError:
        # A damaged row is like nothing in the index.
        return STEP
    return np.uint64(_hashes(np.arange(len(lists)), lists, codes).sum(dtype=np.uint64))


def _hashes(rows: NDArray[np.integer], lists: NDArray[np.integer], codes: NDArray[np.uint8]) -> Sums:
    """A number, uint64 (n,), for what a feature is: its row, its list and its code of 16 bytes."""
    words = np.ascontiguousarray(codes).view(np.uint64).reshape(-1, 2)
    hashes = np.zeros(len(rows), dtype=np.uint64)
    for part in (rows.astype(np.uint64), lists.astype(np.uint64), words[:, 0], words[:, 1]):
        hashes = (hashes ^ part) + STEP
        hashes = (hashes ^ (hashes >> np.uint64(30))) * FIRST
        hashes = (hashes ^ (hashes >> np.uint64(27))) * SECOND
        hashes ^= hashes >> np.uint64(31)
    return hashes
