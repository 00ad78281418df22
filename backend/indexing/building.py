"""Vectors and publication in one go, in this process: what the two jobs do one after the other."""

import time
from dataclasses import dataclass

from indexing.extraction import ExtractionSummary, Progress
from indexing.maintaining import describe_all, dim_of, wanted_descriptors
from indexing.models import KnnModel
from indexing.services import publish_knn_model


@dataclass(frozen=True)
class BuiltIndex:
    """What was described, and the version that holds it."""

    summary: ExtractionSummary
    model: KnnModel


def build_index(*, progress: Progress) -> BuiltIndex:
    """Describe what has no vector and publish. Repeating it changes nothing."""
    summary = describe_all(progress=progress, wait=time.sleep)
    in_force, *kept = wanted_descriptors()
    model = publish_knn_model(descriptor=in_force, dim=dim_of(in_force))
    for descriptor in kept:
        publish_knn_model(descriptor=descriptor, dim=dim_of(descriptor))
    return BuiltIndex(summary, model)
