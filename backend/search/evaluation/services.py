"""Writes of an evaluation: one row with its figures."""

from collections.abc import Mapping
from typing import Any

from catalog.models import Print
from core.errors import UserError
from indexing.models import Road
from search.evaluation.queries import active_models
from search.models import Evaluation


def store_evaluation(*, figures: Mapping[str, Any], collection: str, seed: int) -> Evaluation:
    """Keep the figures with the versions in force. Raises UserError before the first publication."""
    models = active_models()
    if Road.GLOBAL not in models:
        raise UserError(
            "nothing_published", "No KNN model is published yet. 'manage.py build_index' does it."
        )
    local = models.get(Road.LOCAL)
    return Evaluation.objects.create(
        version=models[Road.GLOBAL].version,
        descriptor=models[Road.GLOBAL].descriptor,
        local_version=local.version if local else "",
        codec=local.descriptor if local else "",
        collection=collection,
        prints=Print.objects.count(),
        seed=seed,
        figures=dict(figures),
    )
