"""POST /api/v1/searches/"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from catalog import queries
from catalog.models import Collection, Example, Print
from indexing.models import Feature
from indexing.services import publish_knn_model
from search import services
from search.stages import STAGES
from tests.indexing.fake_extractor import DIM, FakeExtractor
from tests.indexing.fixtures import MakePrint, add_image, drawing, png
from tests.search.searching import describe, found, post, upload


def test_a_picture_finds_its_print_first(api: APIClient, prints: list[Print]) -> None:
    response = post(api, image=upload(drawing(4)))
    assert found(response)[0] == prints[4].pk
    assert sorted(found(response)) == [p.pk for p in prints]


def test_the_answer_is_complete(api: APIClient, prints: list[Print], extractor: FakeExtractor) -> None:
    answer = post(api, image=upload(drawing(4)), limit=2).json()
    first = answer["results"][0]
    assert answer["id"] is None
    assert answer["index_version"] is answer["local_index_version"] is None
    assert answer["descriptor"] == extractor.descriptor
    assert answer["total"] == 10
    assert (answer["query"]["width"], answer["query"]["height"]) == (120, 90)
    assert [r["rank"] for r in answer["results"]] == [1, 2]
    assert first["similarity"] == pytest.approx(1, abs=1e-3)
    assert 0 <= first["score"] <= 1
    assert first["print"]["title"] == "Print 4"
    assert first["image"]["width"] == 120
    assert set(answer["timings_ms"]) == set(STAGES)


def test_scores_fall(api: APIClient, prints: list[Print]) -> None:
    scores = [r["score"] for r in post(api, image=upload(drawing(4))).json()["results"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_limit_is_the_number_of_prints(api: APIClient, prints: list[Print]) -> None:
    assert len(found(post(api, image=upload(drawing(4)), limit=3))) == 3


def test_a_print_of_several_pictures_appears_once_by_its_best(
    api: APIClient, make_print: MakePrint, extractor: FakeExtractor
) -> None:
    several = make_print(*range(30))
    other = make_print(40)
    describe()
    response = post(api, image=upload(drawing(17)), limit=2)
    assert found(response) == [several.pk, other.pk]
    assert response.json()["results"][0]["image"]["id"] == several.images.all()[17].pk


def test_filters_narrow_before_neighbours_are_taken(api: APIClient, prints: list[Print]) -> None:
    response = post(api, image=upload(drawing(4)), limit=2, year_from=1507)
    assert response.json()["total"] == 3
    assert len(found(response)) == 2
    assert set(found(response)) <= {p.pk for p in prints[7:]}


def test_a_filter_may_be_repeated(api: APIClient, prints: list[Print]) -> None:
    Print.objects.filter(pk=prints[0].pk).update(
        collection=Collection.objects.create(slug="maps", name="Maps")
    )
    assert found(post(api, image=upload(drawing(4)), collection=["maps"])) == [prints[0].pk]
    assert len(found(post(api, image=upload(drawing(4)), collection=["maps", "prints"]))) == 10


def test_filters_that_leave_nothing_answer_with_nothing(api: APIClient, prints: list[Print]) -> None:
    response = post(api, image=upload(drawing(4)), year_from=1900)
    assert (response.json()["total"], found(response)) == (0, [])


def test_an_empty_catalogue_answers_with_nothing(api: APIClient, db: None, extractor: FakeExtractor) -> None:
    assert found(post(api, image=upload(drawing(4)))) == []


def test_a_stored_picture_needs_no_extractor(
    api: APIClient, prints: list[Print], extractor: FakeExtractor
) -> None:
    publish_knn_model(descriptor=extractor.descriptor, dim=DIM)
    extractor.away = True
    assert found(post(api, image_id=prints[4].images.get().pk))[0] == prints[4].pk


def test_a_turned_stored_picture_is_described_anew(
    api: APIClient, prints: list[Print], extractor: FakeExtractor
) -> None:
    before = len(extractor.sizes)
    response = post(api, image_id=prints[4].images.get().pk, rotate=90)
    assert extractor.sizes[before] == (120, 90, 3)
    assert response.json()["results"][0]["similarity"] < 0.99


def test_a_stored_picture_without_a_vector_is_described(
    api: APIClient, prints: list[Print], extractor: FakeExtractor
) -> None:
    Feature.objects.filter(image__print=prints[4]).delete()
    before = len(extractor.sizes)
    found(post(api, image_id=prints[4].images.get().pk))
    assert len(extractor.sizes) > before


def test_an_unknown_picture_is_a_404(api: APIClient, prints: list[Print]) -> None:
    response = post(api, image_id=999_999)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "image_not_found"


def test_an_example_is_searched_with(api: APIClient, prints: list[Print], data_dir: Path) -> None:
    (data_dir / "raw/prints/examples").mkdir()
    (data_dir / "raw/prints/examples/one.png").write_bytes(png(drawing(6)))
    Example.objects.create(slug="one", title="One", path="raw/prints/examples/one.png")
    assert found(post(api, example="one"))[0] == prints[6].pk


def test_an_unknown_example_is_a_404(api: APIClient, prints: list[Print]) -> None:
    assert post(api, example="nobody").json()["error"]["code"] == "example_not_found"


def test_rotate_and_mirror_undo_what_the_photograph_did(api: APIClient, prints: list[Print]) -> None:
    turned = np.ascontiguousarray(np.rot90(drawing(4)[:, ::-1]))
    response = post(api, image=upload(turned), rotate=90, mirror="true")
    assert found(response)[0] == prints[4].pk
    assert response.json()["results"][0]["similarity"] > 0.999


def test_a_crop_leaves_the_table_out(api: APIClient, prints: list[Print]) -> None:
    table = np.zeros((180, 240, 3), np.uint8)
    table[45:135, 60:180] = drawing(4)
    response = post(api, image=upload(table), crop="0.25,0.25,0.5,0.5")
    assert response.json()["results"][0]["similarity"] > 0.99
    assert (response.json()["query"]["width"], response.json()["query"]["height"]) == (240, 180)


def test_a_quad_is_pulled_straight(api: APIClient, prints: list[Print]) -> None:
    table = np.zeros((180, 240, 3), np.uint8)
    table[45:135, 60:180] = drawing(4)
    response = post(api, image=upload(table), quad="0.25,0.25,0.75,0.25,0.75,0.75,0.25,0.75")
    assert response.json()["results"][0]["similarity"] > 0.99


def test_a_print_deleted_between_index_and_metadata_vanishes(
    api: APIClient, prints: list[Print], monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = queries.prints_for_images

    def delete_first(image_ids: list[int]) -> Any:
        prints[4].delete()
        return fetch(image_ids)

    monkeypatch.setattr(services, "prints_for_images", delete_first)
    answer = post(api, image=upload(drawing(4)), limit=3).json()
    assert [r["rank"] for r in answer["results"]] == [1, 2]


def test_a_new_picture_is_found_without_publication(
    api: APIClient, prints: list[Print], data_dir: Path, extractor: FakeExtractor
) -> None:
    publish_knn_model(descriptor=extractor.descriptor, dim=DIM)
    found(post(api, image=upload(drawing(77))))
    add_image(prints[2], data_dir, drawing(77), name="77.png", position=1)
    describe()
    assert found(post(api, image=upload(drawing(77))))[0] == prints[2].pk


def test_a_search_costs_few_queries(
    api: APIClient, prints: list[Print], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    found(post(api, image=upload(drawing(4))))
    with django_assert_max_num_queries(10):
        found(post(api, image=upload(drawing(4))))


def test_a_picture_of_one_colour_is_refused_or_searched(api: APIClient, prints: list[Print]) -> None:
    response = post(api, image=upload(np.full((90, 120, 3), 255, np.uint8)))
    assert response.status_code == 200
