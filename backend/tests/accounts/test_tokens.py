"""API tokens: made, used, deleted, and nothing kept of them that could be used."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import ApiToken
from accounts.tokens import MOST_TOKENS
from tests.accounts.conftest import House

URL, ME = "/api/v1/me/tokens/", "/api/v1/me/"


@pytest.fixture
def text(house: House) -> str:
    """A token of the curator."""
    response = house.client("curator").post(URL, {"name": "loader"})
    assert response.status_code == 201
    return str(response.json()["token"])


def with_token(text: str) -> dict[str, str]:
    return {"Authorization": f"Token {text}"}


def test_a_token_acts_as_its_user_and_needs_no_cookie(house: House, text: str) -> None:
    program = APIClient(enforce_csrf_checks=True)
    assert program.get(ME, headers=with_token(text)).json()["user"]["username"] == "curator"
    private = house.collections["private"].slug
    changed = program.patch(
        f"/api/v1/collections/{private}/", {"name": "New"}, headers=with_token(text), format="json"
    )
    assert changed.status_code == 200


def test_the_text_is_told_once_and_not_kept(house: House, text: str) -> None:
    listed = house.client("curator").get(URL).json()
    assert [token["name"] for token in listed] == ["loader"]
    assert "token" not in listed[0]
    assert text not in str(list(ApiToken.objects.values()))


@pytest.mark.parametrize("wrong", ["recto_of_nobody", "", "\x00é"])
def test_an_unknown_token_is_a_401_even_where_nobody_need_sign_in(
    house: House, api: APIClient, wrong: str
) -> None:
    for address in (ME, "/api/v1/prints/", "/media/images/1/thumbnail/"):
        response = api.get(address, HTTP_AUTHORIZATION=f"Token {wrong}")
        assert (response.status_code, response.json()["error"]["code"]) == (401, "wrong_token")
        assert response["WWW-Authenticate"] == "Token"


def test_an_expired_token_and_that_of_an_inactive_user_are_401s(
    house: House, text: str, api: APIClient
) -> None:
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert api.get(ME, headers=with_token(text)).status_code == 401
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert api.get(ME, headers=with_token(text)).status_code == 200
    house.users["curator"].is_active = False
    house.users["curator"].save()
    assert api.get(ME, headers=with_token(text)).status_code == 401


def test_its_use_is_noted_but_not_each_time(house: House, text: str, api: APIClient) -> None:
    assert ApiToken.objects.get().last_used_at is None
    api.get(ME, headers=with_token(text))
    noted = ApiToken.objects.get().last_used_at
    assert noted is not None
    api.get(ME, headers=with_token(text))
    assert ApiToken.objects.get().last_used_at == noted


def test_deleted_it_is_nothing_any_more(house: House, text: str, api: APIClient) -> None:
    curator = house.client("curator")
    assert curator.delete(f"{URL}{ApiToken.objects.get().pk}/").status_code == 204
    assert api.get(ME, headers=with_token(text)).status_code == 401


def test_nobody_deletes_or_sees_the_tokens_of_others(house: House, text: str) -> None:
    for role in ("viewer", "administrator"):
        assert house.client(role).delete(f"{URL}{ApiToken.objects.get().pk}/").status_code == 404
        assert house.client(role).get(URL).json() == []


def test_visitors_have_no_tokens(house: House, api: APIClient) -> None:
    assert api.get(URL).status_code == 403
    assert api.post(URL, {"name": "x"}).status_code == 403


def test_there_is_an_end_to_them(house: House) -> None:
    user = house.users["curator"]
    ApiToken.objects.bulk_create(
        [ApiToken(user=user, name="x", digest=str(number)) for number in range(MOST_TOKENS)]
    )
    response = house.client("curator").post(URL, {"name": "one more"})
    assert (response.status_code, response.json()["error"]["code"]) == (400, "too_many_tokens")


def test_a_token_opens_pictures_and_not_the_admin_pages(house: House, api: APIClient) -> None:
    text = house.client("administrator").post(URL, {"name": "x"}).json()["token"]
    assert api.get("/admin/", headers=with_token(text)).status_code == 302


def test_the_command_line_makes_the_first_administrator(
    db: None, api: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long enough phrase")
    call_command(
        "createsuperuser", interactive=False, username="first", email="first@example.org", verbosity=0
    )
    form = {"username": "first", "password": "a long enough phrase"}
    assert api.post("/api/v1/session/", form).json()["may"]["administer"] is True
