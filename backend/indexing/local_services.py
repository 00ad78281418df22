"""Writes of local features: each is one transaction with its lines in the log, and may be repeated."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from indexing.changes import append_changes, lock_appends
from indexing.models import FeatureProblem, IndexChange, LocalFeature, Road
from indexing.queries import PictureRef, ids_still_wanted


@dataclass(frozen=True)
class PackedFeatures:
    """The local features of a picture: their row of bytes, and how many they are."""

    picture: PictureRef
    packed: bytes
    count: int


def store_local_features(*, codec: str, rows: Sequence[PackedFeatures]) -> int:
    """Store local features and log them. Returns how many pictures were new.

    Pictures that were deleted or replaced meanwhile are left out, and so are those that have theirs already.
    """
    with transaction.atomic():
        lock_appends()
        stored = LocalFeature.objects.filter(codec=codec).values_list("image_id", "image_sha256")
        wanted = ids_still_wanted([row.picture for row in rows], checksums=stored)
        new = [_feature_row(codec, row) for row in rows if row.picture.id in wanted]
        _replace_local_features(codec, new)
        append_changes(
            kind=IndexChange.Kind.ADDED, road=Road.LOCAL, descriptor=codec, image_ids=sorted(wanted)
        )
    return len(new)


def _feature_row(codec: str, row: PackedFeatures) -> LocalFeature:
    return LocalFeature(
        image_id=row.picture.id,
        codec=codec,
        packed=row.packed,
        image_sha256=row.picture.sha256,
        count=row.count,
    )


def _replace_local_features(codec: str, rows: list[LocalFeature]) -> None:
    ids = [row.image_id for row in rows]
    FeatureProblem.objects.filter(image_id__in=ids, descriptor=codec).delete()
    LocalFeature.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["image", "codec"],
        update_fields=["packed", "image_sha256", "count"],
    )
