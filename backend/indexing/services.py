"""Writes of the index's tables: each is one transaction with its lines in the log, and may be repeated."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from catalog.models import PrintImage
from core.jobs import enqueue
from core.models import Job
from core.sentences import named
from indexing.artifacts import (
    StoredVectors,
    artifact_is_whole,
    artifact_versions,
    prune_artifacts,
    publish_artifact,
)
from indexing.changes import announce_publication, append_changes, last_change_id, lock_appends
from indexing.models import Feature, FeatureProblem, IndexChange, KnnModel, LocalFeature, Road
from indexing.queries import PictureRef, changes_after, ids_still_wanted, maintained_descriptors, model_of
from indexing.vectors import Vectors, to_stored

EXTRACT = "extract_features"
PUBLISH = "publish_knn_model"
COMPACT = "compact_index"
PUBLISH_LOCAL = "publish_local_index"
COMPACT_LOCAL = "compact_local_index"
CHANGE = "change_descriptor"
CHECK = "check_index"


@dataclass(frozen=True)
class Problem:
    """Why a picture has no vector or no local features: a code for programs, a sentence for people."""

    picture: PictureRef
    code: str
    reason: str


def enqueue_index_update() -> Job:
    """Queue the vectors of all pictures that have none; the index is published after them.

    One that waits already is returned: call it after every change of pictures, in their transaction.
    """
    return enqueue(kind=EXTRACT)


def store_features(*, descriptor: str, pictures: Sequence[PictureRef], vectors: Vectors) -> int:
    """Store the vectors (float32 (n, dim)) of pictures and log them. Returns how many were new.

    Pictures that were deleted or replaced meanwhile are left out, and so is a vector that is there already.
    """
    with transaction.atomic():
        lock_appends()
        stored = Feature.objects.filter(descriptor=descriptor).values_list("image_id", "image_sha256")
        wanted = ids_still_wanted(pictures, checksums=stored)
        rows = [
            Feature(
                image_id=picture.id,
                descriptor=descriptor,
                vector=to_stored(vector),
                image_sha256=picture.sha256,
            )
            for picture, vector in zip(pictures, np.asarray(vectors), strict=True)
            if picture.id in wanted
        ]
        _replace_features(descriptor, rows)
        append_changes(kind=IndexChange.Kind.ADDED, descriptor=descriptor, image_ids=sorted(wanted))
    return len(rows)


def _replace_features(descriptor: str, rows: list[Feature]) -> None:
    ids = [row.image_id for row in rows]
    FeatureProblem.objects.filter(image_id__in=ids, descriptor=descriptor).delete()
    Feature.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["image", "descriptor"],
        update_fields=["vector", "image_sha256"],
    )


def record_problems(*, descriptor: str, problems: Sequence[Problem]) -> None:
    """Remember why pictures have no vector, or (under a codec) no local features; what was made of an older
    file of theirs leaves the index."""
    with transaction.atomic():
        lock_appends()
        ids = [problem.picture.id for problem in problems]
        Feature.objects.filter(image_id__in=ids, descriptor=descriptor).delete()
        LocalFeature.without_packed.filter(image_id__in=ids, codec=descriptor).delete()
        present = set(PrintImage.objects.filter(pk__in=ids).values_list("pk", flat=True))
        FeatureProblem.objects.bulk_create(
            [_problem_row(descriptor, problem) for problem in problems if problem.picture.id in present],
            update_conflicts=True,
            unique_fields=["image", "descriptor"],
            update_fields=["code", "reason", "reason_said", "image_sha256", "created_at"],
        )


def _problem_row(descriptor: str, problem: Problem) -> FeatureProblem:
    return FeatureProblem(
        image_id=problem.picture.id,
        descriptor=descriptor,
        code=problem.code,
        reason=problem.reason,
        reason_said=named(problem.reason, problem.code).said,
        image_sha256=problem.picture.sha256,
    )


def publish_knn_model(*, descriptor: str, dim: int) -> KnnModel:
    """Publish all vectors of `descriptor` as a new version, unless its version has them all.

    It comes into force when it is the first, or its descriptor is in force already: changing the descriptor
    is the work of `switching.activate_model`. The log is read before the vectors: what changes meanwhile is
    in the log after `last_change`, and applying it to a version that has it already changes nothing. So no
    transaction stays open while vectors are read.
    """
    current = model_of(descriptor)
    if current is not None and _is_current(current):
        return current
    last_change = last_change_id()
    vectors = StoredVectors(descriptor=descriptor, dim=dim)
    version = publish_artifact(vectors, descriptor=descriptor, last_change=last_change)
    model = record_version(
        version=version, descriptor=descriptor, last_change=last_change, count=len(vectors)
    )
    prune_versions()
    return model


def _is_current(model: KnnModel) -> bool:
    return not changes_after(model) and artifact_is_whole(model.version)


def record_version(
    *, version: str, descriptor: str, last_change: int, count: int, road: Road = Road.GLOBAL
) -> KnnModel:
    """Record the version and tell the readers, unless a newer one is there by now.

    The first version of a road, and the next of what is in force, come into force.
    """
    with transaction.atomic():
        lock_appends()
        versions = KnnModel.objects.filter(road=road)
        newer = versions.filter(descriptor=descriptor, last_change__gt=last_change).first()
        if newer is not None:
            return newer
        active = versions.filter(active=True)
        in_force = not active.exclude(descriptor=descriptor).exists() or road == Road.LOCAL
        if in_force:
            active.update(active=False)
        return KnnModel.objects.create(
            version=version,
            road=road,
            descriptor=descriptor,
            last_change=last_change,
            published_change=announce_publication(descriptor=descriptor, road=road),
            count=count,
            active=in_force,
        )


def prune_versions() -> None:
    """Forget versions whose files are gone, and delete old ones; what can be switched to stays."""
    newest = [model_of(descriptor) for descriptor in maintained_descriptors()]
    prune_artifacts(protected=[model.version for model in newest if model])
    old = KnnModel.objects.filter(active=False, road=Road.GLOBAL)
    old.exclude(version__in=artifact_versions()).delete()


def compact_index(*, descriptor: str, dim: int) -> KnnModel:
    """Fold the changes since the last publication into a new version, and cut the log before it."""
    model = publish_knn_model(descriptor=descriptor, dim=dim)
    # A reader that is further back finds the announcement of this version, which is later, and loads it.
    # (Lines of other descriptors, and of the other road, are for their own versions.)
    old = IndexChange.objects.filter(id__lte=model.last_change, road=model.road, descriptor=model.descriptor)
    old.delete()
    return model
