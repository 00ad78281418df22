"""How the tests of this folder search."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from indexing.extraction import extract_missing_features
from tests.indexing.fixtures import png

URL = "/api/v1/searches/"


def describe() -> None:
    extract_missing_features(progress=lambda *_: None, wait=lambda _: None)


def upload(pixels: Any, name: str = "photo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png(pixels))


def post(api: APIClient, **form: Any) -> Any:
    return api.post(URL, form, format="multipart")


def found(response: Any) -> list[int]:
    assert response.status_code == 200, response.content
    return [result["print"]["id"] for result in response.json()["results"]]
