"""POST /api/v1/searches/"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from catalog import queries
from catalog.models import Collection, Example, Print
from indexing.extraction import extract_missing_features
from indexing.models import Feature
from indexing.services import publish_knn_model
from search import services
from tests.indexing.fake_extractor import DIM, FakeExtractor
from tests.indexing.fixtures import MakePrint, add_image, drawing, png

URL = "/api/v1/searches/"


@pytest.fixture
def prints(make_print: MakePrint, extractor: FakeExtractor) -> list[Print]:
    """Ten described prints of one picture each, drawn from the seeds 0 to 9."""
    made = [
        make_print(seed, title=f"Print {seed}", year_min=1500 + seed, year_max=1500 + seed)
        for seed in range(10)
    ]
    describe()
    return made


def describe() -> None:
    extract_missing_features(progress=lambda *_: None, wait=lambda _: None)


def upload(pixels: Any, name: str = "photo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png(pixels))


def post(api: APIClient, **form: Any) -> Any:
    return api.post(URL, form, format="multipart")


def found(response: Any) -> list[int]:
    assert response.status_code == 200, response.content
    return [result["print"]["id"] for result in response.json()["results"]]


def test_a_picture_finds_its_print_first(api: APIClient, prints: list[Print]) -> None:
    response = post(api, image=upload(drawing(4)))
    assert found(response)[0] == prints[4].pk
    assert sorted(found(response)) == [p.pk for p in prints]


def test_the_answer_is_complete(api: APIClient, prints: list[Print], extractor: FakeExtractor) -> None:
    answer = post(api, image=upload(drawing(4)), limit=2).json()
    first = answer["results"][0]
    assert answer["id"] is answer["verdict"] is first["verdict"] is first["match"] is None
    assert answer["descriptor"] == extractor.descriptor
    assert answer["total"] == 10
    assert answer["query"] == {"width": 120, "height": 90}
    assert [r["rank"] for r in answer["results"]] == [1, 2]
    assert first["score"] == pytest.approx(1, abs=1e-3)
    assert first["print"]["title"] == "Print 4"
    assert first["image"]["width"] == 120
    assert set(answer["timings_ms"]) == {"decode", "features", "knn", "verify", "metadata"}


def test_scores_fall(api: APIClient, prints: list[Print]) -> None:
    scores = [r["score"] for r in post(api, image=upload(drawing(4))).json()["results"]]
    assert scores == sorted(scores, reverse=True)
    assert all(-1 <= score <= 1 for score in scores)


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
    assert extractor.sizes[before:] == [(120, 90, 3)]
    assert response.json()["results"][0]["score"] < 0.99


def test_a_stored_picture_without_a_vector_is_described(
    api: APIClient, prints: list[Print], extractor: FakeExtractor
) -> None:
    Feature.objects.filter(image__print=prints[4]).delete()
    assert prints[4].pk not in found(post(api, image_id=prints[4].images.get().pk))


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
    assert response.json()["results"][0]["score"] > 0.999


def test_a_crop_leaves_the_table_out(api: APIClient, prints: list[Print]) -> None:
    table = np.zeros((180, 240, 3), np.uint8)
    table[45:135, 60:180] = drawing(4)
    response = post(api, image=upload(table), crop="0.25,0.25,0.5,0.5")
    assert response.json()["results"][0]["score"] > 0.99
    assert response.json()["query"] == {"width": 240, "height": 180}


def test_a_quad_is_pulled_straight(api: APIClient, prints: list[Print]) -> None:
    table = np.zeros((180, 240, 3), np.uint8)
    table[45:135, 60:180] = drawing(4)
    response = post(api, image=upload(table), quad="0.25,0.25,0.75,0.25,0.75,0.75,0.25,0.75")
    assert response.json()["results"][0]["score"] > 0.99


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({}, "image"),
        ({"image_id": "1", "example": "one"}, "image"),
        ({"image": "not a file"}, "image"),
        ({"url": "https://example.org/a.jpg"}, "url"),
        ({"image_id": "1", "crop": "0,0,1"}, "crop"),
        ({"image_id": "1", "crop": "nan,0,1,1"}, "crop"),
        ({"image_id": "1", "crop": "0,0,inf,1"}, "crop"),
        ({"image_id": "1", "crop": "0.5,0,0.6,1"}, "crop"),
        ({"image_id": "1", "crop": "0,0,0,1"}, "crop"),
        ({"image_id": "1", "crop": "0,0,1,1", "quad": "0,0,1,0,1,1,0,1"}, "quad"),
        ({"image_id": "1", "quad": "0,0,0,1,1,1,1,0"}, "quad"),
        ({"image_id": "1", "quad": "0,0,1,1,1,0,0,1"}, "quad"),
        ({"image_id": "1", "rotate": "45"}, "rotate"),
        ({"image_id": "1", "mirror": "perhaps"}, "mirror"),
        ({"image_id": "1", "limit": "101"}, "limit"),
        ({"image_id": "1", "limit": "0"}, "limit"),
        ({"image_id": "1" * 30}, "image_id"),
        ({"image_id": "-1"}, "image_id"),
        ({"example": "a\0b"}, "example"),
        ({"image_id": "1", "q": "a\0b"}, "q"),
        ({"image_id": "1", "year_from": "9" * 40}, "year_from"),
    ],
)
def test_a_wrong_request_is_a_400_that_names_the_field(
    api: APIClient, prints: list[Print], form: dict[str, str], field: str
) -> None:
    response = post(api, **form)
    assert response.status_code == 400
    assert field in response.json()["error"]["fields"]


def test_searching_by_address_says_that_it_is_not_enabled(api: APIClient, prints: list[Print]) -> None:
    assert "not enabled" in post(api, url="https://example.org/a.jpg").json()["error"]["message"]


def test_a_truncated_picture_is_a_400(api: APIClient, prints: list[Print]) -> None:
    half = png(drawing(4, width=400, height=300))[:500]
    response = post(api, image=SimpleUploadedFile("photo.png", half))
    assert (response.status_code, response.json()["error"]["code"]) == (400, "image_damaged")


def test_an_empty_file_is_a_400(api: APIClient, prints: list[Print]) -> None:
    response = post(api, image=SimpleUploadedFile("photo.png", b""))
    assert (response.status_code, response.json()["error"]["code"]) == (400, "image_empty")


def test_what_is_no_picture_is_a_415(api: APIClient, prints: list[Print]) -> None:
    response = post(api, image=SimpleUploadedFile("photo.png", b"%PDF-1.7 hello"))
    assert response.status_code == 415


def test_too_many_pixels_are_a_413(api: APIClient, prints: list[Print], settings: Any) -> None:
    settings.RECTO_SEARCH_MAX_PIXELS = 100
    assert post(api, image=upload(drawing(4))).status_code == 413


def test_too_many_bytes_are_a_413(api: APIClient, prints: list[Print], settings: Any) -> None:
    settings.RECTO_SEARCH_MAX_BYTES = 100
    assert post(api, image=upload(drawing(4))).status_code == 413


def test_json_is_a_415(api: APIClient, prints: list[Print]) -> None:
    assert api.post(URL, {"image_id": 1}, format="json").status_code == 415


def test_getting_searches_is_a_405(api: APIClient, db: None) -> None:
    assert api.get(URL).status_code == 405


def test_an_absent_extractor_is_a_503_and_its_return_is_noticed_at_once(
    api: APIClient, prints: list[Print], extractor: FakeExtractor
) -> None:
    extractor.away = True
    response = post(api, image=upload(drawing(4)))
    assert (response.status_code, response.json()["error"]["code"]) == (503, "extractor_away")
    assert int(response.headers["Retry-After"]) >= 1
    assert api.get("/api/v1/prints/").status_code == 200
    extractor.away = False
    assert found(post(api, image=upload(drawing(4))))[0] == prints[4].pk


def test_an_extractor_with_another_descriptor_is_said_so(
    api: APIClient, prints: list[Print], extractor: FakeExtractor
) -> None:
    publish_knn_model(descriptor=extractor.descriptor, dim=DIM)
    extractor.descriptor = "other@11111111"
    response = post(api, image=upload(drawing(4)))
    assert (response.status_code, response.json()["error"]["code"]) == (500, "descriptor_mismatch")
    assert "other@11111111" in response.json()["error"]["message"]


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
    with django_assert_max_num_queries(7):
        found(post(api, image=upload(drawing(4))))


def test_a_picture_of_one_colour_is_refused_or_searched(api: APIClient, prints: list[Print]) -> None:
    response = post(api, image=upload(np.full((90, 120, 3), 255, np.uint8)))
    assert response.status_code == 200
