"""JSON that Python reads and nobody can answer: a mistake of the sender, at every address."""

import pytest
from rest_framework.test import APIClient

from core.json_parser import json_of

DEEP = '{"name": ' + "[" * 100_000 + "]" * 100_000 + "}"
HALF = r'{"name": "\ud800"}'


@pytest.mark.parametrize("body", [DEEP, "[" * 100_000, HALF, r'{"\udc00": 1}'])
@pytest.mark.django_db
def test_json_that_cannot_be_answered_is_a_400(body: str) -> None:
    response = APIClient(enforce_csrf_checks=False).post(
        "/api/v1/session/", data=body, content_type="application/json"
    )
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "malformed_request"


@pytest.mark.parametrize("text", [DEEP, HALF, "", "{", "[" * 100_000])
def test_json_in_a_form_is_refused_by_one_kind_of_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        json_of(text)


def test_whole_characters_outside_the_plane_are_kept() -> None:
    assert json_of(r'{"a": "\ud83d\ude00"}') == {"a": "😀"}
