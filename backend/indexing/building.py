"""Features and publication in one go, in this process: what the jobs do one after the other."""

import time
from dataclasses import dataclass

from core.errors import RectoError
from indexing.extraction import ExtractionSummary, Progress
from indexing.local_checking import compare_local_index
from indexing.local_publishing import publish_local_index
from indexing.maintaining import describe_all, dim_of, wanted_descriptors
from indexing.models import KnnModel
from indexing.services import publish_knn_model


@dataclass(frozen=True)
class BuiltIndex:
    """What was described, and the versions that hold it."""

    summary: ExtractionSummary
    model: KnnModel
    local_model: KnnModel


def build_index(*, progress: Progress) -> BuiltIndex:
    """Describe what has no vector or no local features, and publish both. Repeating it changes nothing."""
    try:
        summary = describe_all(progress=progress, wait=time.sleep)
    except RectoError:
        # The extractor may be away; that does not concern the other road.
        _publish_local_index()
        raise
    local_model = _publish_local_index()
    in_force, *kept = wanted_descriptors()
    model = publish_knn_model(descriptor=in_force, dim=dim_of(in_force))
    for descriptor in kept:
        publish_knn_model(descriptor=descriptor, dim=dim_of(descriptor))
    return BuiltIndex(summary, model, local_model)


def _publish_local_index() -> KnnModel:
    """A version is made from the one before it and the log; one that is wrong, anew from the database."""
    return publish_local_index(anew=bool(compare_local_index().differences))
