"""The audit trail: what is written, who reads which part of it."""

import pytest
from django.test import Client

from accounts import audit
from accounts.models import AuditEntry
from tests.accounts.conftest import House

URL = "/api/v1/audit/"


@pytest.fixture
def entries(house: House) -> None:
    for name, collection in house.collections.items():
        audit.record(
            house.users["curator"], "print_changed", collection, f"{name}-1", {"n": 1}, address="10.0.0.1"
        )
    audit.record(None, "index_compacted")


def test_administrators_read_all_of_it_newest_first(house: House, entries: None) -> None:
    body = house.client("administrator").get(URL).json()
    assert [row["action"] for row in body["results"]] == ["index_compacted"] + ["print_changed"] * 3
    first, last = body["results"][0], body["results"][-1]
    assert (first["user"], first["collection"]) == ("", "")
    assert last | {"id": 0, "at": ""} == {
        "id": 0, "at": "", "user": "curator", "action": "print_changed", "collection": "public",
        "target": "public-1", "detail": {"n": 1}, "address": "10.0.0.1",
    }  # fmt: skip


def test_curators_read_what_concerns_their_collections_without_addresses(house: House, entries: None) -> None:
    body = house.client("curator").get(URL).json()
    assert [(row["collection"], row["address"]) for row in body["results"]] == [("private", "")]
    assert body["count"] == 1


def test_one_collection_and_pages(house: House, entries: None) -> None:
    administrator = house.client("administrator")
    assert administrator.get(URL, {"collection": "staff"}).json()["count"] == 1
    assert administrator.get(URL, {"page": 2, "page_size": 3}).json()["results"][0]["collection"] == "public"
    assert house.client("curator").get(URL, {"collection": "public"}).json()["count"] == 0


@pytest.mark.parametrize("role", ["anonymous", "staff", "viewer"])
def test_others_read_nothing(house: House, entries: None, role: str) -> None:
    assert house.client(role).get(URL).status_code == 403


def test_it_outlives_users_and_collections(house: House, entries: None) -> None:
    house.users["curator"].delete()
    house.collections["staff"].delete()
    assert set(AuditEntry.objects.values_list("user_name", flat=True)) == {"curator", ""}
    assert AuditEntry.objects.count() == 4


def test_what_administrators_do_in_the_admin_pages_is_told(house: House) -> None:
    pages = Client()
    pages.force_login(house.users["administrator"])
    collection = house.collections["private"]
    change = f"/admin/catalog/collection/{collection.pk}/change/"
    pages.post(change, {"slug": "private", "name": "Other", "visibility": "staff"})
    pages.post("/admin/catalog/collection/add/", {"slug": "maps", "name": "Maps", "visibility": "public"})
    chosen = [house.prints["staff"].pk, house.prints["public"].pk]
    form = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
    pages.post("/admin/catalog/print/", form)
    told = AuditEntry.objects.order_by("pk").values_list("user_name", "action", "target")
    assert list(told) == [
        ("administrator", "admin_changed", "collection: Other"),
        ("administrator", "admin_added", "collection: Maps"),
        ("administrator", "admin_deleted", f"print: {house.prints['public']}"),
        ("administrator", "admin_deleted", f"print: {house.prints['staff']}"),
    ]


def test_nobody_changes_it(house: House, entries: None) -> None:
    pages = Client()
    pages.force_login(house.users["administrator"])
    entry = AuditEntry.objects.earliest("pk")
    assert pages.post(f"/admin/accounts/auditentry/{entry.pk}/change/", {"action": "x"}).status_code == 403
    assert pages.post(f"/admin/accounts/auditentry/{entry.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("role", ["staff", "viewer", "curator"])
def test_the_admin_pages_are_for_administrators(house: House, role: str) -> None:
    user = house.users[role]
    user.is_staff = True
    user.save()
    pages = Client()
    pages.force_login(user)
    assert pages.get("/admin/catalog/print/").status_code == 302


@pytest.mark.parametrize(
    "page",
    ["auth/user/", "accounts/membership/", "accounts/apitoken/", "accounts/auditentry/", "catalog/example/"],
)
def test_the_admin_pages_open(house: House, entries: None, page: str) -> None:
    pages = Client()
    pages.force_login(house.users["administrator"])
    assert pages.get(f"/admin/{page}").status_code == 200


def test_a_user_is_edited_with_their_roles(house: House) -> None:
    pages = Client()
    pages.force_login(house.users["administrator"])
    page = pages.get(f"/admin/auth/user/{house.users['curator'].pk}/change/")
    assert b"memberships-0-role" in page.content
    assert b"user_permissions" not in page.content
