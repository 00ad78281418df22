"""The answer of a search is sent compressed to who understands that."""

import gzip
import json

from rest_framework.test import APIClient

from catalog.models import Print
from tests.indexing.fixtures import drawing
from tests.search.searching import URL, upload


def test_an_answer_is_compressed_when_asked_so(api: APIClient, prints: list[Print]) -> None:
    response = api.post(URL, {"image": upload(drawing(4))}, format="multipart", HTTP_ACCEPT_ENCODING="gzip")
    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert json.loads(gzip.decompress(response.content))["results"][0]["print"]["id"] == prints[4].pk


def test_the_answer_that_tells_the_key_is_not_compressed(api: APIClient, prints: list[Print]) -> None:
    """Else its size could be made to tell the key, and so delete somebody's search (BREACH)."""
    form = {"image": upload(drawing(4)), "keep": "true"}
    response = api.post(URL, form, format="multipart", HTTP_ACCEPT_ENCODING="gzip")
    assert response.json()["kept"]["delete_key"]
    assert "Content-Encoding" not in response
    again = api.get(f"{URL}{response.json()['id']}/", HTTP_ACCEPT_ENCODING="gzip")
    assert again["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(again.content))["kept"]["delete_key"] is None


def test_similar_prints_are_compressed(api: APIClient, prints: list[Print]) -> None:
    response = api.get(f"/api/v1/prints/{prints[0].pk}/similar/", HTTP_ACCEPT_ENCODING="gzip")
    assert response["Content-Encoding"] == "gzip"
