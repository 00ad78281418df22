"""Writes of an evaluation: one row with its figures."""

from collections.abc import Mapping
from typing import Any

from catalog.models import Print
from indexing.models import KnnModel, Road
from indexing.queries import active_model
from search.models import Evaluation


def store_evaluation(
    *, model: KnnModel, figures: Mapping[str, Any], collection: str, seed: int
) -> Evaluation:
    """Keep the figures with a version of the global road, and that of the local road in force."""
    local = active_model(road=Road.LOCAL)
    return Evaluation.objects.create(
        version=model.version,
        descriptor=model.descriptor,
        local_version=local.version if local else "",
        codec=local.descriptor if local else "",
        collection=collection,
        prints=Print.objects.count(),
        seed=seed,
        figures=dict(figures),
    )
