"""A catalogue of made-up prints with made-up vectors, for benchmarks: only ever in a throw-away database."""

from collections.abc import Iterator

import numpy as np
from django.conf import settings
from django.db import transaction

from catalog.models import Collection, Print, PrintImage
from core.errors import UserError
from indexing.changes import append_changes
from indexing.models import Feature, IndexChange
from indexing.vectors import Vectors, to_stored

DESCRIPTOR = "made-up@00000000"
ROWS_AT_ONCE = 5000
SEED = 20261121


def fill_database(*, count: int, dim: int) -> Iterator[int]:
    """Store `count` prints of one picture with random unit vectors; yields how many are stored.

    Raises UserError when the database is not empty.
    """
    if Print.objects.exists():
        raise UserError(
            "database_in_use", f"{settings.RECTO_DATA_DIR} holds prints. Give an empty RECTO_DATA_DIR."
        )
    random = np.random.default_rng(SEED)
    collection = Collection.objects.create(slug="made-up", name="Made up")
    for start in range(0, count, ROWS_AT_ONCE):
        numbers = range(start, min(start + ROWS_AT_ONCE, count))
        vectors = random.normal(size=(len(numbers), dim)).astype(np.float32)
        _store(collection, numbers, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
        yield numbers.stop


def _store(collection: Collection, numbers: range, vectors: Vectors) -> None:
    with transaction.atomic():
        prints = Print.objects.bulk_create(
            [Print(collection=collection, record_id=str(n), title=f"Print {n}") for n in numbers]
        )
        images = PrintImage.objects.bulk_create([_image(row) for row in prints])
        Feature.objects.bulk_create(
            [
                Feature(
                    image=image, descriptor=DESCRIPTOR, vector=to_stored(vector), image_sha256=image.sha256
                )
                for image, vector in zip(images, vectors, strict=True)
            ]
        )
        append_changes(
            kind=IndexChange.Kind.ADDED, descriptor=DESCRIPTOR, image_ids=[image.pk for image in images]
        )


def _image(row: Print) -> PrintImage:
    name = row.record_id
    return PrintImage(print=row, path=f"{name}.jpg", sha256=name, width=1000, height=800, format="JPEG")
