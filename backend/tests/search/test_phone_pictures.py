"""Photographs as phones write them, turned by a note in the file: JPEG, HEIC or AVIF, searched upright."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from numpy.typing import NDArray
from PIL import Image
from rest_framework.test import APIClient
from search_model.local import features as local_features
from search_model.local.features import LocalFeatures

from catalog.images import decode, search_limits
from catalog.models import Print
from tests.indexing.fixtures import add_image
from tests.search.engravings import engraving
from tests.search.searching import describe, post

Pixels = NDArray[np.uint8]
TURNED_BACK = {  # what a camera stores that writes this note
    1: lambda pixels: pixels,
    2: lambda pixels: pixels[:, ::-1],
    3: lambda pixels: pixels[::-1, ::-1],
    4: lambda pixels: pixels[::-1],
    5: lambda pixels: pixels.swapaxes(0, 1),
    6: lambda pixels: np.rot90(pixels, 1),
    7: lambda pixels: pixels[::-1, ::-1].swapaxes(0, 1),
    8: lambda pixels: np.rot90(pixels, -1),
}
WHOLE = [[0, 0], [1, 0], [1, 1], [0, 1]]


def photographed(pixels: Pixels, orientation: int, **options: Any) -> bytes:
    """The picture turned, with the note of how to turn it back."""
    exif = Image.Exif()
    exif[274] = orientation
    file = io.BytesIO()
    stored = np.ascontiguousarray(TURNED_BACK[orientation](pixels))
    Image.fromarray(stored).save(file, exif=exif.tobytes(), **options)
    return file.getvalue()


def searched(api: APIClient, content: bytes, name: str = "IMG_0001") -> Any:
    response = post(api, image=SimpleUploadedFile(name, content))
    assert response.status_code == 200, (name, response.content)
    return response.json()


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[LocalFeatures]:
    """The local features of each photograph that was searched with."""
    features: list[LocalFeatures] = []
    extract: Callable[..., LocalFeatures] = local_features.extract_local

    def extract_local(*args: Any, **options: Any) -> LocalFeatures:
        features.append(extract(*args, **options))
        return features[-1]

    monkeypatch.setattr("search.services.extract_local", extract_local)
    return features


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["Landscape", "Portrait"])
def test_real_photographs_of_all_orientations_find_the_same(
    api: APIClient, engravings: list[Print], shared_data: Path, data_dir: Path, kind: str
) -> None:
    files = [shared_data / "orientation" / f"{kind}_{number}.jpg" for number in range(9)]
    upright = decode(files[1], limits=search_limits())
    subject = Print.objects.create(collection=engravings[0].collection, record_id="subject")
    add_image(subject, data_dir, upright, name="subject.png")
    describe()
    answers = [searched(api, file.read_bytes(), file.name) for file in files]
    for file, answer in zip(files, answers, strict=True):
        first = answer["results"][0]
        assert (first["print"]["id"], first["verdict"]) == (subject.pk, "same_image"), file.name
        assert first["similarity"] > 0.98, file.name
        assert first["match"]["mirrored"] is False
        assert np.abs(np.array(first["match"]["quad"]) - WHOLE).max() < 0.01, file.name
        size = (answer["query"]["width"], answer["query"]["height"])
        assert size == (upright.shape[1], upright.shape[0]), file.name


def test_every_orientation_gives_the_same_vector_and_the_same_features(
    api: APIClient, engravings: list[Print], seen: list[LocalFeatures]
) -> None:
    """Of a format that loses nothing: to the bit."""
    answers = [
        searched(api, photographed(engraving(3), orientation, format="PNG")) for orientation in TURNED_BACK
    ]
    similarities = [result["similarity"] for result in answers[0]["results"]]
    for answer, features in zip(answers, seen, strict=True):
        assert answer["results"][0]["print"]["id"] == engravings[3].pk
        assert [result["similarity"] for result in answer["results"]] == similarities
        np.testing.assert_array_equal(features.descriptors, seen[0].descriptors)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("kind", ["JPEG", "HEIF", "AVIF", "WEBP"])
def test_what_phones_write_is_searched_upright(
    api: APIClient, engravings: list[Print], kind: str, orientation: int
) -> None:
    answer = searched(api, photographed(engraving(5), orientation, format=kind, quality=85))
    height, width = engraving(5).shape[:2]
    assert (answer["query"]["width"], answer["query"]["height"]) == (width, height)
    first = answer["results"][0]
    assert (first["print"]["id"], first["verdict"]) == (engravings[5].pk, "same_image")
    assert np.abs(np.array(first["match"]["quad"]) - WHOLE).max() < 0.01
