"""Database and indexes of both roads, compared id by id, as a job's result."""

from typing import Any

from indexing.checking import Agreement, compare_index
from indexing.local_checking import compare_local_index
from indexing.queries import descriptor_in_force

COUNTS = ("descriptor", "version", "images", "features", "indexed", "left_out")


def check_whole_index() -> dict[str, Any]:
    """Counts by road, and every difference as a sentence. Raises ExtractorAway if none is known."""
    roads = {"global": compare_index(descriptor=descriptor_in_force()), "local": compare_local_index()}
    return {
        "differences": [each.sentence for road in roads.values() for each in road.differences],
        **{name: _counts(agreement) for name, agreement in roads.items()},
    }


def _counts(agreement: Agreement) -> dict[str, Any]:
    return {name: getattr(agreement, name) for name in COUNTS}
