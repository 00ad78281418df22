"""More prints than there are, made of those that are there: for `make load`, in throw-away databases only.

A copy names the same picture file. Its vector is the original's with noise; its local features are some of
several images', each at another's place, so that no copy is verified as an original.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import transaction
from numpy.random import Generator
from search_model.local.packing import PackedRow, pack, unpack

from catalog.models import Collection, Print, PrintImage, PrintPerson
from catalog.services import refresh_search_text
from indexing.local_queries import codec_of_new_features, stored_local_features
from indexing.local_services import PackedFeatures, store_local_features
from indexing.queries import PictureRef, descriptor_in_force, stored_dim, stored_features
from indexing.services import store_features
from indexing.vectors import Vectors, unit_rows

MARK = "throw-away"  # a file in the processed folder: whoever made the folder says that nothing in it counts
ROWS_AT_ONCE = 500
SEED = 20261122
MIXED_OF = 4  # images
NOISE = 0.75  # of a vector's length: a copy's cosine with its original is about 0.8
YEARS = 60  # a copy is so much older or younger at most


class NotToBeMultiplied(Exception):
    """The message says why."""


def multiply_prints(*, to: int) -> Iterator[int]:
    """Add copies until there are `to` prints; yields how many there are. Raises NotToBeMultiplied."""
    if not (Path(settings.RECTO_PROCESSED_DIR) / MARK).exists():
        folder = settings.RECTO_PROCESSED_DIR
        raise NotToBeMultiplied(f"{folder} has no file '{MARK}': this is only for data that is thrown away.")
    originals = _Originals()
    if not originals.ids:
        raise NotToBeMultiplied("No print here has the features of both roads yet.")
    collection, _ = Collection.objects.get_or_create(slug="multiplied", defaults={"name": "Multiplied"})
    there = Print.objects.count()
    for start in range(there, to, ROWS_AT_ONCE):
        numbers = range(start, min(start + ROWS_AT_ONCE, to))
        with transaction.atomic():
            originals.copy(collection, numbers)
        yield numbers.stop


class _Originals:
    """What is multiplied: prints of one picture with vector and local features."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(SEED)
        self.descriptor, self.codec = descriptor_in_force(), codec_of_new_features().id
        self.vectors = dict(_vectors(self.descriptor))
        self.packed = {
            int(image): unpack(bytes(row))
            for ids, rows in stored_local_features(codec=self.codec)
            for image, row in zip(ids, rows, strict=True)
        }
        self.ids = sorted(self.vectors.keys() & self.packed.keys())

    def copy(self, collection: Collection, numbers: range) -> None:
        """Store copies of images drawn by chance, found by both roads at once."""
        drawn = [int(image) for image in self.random.choice(self.ids, len(numbers))]
        images = PrintImage.objects.select_related("print").in_bulk(drawn)
        made = self._prints(collection, numbers, [images[image].print for image in drawn])
        refresh_search_text(print_ids=[row.pk for row in made])
        pictures = _pictures(made, [images[image] for image in drawn])
        vectors = np.stack([noisy(self.vectors[image], self.random) for image in drawn])
        store_features(descriptor=self.descriptor, pictures=pictures, vectors=vectors)
        store_local_features(codec=self.codec, rows=[self._local(picture) for picture in pictures])

    def _prints(self, collection: Collection, numbers: range, of: Sequence[Print]) -> list[Print]:
        """Title, people and year come of three prints."""
        titles, years = self.random.permutation(len(of)), self.random.integers(-YEARS, YEARS, len(of))
        rows = [
            _copy(row, of[title].title, int(years[at]), collection, number)
            for at, (row, title, number) in enumerate(zip(of, titles, numbers, strict=True))
        ]
        made = Print.objects.bulk_create(rows)
        lent = [of[at] for at in self.random.permutation(len(of))]
        people = dict(
            PrintPerson.objects.filter(print__in={row.pk for row in lent}).values_list(
                "print_id", "person_id"
            )
        )
        PrintPerson.objects.bulk_create(
            PrintPerson(print=row, person_id=people[other.pk], roles=[])
            for row, other in zip(made, lent, strict=True)
            if other.pk in people
        )
        return made

    def _local(self, picture: PictureRef) -> PackedFeatures:
        drawn = self.random.choice(self.ids, MIXED_OF)
        mixed = mixed_row([self.packed[int(image)] for image in drawn], self.random)
        return PackedFeatures(picture, pack(mixed), len(mixed.codes))


def _vectors(descriptor: str) -> Iterator[tuple[int, Vectors]]:
    if dim := stored_dim(descriptor):
        for ids, rows in stored_features(descriptor=descriptor, dim=dim):
            yield from zip(ids.tolist(), unit_rows(rows), strict=True)


def _copy(of: Print, title: str, years: int, collection: Collection, number: int) -> Print:
    return Print(
        collection=collection,
        record_id=f"copy-{number}",
        inventory_number=f"COPY.{number:06d}",
        title=f"{title} ({number})",
        date_text=of.date_text,
        year_min=None if of.year_min is None else of.year_min + years,
        year_max=None if of.year_max is None else of.year_max + years,
        classification_id=of.classification_id,
        institution_id=of.institution_id,
        licence=of.licence,
    )


def _pictures(prints: Sequence[Print], of: Sequence[PrintImage]) -> list[PictureRef]:
    """A checksum of its own for each: to all that compares checksums it is another picture."""
    images = PrintImage.objects.bulk_create(
        PrintImage(
            print=row,
            path=image.path,
            name=image.name,
            sha256=hashlib.sha256(f"{image.sha256} {row.record_id}".encode()).hexdigest(),
            width=image.width,
            height=image.height,
            format=image.format,
        )
        for row, image in zip(prints, of, strict=True)
    )
    return [PictureRef(image.pk, image.path, image.sha256) for image in images]


def noisy(vector: Vectors, random: Generator) -> Vectors:
    """The vector, float32 (dim,) of length 1, turned by noise, and of length 1 again."""
    noise = random.normal(size=vector.shape)
    turned = vector + NOISE * noise / np.linalg.norm(noise)
    return np.asarray(turned / np.linalg.norm(turned), dtype=np.float32)


def mixed_row(rows: Sequence[PackedRow], random: Generator) -> PackedRow:
    """An equal part of each row's features, each at the place of another: no geometry fits an original's."""
    kept = [random.permutation(len(row.codes))[: len(row.codes) // len(rows)] for row in rows]
    first = rows[0]
    # Of different sizes: as a share of each, in the size of the first.
    scales = [
        np.array([first.width / row.width, first.height / row.height, 1, 1], np.float32) for row in rows
    ]
    keypoints = np.concatenate(
        [row.keypoints[at] * scale for row, at, scale in zip(rows, kept, scales, strict=True)]
    )
    return PackedRow(
        width=first.width,
        height=first.height,
        keypoints=random.permutation(keypoints),
        lists=np.concatenate([row.lists[at] for row, at in zip(rows, kept, strict=True)]),
        codes=np.concatenate([row.codes[at] for row, at in zip(rows, kept, strict=True)]),
    )
