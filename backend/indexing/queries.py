"""Reads of the index's tables. Rows with vectors are read in chunks: a hundred thousand must not fill the memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet
from numpy.typing import NDArray

from catalog.models import PrintImage
from indexing.models import Feature, FeatureProblem, IndexChange, KnnModel
from indexing.vectors import STORED, StoredRows, Vectors, stored_rows, unit_rows

CHUNK = 4096
# SQLite allows 32,766 variables in a statement, PostgreSQL 65,535.
IDS_A_QUERY = 10_000
# The log is folded into a new version past this many changes and past this share (one in ...) of the index.
TAIL_LEAST = 500
TAIL_SHARE = 20


@dataclass(frozen=True)
class PictureRef:
    """A picture to make a vector of: its row, its path below RECTO_DATA_DIR, the checksum of its file."""

    id: int
    path: str
    sha256: str


def pictures_without_feature(*, descriptor: str) -> QuerySet[PrintImage]:
    """Pictures that have no vector of `descriptor`, or one that was made from another file."""
    made = Feature.objects.filter(
        image=OuterRef("pk"), descriptor=descriptor, image_sha256=OuterRef("sha256")
    )
    return PrintImage.objects.filter(~Exists(made)).order_by("pk")


def pictures_never_tried(*, descriptor: str) -> QuerySet[PrintImage]:
    """Pictures without a vector of `descriptor` and without a known reason for it."""
    tried = FeatureProblem.objects.filter(
        image=OuterRef("pk"), descriptor=descriptor, image_sha256=OuterRef("sha256")
    )
    return pictures_without_feature(descriptor=descriptor).filter(~Exists(tried))


def picture_batches(*, descriptor: str, size: int) -> Iterator[list[PictureRef]]:
    """The pictures without a vector, by id; each batch is asked for when it is needed, so late ones are seen."""
    last = 0
    while True:
        waiting = pictures_without_feature(descriptor=descriptor).filter(pk__gt=last)
        batch = [PictureRef(*row) for row in waiting.values_list("pk", "path", "sha256")[:size]]
        if not batch:
            return
        last = batch[-1].id
        yield batch


def stored_features(
    *, descriptor: str, dim: int, chunk: int = CHUNK
) -> Iterator[tuple[NDArray[np.int64], StoredRows]]:
    """All vectors of `descriptor` as (image ids rising, float16 of shape (n, dim)), at most `chunk` at a time.

    Rows stored or deleted meanwhile may be in it or not: whoever needs them exact reads the log from before.
    """
    last = 0
    features = Feature.objects.filter(descriptor=descriptor).order_by("image_id")
    while rows := list(features.filter(image_id__gt=last).values_list("image_id", "vector")[:chunk]):
        last = rows[-1][0]
        yield _ids_and_rows(rows, dim)


def features_of(image_ids: Sequence[int], *, descriptor: str, dim: int) -> tuple[NDArray[np.int64], Vectors]:
    """Ids and vectors (float32 (n, dim), rows of length 1) of those of the images that have one, by id."""
    rows: list[tuple[int, bytes]] = []
    for start in range(0, len(image_ids), IDS_A_QUERY):
        some = image_ids[start : start + IDS_A_QUERY]
        features = Feature.objects.filter(descriptor=descriptor, image_id__in=some)
        rows.extend(features.values_list("image_id", "vector"))
    ids, stored = _ids_and_rows(sorted(rows), dim)
    return ids, unit_rows(stored)


def stored_dim(descriptor: str) -> int | None:
    """The dimension of the stored vectors of `descriptor`; None when there are none."""
    vector = Feature.objects.filter(descriptor=descriptor).values_list("vector", flat=True).first()
    return None if vector is None else len(vector) // STORED.itemsize


def _ids_and_rows(rows: Sequence[tuple[int, bytes]], dim: int) -> tuple[NDArray[np.int64], StoredRows]:
    ids = np.fromiter((image_id for image_id, _ in rows), dtype=np.int64, count=len(rows))
    return ids, stored_rows((vector for _, vector in rows), dim=dim)


def active_model() -> KnnModel | None:
    """The published version in force."""
    return KnnModel.objects.filter(active=True).first()


def changes_after(model: KnnModel) -> int:
    """How many changes of its descriptor the version does not contain yet."""
    return IndexChange.objects.filter(
        id__gt=model.last_change, descriptor=model.descriptor, image_id__isnull=False
    ).count()


def index_needs_compaction(*, descriptor: str) -> bool:
    """Whether the changes since the publication are so many that every process pays for applying them."""
    model = active_model()
    if model is None or model.descriptor != descriptor:
        return Feature.objects.filter(descriptor=descriptor).exists()
    return changes_after(model) > max(TAIL_LEAST, model.count // TAIL_SHARE)
