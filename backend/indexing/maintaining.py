"""Keeping every descriptor complete that is in force, prepared or kept for the way back."""

import logging
from collections.abc import Sequence

from indexing.describing import Wait
from indexing.extraction import ExtractionSummary, Progress, extract_missing_features
from indexing.extractor_client import ExtractorAway, extractor_info, offered_descriptors
from indexing.queries import active_model, maintained_descriptors, stored_dim

logger = logging.getLogger(__name__)


def wanted_descriptors() -> list[str]:
    """What every picture should have a vector of, first what is searched with: before the first publication
    that is the extractor's default. Raises ExtractorAway when that is not known."""
    in_force = [] if active_model() else [extractor_info(fresh=True).descriptor]
    return [*in_force, *(name for name in maintained_descriptors() if name not in in_force)]


def describe_all(*, progress: Progress, wait: Wait) -> ExtractionSummary:
    """Describe every picture by each wanted descriptor that the extractor offers, and locally.

    Raises ExtractorAway, and DescriptorNotOffered when what is searched with is not on offer: after the rest.
    """
    try:
        wanted = wanted_descriptors()
        possible = _offered(wanted)
    except ExtractorAway:
        # It is waited for, and the local features are made without it.
        return extract_missing_features(progress=progress, wait=wait)
    summary = extract_missing_features(progress=progress, wait=wait, descriptors=possible or wanted)
    extractor_info(descriptor=wanted[0])
    return summary


def _offered(wanted: Sequence[str]) -> list[str]:
    offered = {info.descriptor for info in offered_descriptors(fresh=True)}
    for name in wanted:
        if name not in offered:
            logger.warning("New pictures get no vector of %s: the extractor no longer offers it.", name)
    return [name for name in wanted if name in offered]


def dim_of(descriptor: str) -> int:
    """The length of its vectors, as stored or as the extractor says. Raises what `extractor_info` raises."""
    return stored_dim(descriptor) or extractor_info(descriptor=descriptor).dim
