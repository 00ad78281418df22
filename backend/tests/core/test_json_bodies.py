"""JSON that Python reads and nobody can answer: a mistake of the sender, at every address."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from core.json_bodies import WholeJsonRenderer, json_of

DEEP = '{"name": ' + "[" * 100_000 + "]" * 100_000 + "}"


@pytest.mark.parametrize("body", [DEEP, "[" * 100_000, '{"a":' * 100_000])
@pytest.mark.django_db
def test_json_without_end_is_a_400(body: str) -> None:
    answer = APIClient().post("/api/v1/session/", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "malformed_request"


@pytest.mark.parametrize("text", [DEEP, "", "{", "[" * 100_000])
def test_json_in_a_form_is_refused_by_one_kind_of_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        json_of(text)


@pytest.mark.parametrize(
    ("data", "expected"),
    [({"a": "Dürer"}, '{"a":"Dürer"}'), ({"a": "ü\ud800"}, '{"a":"\\u00fc\\ud800"}')],
)
def test_half_a_character_is_answered_escaped_and_others_as_they_are(data: Any, expected: str) -> None:
    assert WholeJsonRenderer().render(data) == expected.encode()


@pytest.mark.django_db
def test_an_error_that_repeats_half_a_character_is_a_400(admin_user: Any) -> None:
    client = APIClient()
    client.force_authenticate(admin_user)
    sent = r'{"slug": "x", "name": "x", "visibility": "\ud800"}'
    answer = client.post("/api/v1/collections/", data=sent, content_type="application/json")
    assert answer.status_code == 400
    assert "visibility" in answer.json()["error"]["fields"]
