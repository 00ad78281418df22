"""Vectors and publication in one go, in this process: what the two jobs do one after the other."""

from dataclasses import dataclass

from indexing.extraction import ExtractionSummary, Progress, extract_missing_features
from indexing.models import KnnModel
from indexing.services import publish_knn_model


@dataclass(frozen=True)
class BuiltIndex:
    """What was described, and the version that holds it."""

    summary: ExtractionSummary
    model: KnnModel


def build_index(*, progress: Progress) -> BuiltIndex:
    """Describe what has no vector and publish. Repeating it changes nothing."""
    summary = extract_missing_features(progress=progress)
    return BuiltIndex(summary, publish_knn_model(descriptor=summary.descriptor, dim=summary.dim))
