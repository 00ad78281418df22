"""JSON is sent compressed to who understands that, where the answer holds no secret."""

import gzip
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from catalog.models import Collection, Print

GZIP: Any = {"HTTP_ACCEPT_ENCODING": "gzip"}


@pytest.fixture
def many(db: None) -> list[Print]:
    collection = Collection.objects.create(slug="many", name="Many")
    rows = [Print(collection=collection, record_id=str(index), title="Print") for index in range(20)]
    return Print.objects.bulk_create(rows)


def unpacked(response: Any) -> Any:
    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert int(response["Content-Length"]) == len(response.content)
    return json.loads(gzip.decompress(response.content))


@pytest.mark.parametrize("url", ["/api/v1/prints/", "/api/schema/"])
def test_a_long_json_is_compressed_to_who_asks_so(api: APIClient, many: list[Print], url: str) -> None:
    plain = api.get(url)
    assert "Content-Encoding" not in plain
    assert unpacked(api.get(url, **GZIP)) == json.loads(plain.content)


def test_a_short_answer_is_sent_as_it_is(api: APIClient, many: list[Print]) -> None:
    response = api.get("/api/v1/prints/", {"q": "nothing"}, **GZIP)
    assert len(response.content) < 1024
    assert "Content-Encoding" not in response


def test_head_answers_with_the_headers_of_get(api: APIClient, many: list[Print]) -> None:
    asked, told = api.head("/api/v1/prints/", **GZIP), api.get("/api/v1/prints/", **GZIP)
    assert asked["Content-Encoding"] == "gzip"
    assert asked.content == b""
    # (Django adds some bytes by chance to each, so that no length gives anything away.)
    varies = ("Content-Length", "X-Request-ID")
    headers = [{k: v for k, v in one.items() if k not in varies} for one in (asked, told)]
    assert headers[0] == headers[1]
    assert int(asked["Content-Length"]) > 0


def test_a_page_with_a_csrf_token_is_sent_as_it_is(api: APIClient, db: None) -> None:
    response = api.get("/admin/login/", **GZIP)
    assert b"csrfmiddlewaretoken" in response.content
    assert "Content-Encoding" not in response


def test_what_a_write_tells_once_is_sent_as_it_is(
    api: APIClient, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.compression.SHORTEST", 1)
    api.force_authenticate(User.objects.create_user("ada"))
    response = api.post("/api/v1/me/tokens/", {"name": "x" * 100}, **GZIP)
    assert response.status_code == 201
    # Django itself leaves what is shorter than this alone.
    assert len(response.content) > 200
    assert "Content-Encoding" not in response
