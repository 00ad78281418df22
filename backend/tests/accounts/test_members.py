"""GET and PUT /collections/{slug}/members/."""

from typing import Any

import pytest

from accounts.models import AuditEntry, Membership
from tests.accounts.conftest import House

URL = "/api/v1/collections/private/members/"


def members(*pairs: tuple[str, str]) -> dict[str, Any]:
    return {"members": [{"username": name, "role": role} for name, role in pairs]}


def test_curators_see_them(house: House) -> None:
    body = house.client("curator").get(URL).json()
    assert body == {
        "members": [
            {"username": "curator", "name": "", "role": "curator"},
            {"username": "viewer", "name": "", "role": "viewer"},
        ]
    }


@pytest.mark.parametrize(("role", "status"), [("anonymous", 403), ("staff", 403), ("viewer", 403)])
def test_others_do_not(house: House, role: str, status: int) -> None:
    assert house.client(role).get(URL).status_code == status


def test_an_administrator_sets_all_of_them(house: House) -> None:
    given = members(("staff", "viewer"), ("viewer", "curator"))
    response = house.client("administrator").put(URL, given)
    assert response.status_code == 200
    assert [(row["username"], row["role"]) for row in response.json()["members"]] == [
        ("staff", "viewer"),
        ("viewer", "curator"),
    ]
    assert house.client("curator").get("/api/v1/me/").json()["collections"] == []
    assert AuditEntry.objects.get().detail == {
        "before": {"curator": "curator", "viewer": "viewer"},
        "after": {"staff": "viewer", "viewer": "curator"},
    }


def test_a_curator_cannot_make_curators(house: House) -> None:
    assert house.client("curator").put(URL, members(("staff", "curator"))).status_code == 403
    assert Membership.objects.count() == 2


def test_an_unknown_name_changes_nothing(house: House) -> None:
    given = members(("staff", "viewer"), ("nobody", "viewer"))
    response = house.client("administrator").put(URL, given)
    assert (response.status_code, response.json()["error"]["code"]) == (400, "unknown_user")
    assert set(Membership.objects.values_list("user__username", flat=True)) == {"viewer", "curator"}


@pytest.mark.parametrize(
    "odd",
    [members(("staff", "owner")), members(("staff", "viewer"), ("staff", "curator")), {}, {"members": 1}],
)
def test_odd_lists_are_400s(house: House, odd: dict[str, Any]) -> None:
    assert house.client("administrator").put(URL, odd).status_code == 400
