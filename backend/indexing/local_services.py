"""Writes of local features: each is one transaction with its lines in the log, and may be repeated."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from catalog.models import PrintImage
from indexing.changes import append_changes, lock_appends
from indexing.models import FeatureProblem, IndexChange, LocalFeature, Road
from indexing.queries import PictureRef


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
        wanted = _still_wanted(codec=codec, pictures=[row.picture for row in rows])
        new = [_feature_row(codec, row) for row in rows if row.picture.id in wanted]
        _replace_local_features(codec, new)
        append_changes(
            kind=IndexChange.Kind.ADDED, road=Road.LOCAL, descriptor=codec, image_ids=sorted(wanted)
        )
    return len(new)


def _still_wanted(*, codec: str, pictures: Sequence[PictureRef]) -> set[int]:
    """Ids of the pictures whose file is still the same and has no local features yet."""
    ids = [picture.id for picture in pictures]
    files = dict(PrintImage.objects.filter(pk__in=ids).values_list("pk", "sha256"))
    features = LocalFeature.objects.filter(image_id__in=ids, codec=codec)
    stored = dict(features.values_list("image_id", "image_sha256"))
    return {
        picture.id
        for picture in pictures
        if files.get(picture.id) == picture.sha256 != stored.get(picture.id)
    }


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
