"""POST /api/v1/searches/ that cannot be answered: each says what is wrong and what to do."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from catalog.models import Print
from indexing.models import LocalFeature
from indexing.services import publish_knn_model
from tests.indexing.fake_extractor import DIM, FakeExtractor
from tests.indexing.fixtures import drawing, png
from tests.search.searching import URL, found, post, upload


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({}, "image"),
        ({"image_id": "1", "example": "one"}, "image"),
        ({"image": "not a file"}, "image"),
        ({"image_id": "1", "url": "https://example.org/a.jpg"}, "image"),
        ({"image_id": "1", "keep": "perhaps"}, "keep"),
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
    LocalFeature.objects.all().delete()
    extractor.away = True
    response = post(api, image=upload(drawing(4)))
    assert (response.status_code, response.json()["error"]["code"]) == (503, "extractor_away")
    assert int(response.headers["Retry-After"]) >= 1
    assert api.get("/api/v1/prints/").status_code == 200
    extractor.away = False
    assert found(post(api, image=upload(drawing(4))))[0] == prints[4].pk


def test_an_extractor_without_the_descriptor_of_the_index_is_said_so(
    api: APIClient, prints: list[Print], extractor: FakeExtractor
) -> None:
    publish_knn_model(descriptor=extractor.descriptor, dim=DIM)
    LocalFeature.objects.all().delete()
    extractor.descriptor = "other@11111111"
    response = post(api, image=upload(drawing(4)))
    assert (response.status_code, response.json()["error"]["code"]) == (500, "descriptor_not_offered")
    assert "change_descriptor" in response.json()["error"]["message"]
