"""GET and POST /collections/, PATCH /collections/{slug}/."""

import pytest
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from catalog.models import Collection, Print
from tests.accounts.conftest import House

URL = "/api/v1/collections/"


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("anonymous", {"public": ""}),
        ("staff", {"public": "", "staff": ""}),
        ("viewer", {"public": "", "staff": "", "private": "viewer"}),
        ("curator", {"public": "", "staff": "", "private": "curator"}),
        ("administrator", {"public": "curator", "staff": "curator", "private": "curator"}),
    ],
)
def test_each_sees_their_own(house: House, role: str, seen: dict[str, str]) -> None:
    body = house.client(role).get(URL).json()
    assert {row["slug"]: row["role"] for row in body} == seen
    assert all(row["visibility"] == row["slug"] and row["print_count"] == 1 for row in body)


def test_hidden_prints_are_counted_for_curators_alone(house: House) -> None:
    Print.objects.create(collection=house.collections["private"], record_id="h", hidden=True)
    counts = {
        role: {row["slug"]: row["print_count"] for row in house.client(role).get(URL).json()}["private"]
        for role in ("viewer", "curator", "administrator")
    }
    assert counts == {"viewer": 1, "curator": 2, "administrator": 2}


def test_an_administrator_makes_one_private_at_first(house: House) -> None:
    response = house.client("administrator").post(URL, {"slug": "maps", "name": "Maps"})
    assert response.status_code == 201
    assert response.json() == {
        "slug": "maps", "name": "Maps", "visibility": "private", "print_count": 0, "role": "curator",
    }  # fmt: skip
    assert AuditEntry.objects.get().action == "collection_created"


def test_a_slug_that_is_taken_is_a_400(house: House) -> None:
    response = house.client("administrator").post(URL, {"slug": "private", "name": "x"})
    assert (response.status_code, response.json()["error"]["code"]) == (400, "collection_exists")


@pytest.mark.parametrize("role", ["anonymous", "staff", "viewer", "curator"])
def test_others_make_none(house: House, role: str) -> None:
    assert house.client(role).post(URL, {"slug": "maps", "name": "Maps"}).status_code == 403
    assert Collection.objects.count() == 3


def test_its_curator_opens_it_and_everybody_sees_it_at_once(house: House, api: APIClient) -> None:
    response = house.client("curator").patch(f"{URL}private/", {"visibility": "public"})
    assert (response.status_code, response.json()["visibility"]) == (200, "public")
    assert "private" in {row["slug"] for row in api.get(URL).json()}
    assert "A private print" in str(api.get("/api/v1/prints/").json())
    entry = AuditEntry.objects.get()
    assert entry.detail == {"changed": {"visibility": ["private", "public"]}}
    assert entry.collection == house.collections["private"]


def test_a_change_to_the_same_is_not_told(house: House) -> None:
    house.client("curator").patch(f"{URL}private/", {"name": "The private one"})
    assert not AuditEntry.objects.exists()


def test_a_curator_of_another_is_refused_and_does_not_learn_of_private_ones(house: House) -> None:
    curator = house.client("curator")
    assert curator.patch(f"{URL}public/", {"name": "x"}).status_code == 403
    house.collections["private"].memberships.all().delete()
    house.collections["public"].memberships.create(user=house.users["curator"], role="curator")
    unseen = curator.patch(f"{URL}private/", {"name": "x"})
    missing = curator.patch(f"{URL}missing/", {"name": "x"})
    assert (unseen.status_code, missing.status_code) == (404, 404)
    assert unseen.json()["error"]["message"] == missing.json()["error"]["message"].replace(
        "missing", "private"
    )
