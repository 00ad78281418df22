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
