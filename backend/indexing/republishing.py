"""Both indexes anew from the database alone, without the extractor: after a restore no version has files."""

import logging

from indexing.local_publishing import publish_local_index
from indexing.local_queries import codec_of_new_features
from indexing.models import LocalFeature, Road
from indexing.queries import active_model, maintained_descriptors, stored_dim
from indexing.services import publish_knn_model

logger = logging.getLogger(__name__)


def republish() -> dict[str, int]:
    """Publish each descriptor that is kept complete, and the local features; how many images each has.

    Local features of another codec than this version makes are left to the worker, which makes them anew and
    has them searched from the database meanwhile.
    """
    published = {}
    for descriptor in maintained_descriptors():
        if dim := stored_dim(descriptor):
            published[descriptor] = publish_knn_model(descriptor=descriptor, dim=dim).count
    codec = codec_of_new_features().id
    current = active_model(road=Road.LOCAL)
    others = current is not None and current.descriptor != codec
    if not others and LocalFeature.objects.filter(codec=codec).exists():
        published[codec] = publish_local_index(anew=True).count
    return published
