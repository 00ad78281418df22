"""Uploads stay in memory and within the limit."""

from typing import Any

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from pytest_django import Settings
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

LIMIT = 300_000


@pytest.fixture(autouse=True)
def _limit(settings: Settings) -> None:
    settings.RECTO_SEARCH_MAX_BYTES = LIMIT


def post(*sizes: int) -> Response:
    """What a view answers to files of these sizes: the class and the size of each."""

    @api_view(["POST"])
    def view(request: Request) -> Response:
        return Response([(type(file).__name__, file.size) for file in request.FILES.values()])

    files: dict[str, Any] = {
        f"f{i}": SimpleUploadedFile("a.jpg", bytes(size)) for i, size in enumerate(sizes)
    }
    response = view(APIRequestFactory().post("/", files, format="multipart"))
    response.render()
    return response


def test_a_file_of_the_limit_stays_in_memory() -> None:
    response = post(LIMIT)
    assert response.data == [(InMemoryUploadedFile.__name__, LIMIT)]


@pytest.mark.parametrize("sizes", [(LIMIT + 1,), (LIMIT, 1), (LIMIT * 4,), (LIMIT * 20,)])
def test_more_than_the_limit_is_a_413_that_names_it(sizes: tuple[int, ...]) -> None:
    response = post(*sizes)
    assert response.status_code == 413
    assert response.data["error"]["code"] == "upload_too_large"
    assert "0.3 MB" in response.data["error"]["message"]
