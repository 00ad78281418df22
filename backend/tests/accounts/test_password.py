"""POST /me/password/ and the rules."""

import pytest
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from tests.accounts.conftest import PASSWORD, House

URL = "/api/v1/me/password/"
NEW = "quite another phrase"


def test_changed_and_still_signed_in_here_but_nowhere_else(house: House) -> None:
    here, there = house.client("curator"), house.client("curator")
    assert here.post(URL, {"old_password": PASSWORD, "new_password": NEW}).status_code == 204
    assert here.get("/api/v1/me/").json()["user"]["username"] == "curator"
    assert there.get("/api/v1/me/").json()["user"] is None
    form = {"username": "curator", "password": NEW}
    assert APIClient().post("/api/v1/session/", form).status_code == 200
    assert AuditEntry.objects.filter(action="password_changed", user_name="curator").count() == 1


def test_a_wrong_old_password_changes_nothing(house: House) -> None:
    response = house.client("curator").post(URL, {"old_password": "wrong", "new_password": NEW})
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "wrong_credentials"
    assert "old_password" in response.json()["error"]["fields"]
    house.users["curator"].refresh_from_db()
    assert house.users["curator"].check_password(PASSWORD)


@pytest.mark.parametrize("weak", ["short", "1234567890123", "curator+123", "qwertyuiop"])
def test_a_weak_new_one_is_refused_with_the_reason(house: House, weak: str) -> None:
    response = house.client("curator").post(URL, {"old_password": PASSWORD, "new_password": weak})
    assert (response.status_code, response.json()["error"]["code"]) == (400, "weak_password")
    assert response.json()["error"]["fields"]["new_password"]


def test_visitors_have_no_password(house: House, api: APIClient) -> None:
    assert api.post(URL, {"old_password": PASSWORD, "new_password": NEW}).status_code == 403
