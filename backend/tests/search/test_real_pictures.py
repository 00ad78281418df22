"""Searches among real engravings, by what a phone would make of them."""

import hashlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from pytest_django import Settings
from rest_framework.test import APIClient
from search_model.evaluation.queries import KINDS
from search_model.evaluation.simulate import photograph_with_quad

from catalog.models import Collection, Print, PrintImage
from tests.indexing.fake_extractor import FakeExtractor
from tests.search.searching import describe, post, upload

pytestmark = pytest.mark.slow
Pixels = NDArray[np.uint8]
COUNT, ABSENT = 16, 4


@pytest.fixture
def files(shared_data: Path) -> list[Path]:
    """Pictures of several books; the last few are not in the collection."""
    everything = sorted((shared_data / "prints" / "images").iterdir())
    return everything[:: len(everything) // (COUNT + ABSENT)][: COUNT + ABSENT]


@pytest.fixture
def collection(
    files: list[Path], db: None, data_dir: Path, extractor: FakeExtractor, settings: Settings
) -> list[Print]:
    settings.RECTO_VERIFY_MS = 60_000
    prints = Collection.objects.create(slug="prints", name="Prints")
    (data_dir / "raw/prints/images").mkdir(parents=True)
    made = [add(prints, file, data_dir) for file in files[:COUNT]]
    describe()
    return made


def add(collection: Collection, file: Path, data_dir: Path) -> Print:
    path, content, (height, width) = (
        f"raw/prints/images/{file.name}",
        file.read_bytes(),
        pixels_of(file).shape[:2],
    )
    (data_dir / path).write_bytes(content)
    made = Print.objects.create(collection=collection, record_id=file.stem)
    sha256 = hashlib.sha256(content).hexdigest()
    PrintImage.objects.create(print=made, path=path, sha256=sha256, width=width, height=height, format="JPEG")
    return made


def pixels_of(file: Path) -> Pixels:
    return np.asarray(cv2.imread(str(file), cv2.IMREAD_COLOR_RGB), dtype=np.uint8)


def answer_to(api: APIClient, pixels: Pixels, **form: Any) -> dict[str, Any]:
    response = post(api, image=upload(pixels), **form)
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    return answer


def verified(answer: dict[str, Any]) -> dict[int, str]:
    """The verdicts of the prints of which something was seen."""
    return {r["print"]["id"]: r["verdict"] for r in answer["results"] if r["match"]}


@pytest.mark.parametrize("number", range(0, COUNT, 4))
def test_a_photograph_is_the_same_image_where_it_lies(
    api: APIClient, collection: list[Print], files: list[Path], number: int
) -> None:
    photograph, corners = photograph_with_quad(pixels_of(files[number]), seed=number)
    answer = answer_to(api, photograph)
    first = answer["results"][0]
    assert (answer["verdict"], first["print"]["id"]) == ("same_image", collection[number].pk)
    np.testing.assert_allclose(np.array(first["match"]["quad"]), corners / 1000, atol=0.012)
    assert answer["query"]["sheet"]["source"] == "match"


def test_two_prints_side_by_side_are_both_found(
    api: APIClient, collection: list[Print], files: list[Path]
) -> None:
    left, right = (cv2.resize(pixels_of(files[number]), (560, 700)) for number in (2, 9))
    answer = answer_to(api, np.hstack([left, np.full((700, 80, 3), 90, np.uint8), right]).astype(np.uint8))
    both = {r["print"]["id"]: r for r in answer["results"] if r["verdict"] == "same_image"}
    assert set(both) == {collection[2].pk, collection[9].pk}
    assert np.array(both[collection[2].pk]["match"]["quad"])[:, 0].max() < 0.5
    assert np.array(both[collection[9].pk]["match"]["quad"])[:, 0].min() > 0.5


@pytest.mark.parametrize("kind", ["detail-20", "mirrored", "turned", "bilevel", "toned-paper"])
def test_what_a_visitor_might_make_of_it_is_found_first(
    api: APIClient, collection: list[Print], files: list[Path], kind: str
) -> None:
    for number in (1, 6, 11):
        answer = answer_to(api, KINDS[kind].make(pixels_of(files[number]), number))
        first = answer["results"][0]
        assert (first["print"]["id"], first["verdict"] is not None) == (collection[number].pk, True), number
        assert first["match"]["mirrored"] is (kind == "mirrored")


def test_what_is_not_in_the_collection_is_not_found(
    api: APIClient, collection: list[Print], files: list[Path]
) -> None:
    for number, file in enumerate(files[COUNT:]):
        answer = answer_to(api, photograph_with_quad(pixels_of(file), seed=number)[0])
        assert answer["verdict"] in ("not_found", "similar"), file.name
        assert verified(answer) == {}
