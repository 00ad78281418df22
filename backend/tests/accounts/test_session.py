"""GET /me/, POST and DELETE /session/."""

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from tests.accounts.conftest import PASSWORD, House

ME, SESSION = "/api/v1/me/", "/api/v1/session/"


def credentials(name: str = "curator", password: str = PASSWORD) -> dict[str, str]:
    return {"username": name, "password": password}


def test_a_visitor_is_nobody_and_gets_the_cookie(house: House, api: APIClient) -> None:
    response = api.get(ME)
    assert response.json()["user"] is None
    assert response.json()["collections"] == []
    assert not any(response.json()["may"].values())
    assert "csrftoken" in response.cookies


@pytest.mark.parametrize(
    ("role", "collections", "may"),
    [
        ("staff", [], set()),
        ("viewer", [("private", "viewer")], set()),
        ("curator", [("private", "curator")], {"import", "edit", "see_jobs", "see_index"}),
        (
            "administrator",
            [("private", "curator"), ("public", "curator"), ("staff", "curator")],
            {"import", "edit", "see_jobs", "see_index", "administer"},
        ),
    ],
)
def test_me_tells_roles_and_what_they_allow(
    house: House, role: str, collections: list[tuple[str, str]], may: set[str]
) -> None:
    body = house.client(role).get(ME).json()
    assert body["user"]["username"] == role
    assert body["user"]["is_administrator"] == (role == "administrator")
    assert [(row["slug"], row["role"]) for row in body["collections"]] == collections
    assert {name for name, allowed in body["may"].items() if allowed} == may


def test_signing_in_and_out(house: House, api: APIClient) -> None:
    response = api.post(SESSION, credentials())
    assert response.status_code == 200
    assert response.json()["user"]["username"] == "curator"
    assert response.cookies["sessionid"]["httponly"]
    assert api.get(ME).json()["user"]["username"] == "curator"
    assert api.delete(SESSION).status_code == 204
    assert api.get(ME).json()["user"] is None
    actions = AuditEntry.objects.order_by("pk").values_list("user_name", "action")
    assert list(actions) == [("curator", "signed_in"), ("curator", "signed_out")]


def test_signing_in_needs_the_cookie_in_a_header(house: House) -> None:
    browser = Client(enforce_csrf_checks=True)
    refused = browser.post(SESSION, credentials(), content_type="application/json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "csrf_failed")
    token = browser.get(ME).cookies["csrftoken"].value
    accepted = browser.post(
        SESSION, credentials(), content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert accepted.status_code == 200


def test_a_session_writes_only_with_the_cookie_in_a_header(house: House) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(house.users["curator"])
    response = browser.post("/api/v1/me/tokens/", {"name": "x"}, content_type="application/json")
    assert response.status_code == 403


@pytest.mark.parametrize(
    "wrong", [credentials(password="wrong"), credentials(name="nobody"), credentials(name="CURATOR")]
)
def test_wrong_credentials_have_one_answer(house: House, api: APIClient, wrong: dict[str, str]) -> None:
    response = api.post(SESSION, wrong)
    assert response.status_code == 400
    assert response.json()["error"] == {
        "code": "wrong_credentials",
        "message": "The name or the password is wrong.",
        "fields": {},
        "said": {"key": "wrong_credentials", "params": {}},
    }


def test_a_user_who_was_made_inactive_is_nobody_at_once(house: House, api: APIClient) -> None:
    api.post(SESSION, credentials())
    house.users["curator"].is_active = False
    house.users["curator"].save()
    assert api.get(ME).json()["user"] is None
    assert api.post(SESSION, credentials()).json()["error"]["code"] == "wrong_credentials"


def test_signing_out_twice_is_no_error(house: House, api: APIClient) -> None:
    assert api.delete(SESSION).status_code == 204
