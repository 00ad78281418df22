"""GET /api/v1/prints/{id}/similar/"""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from catalog.models import Print
from indexing.models import LocalFeature
from indexing.services import publish_knn_model
from tests.indexing.fake_extractor import DIM, FakeExtractor
from tests.indexing.fixtures import MakePrint, add_image, drawing
from tests.search.engravings import engraving, on_table
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
    assert response.json()["results"][0]["similarity"] > 0.99


def test_it_needs_no_extractor(api: APIClient, prints: list[Print], extractor: FakeExtractor) -> None:
    publish_knn_model(descriptor=extractor.descriptor, dim=DIM)
    extractor.away = True
    assert len(found(similar(api, prints[3].pk))) == 7


def test_filters_apply(api: APIClient, prints: list[Print]) -> None:
    assert found(similar(api, prints[3].pk, year_from=1507)) == [prints[7].pk]


def test_a_print_without_a_vector_has_no_similar_ones(api: APIClient, prints: list[Print]) -> None:
    prints[3].images.all().delete()
    assert found(similar(api, prints[3].pk)) == []


def test_a_copy_is_the_same_image_and_says_in_which_picture(
    api: APIClient, engravings: list[Print], data_dir: Path, extractor: FakeExtractor
) -> None:
    """The copy shows the print's second picture."""
    second = add_image(engravings[0], data_dir, engraving(20), name="second.png", position=1)
    add_image(engravings[5], data_dir, on_table(engraving(20))[0], name="copy.png", position=1)
    describe()
    publish_knn_model(descriptor=extractor.descriptor, dim=DIM)
    extractor.away = True
    answer = similar(api, engravings[0].pk).json()
    first = answer["results"][0]
    assert (answer["verdict"], first["verdict"]) == ("same_image", "same_image")
    assert first["print"]["id"] == engravings[5].pk
    assert first["match"]["query_image_id"] == second.pk
    assert first["match"]["inliers"] >= 30
    assert engravings[0].pk not in [result["print"]["id"] for result in answer["results"]]
    assert answer["notices"] == []


def test_the_number_of_queries_does_not_depend_on_the_pictures(
    api: APIClient, engravings: list[Print], data_dir: Path
) -> None:
    def queries() -> int:
        similar(api, engravings[0].pk)
        with CaptureQueriesContext(connection) as context:
            assert similar(api, engravings[0].pk).status_code == 200
        return len(context)

    add_image(engravings[5], data_dir, on_table(engraving(0))[0], name="copy.png", position=1)
    describe()
    few = queries()
    for seed in range(20, 24):
        add_image(engravings[0], data_dir, engraving(seed), name=f"{seed}.png", position=seed)
    describe()
    assert queries() == few <= 18


def test_without_local_features_it_answers_by_looks_and_says_so(api: APIClient, prints: list[Print]) -> None:
    LocalFeature.objects.all().delete()
    response = similar(api, prints[3].pk)
    assert len(found(response)) == 7
    assert [notice["code"] for notice in response.json()["notices"]] == ["details_not_compared"]


@pytest.mark.parametrize("print_id", [999_999, 2**70])
def test_an_unknown_print_is_a_404(api: APIClient, prints: list[Print], print_id: int) -> None:
    assert similar(api, print_id).status_code == 404


def test_a_wrong_limit_is_a_400(api: APIClient, prints: list[Print]) -> None:
    assert similar(api, prints[3].pk, limit=0).status_code == 400
