"""Reads of local features: what is stored, what is still to be made. In chunks: a row has ten kilobytes."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet
from numpy.typing import NDArray
from search_model.local.codec import Codec
from search_model.local.features import LocalFeatures

from catalog.audience import Audience
from catalog.models import PrintImage
from indexing.models import FeatureProblem, LocalFeature, Road
from indexing.queries import IDS_A_QUERY, active_model, changes_after
from indexing.vectors import Stored

logger = logging.getLogger(__name__)
# Ten megabytes at a time.
CHUNK = 1000
TAIL_LEAST = 500
TAIL_SHARE = 20
# Images of ten kilobytes each.
TAIL_IN_MEMORY = 5000
Ids = NDArray[np.int64]
PackedRows = tuple[Ids, list[bytes]]


def codec_of_new_features() -> Codec:
    """The codec that pictures are described with from now on."""
    return Codec.shipped()


def pictures_without_local_features(*, codec: str) -> QuerySet[PrintImage]:
    """Pictures that have no local features under the codec, or those of another file."""
    made = LocalFeature.objects.filter(image=OuterRef("pk"), codec=codec, image_sha256=OuterRef("sha256"))
    return PrintImage.objects.filter(~Exists(made)).order_by("pk")


def pictures_never_tried_locally(*, codec: str) -> QuerySet[PrintImage]:
    """Pictures without local features and without a known reason for it."""
    tried = FeatureProblem.objects.filter(
        image=OuterRef("pk"), descriptor=codec, image_sha256=OuterRef("sha256")
    )
    return pictures_without_local_features(codec=codec).filter(~Exists(tried))


def local_features_of(image_ids: Iterable[int], *, codec: Codec | None = None) -> dict[int, LocalFeatures]:
    """The stored local features of those of the images that have some, descriptors as their codes say.

    One query for up to 10,000 images. `codec` is that of the index which named the images.
    """
    codec = codec or codec_of_new_features()
    ids, rows = packed_of(list(image_ids), codec=codec.id)
    decoded = ((image_id, _decoded(codec, row)) for image_id, row in zip(ids.tolist(), rows, strict=True))
    return {image_id: features for image_id, features in decoded if features is not None and len(features)}


def _decoded(codec: Codec, packed: bytes) -> LocalFeatures | None:
    try:
        return codec.decode(packed)
    except ValueError as error:
        # 'manage.py check_index' names the image.
        logger.error("Local features cannot be read: %s", error)
        return None


def packed_of(image_ids: Sequence[int], *, codec: str) -> PackedRows:
    """Ids, rising, and packed rows of those of the images that have local features."""
    rows: list[tuple[int, Stored]] = []
    for start in range(0, len(image_ids), IDS_A_QUERY):
        some = image_ids[start : start + IDS_A_QUERY]
        rows.extend(
            LocalFeature.objects.filter(codec=codec, image_id__in=some).values_list("image_id", "packed")
        )
    return _ids_and_rows(sorted(rows))


def stored_local_features(*, codec: str, chunk: int = CHUNK) -> Iterator[PackedRows]:
    """All rows of a codec as (image ids rising, packed rows), at most `chunk` at a time.

    Rows stored or deleted meanwhile may be in it or not: whoever needs them exact reads the log from before.
    """
    last = 0
    features = LocalFeature.objects.filter(codec=codec).order_by("image_id")
    while rows := list(features.filter(image_id__gt=last).values_list("image_id", "packed")[:chunk]):
        last = rows[-1][0]
        yield _ids_and_rows(rows)


def local_index_info(*, audience: Audience) -> dict[str, Any]:
    """What `/api/v1/info/` tells of the local road: the codec in force, the published version, counts of what
    the audience may see."""
    model = active_model(road=Road.LOCAL)
    codec = model.descriptor if model else codec_of_new_features().id
    return {
        "codec": codec,
        "index_version": model.version if model else None,
        "features": LocalFeature.objects.filter(audience.conditions("image__print__"), codec=codec).count(),
    }


def local_index_is_behind(*, codec: str) -> bool:
    """Whether there is anything that the published version does not contain."""
    model = active_model(road=Road.LOCAL)
    if model is None or model.descriptor != codec:
        return LocalFeature.objects.filter(codec=codec).exists()
    return changes_after(model) > 0


def local_index_needs_compaction(*, codec: str) -> bool:
    """Whether the changes since the publication are so many that every process pays for applying them."""
    model = active_model(road=Road.LOCAL)
    if model is None or model.descriptor != codec:
        return LocalFeature.objects.filter(codec=codec).exists()
    return changes_after(model) > max(TAIL_LEAST, model.count // TAIL_SHARE)


def local_tail_is_long(*, codec: str) -> bool:
    """Whether so much is not published yet that it fills the memory of every process that searches."""
    model = active_model(road=Road.LOCAL)
    if model is None or model.descriptor != codec:
        return LocalFeature.objects.filter(codec=codec).count() > TAIL_IN_MEMORY
    return changes_after(model) > max(TAIL_IN_MEMORY, model.count // 2)


def _ids_and_rows(rows: Sequence[tuple[int, Stored]]) -> PackedRows:
    ids = np.fromiter((image_id for image_id, _ in rows), dtype=np.int64, count=len(rows))
    return ids, [bytes(packed) for _, packed in rows]
