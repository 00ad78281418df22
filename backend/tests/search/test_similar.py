"""GET /api/v1/prints/{id}/similar/"""

from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from catalog.models import Print
from indexing.services import publish_knn_model
from tests.indexing.fake_extractor import DIM, FakeExtractor
from tests.indexing.fixtures import MakePrint, add_image, drawing
from tests.search.searching import describe, found


@pytest.fixture
def prints(make_print: MakePrint, extractor: FakeExtractor) -> list[Print]:
    made = [make_print(seed, year_min=1500 + seed, year_max=1500 + seed) for seed in range(8)]
    describe()
    return made


def similar(api: APIClient, print_id: int, **query: Any) -> Any:
    return api.get(f"/api/v1/prints/{print_id}/similar/", query)


def test_the_print_itself_is_left_out(api: APIClient, prints: list[Print]) -> None:
    assert sorted(found(similar(api, prints[3].pk))) == [p.pk for p in prints if p != prints[3]]


def test_every_picture_of_the_print_counts(api: APIClient, prints: list[Print], data_dir: Path) -> None:
    add_image(prints[0], data_dir, drawing(6), name="copy.png", position=1)
    describe()
    response = similar(api, prints[0].pk, limit=1)
    assert found(response) == [prints[6].pk]
    assert response.json()["results"][0]["score"] > 0.99


def test_it_needs_no_extractor(api: APIClient, prints: list[Print], extractor: FakeExtractor) -> None:
    publish_knn_model(descriptor=extractor.descriptor, dim=DIM)
    extractor.away = True
    assert len(found(similar(api, prints[3].pk))) == 7


def test_filters_apply(api: APIClient, prints: list[Print]) -> None:
    assert found(similar(api, prints[3].pk, year_from=1507)) == [prints[7].pk]


def test_a_print_without_a_vector_has_no_similar_ones(api: APIClient, prints: list[Print]) -> None:
    prints[3].images.all().delete()
    assert found(similar(api, prints[3].pk)) == []


@pytest.mark.parametrize("print_id", [999_999, 2**70])
def test_an_unknown_print_is_a_404(api: APIClient, prints: list[Print], print_id: int) -> None:
    assert similar(api, print_id).status_code == 404


def test_a_wrong_limit_is_a_400(api: APIClient, prints: list[Print]) -> None:
    assert similar(api, prints[3].pk, limit=0).status_code == 400
