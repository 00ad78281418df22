"""POST, GET /imports/ and GET, PATCH /imports/{id}/, check/ and abandon/."""

from pathlib import Path

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from catalog.models import Print
from core import jobs
from core.models import Job
from imports.columns import FIELDS
from imports.models import ImportRun
from tests.accounts.conftest import House, house
from tests.imports.tables.api import TABLE, bring, brought, checked, run_job

__all__ = ["house"]


@pytest.fixture
def curator(house: House, data_dir: Path) -> APIClient:
    return house.client("curator")


def test_a_table_is_taken_in_and_described(curator: APIClient) -> None:
    made = brought(curator, TABLE.encode("cp1252"))
    assert (made["state"], made["action"], made["collection"]) == ("uploaded", "add_and_update", "private")
    assert (made["table_name"], made["created_by"]) == ("sammlung.csv", "curator")
    assert made["reading"] == {"encoding": "cp1252", "delimiter": ";", "sheet": "", "sheets": [], "rows": 2}
    assert made["columns"] == [
        {"header": "recordID", "field": "record_id", "samples": ["1", "2"], "suggested": "record_id"},
        {"header": "title", "field": "title", "samples": ["Weg nach Zürich", "Haus"], "suggested": "title"},
        {"header": "date", "field": "date", "samples": ["1520", "gestern"], "suggested": "date"},
        {"header": "Standort", "field": None, "samples": ["A", "B"], "suggested": None},
    ]
    assert made["fields"] == list(FIELDS)
    assert (made["job"], made["undoable"], made["image_source"]) == (None, False, {"kind": "none"})
    kept = settings.RECTO_DATA_DIR / ImportRun.objects.get().table_path
    assert kept.read_bytes() == TABLE.encode("cp1252")
    assert AuditEntry.objects.get(action="import_created").target == "sammlung.csv"
    incoming = settings.RECTO_PROCESSED_DIR / "imports" / "incoming"
    assert list(incoming.iterdir()) == []


def test_columns_of_other_names_are_proposed_and_not_taken(curator: APIClient) -> None:
    columns = brought(curator, "Inventarnr.,Titel\nA,B\n")["columns"]
    assert [(one["header"], one["field"], one["suggested"]) for one in columns] == [
        ("Inventarnr.", None, "inventory_number"),
        ("Titel", None, "title"),
    ]


def test_a_mapping_is_remembered_for_the_collections_next_table(curator: APIClient) -> None:
    checked(curator, "Nr,Was\n1,A\n", mapping={"Nr": "record_id", "Was": "title"})
    columns = brought(curator, "Was,Nr,Neu\nA,1,x\n")["columns"]
    assert {one["header"]: one["field"] for one in columns} == {
        "Nr": "record_id",
        "Was": "title",
        "Neu": None,
    }


def test_a_table_of_rectos_own_speaks_for_itself(curator: APIClient) -> None:
    checked(curator, "id,title\n1,A\n", mapping={"id": "record_id", "title": "inventory_number"})
    columns = checked(curator, ",".join(FIELDS) + "\n")["columns"]
    assert all(one["field"] == one["header"] for one in columns)
    assert [one["field"] for one in brought(curator, "id,title\n")["columns"]] == [
        "record_id",
        "inventory_number",
    ]


def test_the_whole_way_to_the_preview(curator: APIClient) -> None:
    found = checked(curator)
    assert found["state"] == "checked"
    assert found["job"]["state"] == "done"
    assert found["counts"] == {
        "created": 2, "changed": 0, "unchanged": 0, "missing": 1, "removed": 0, "skipped": 0, "problem": 0,
        "issues": 1,
    }  # fmt: skip
    assert not Print.objects.filter(collection__slug="private", record_id="1").exists()


def test_another_encoding_and_delimiter_can_be_said(curator: APIClient) -> None:
    made = brought(curator, "recordID,title\n1,Z\x8frich\n".encode("latin-1"))
    address = f"/api/v1/imports/{made['id']}/"
    changed = curator.patch(address, {"encoding": "mac_roman", "delimiter": ";"}).json()
    assert changed["reading"]["encoding"] == "mac_roman"
    assert [one["header"] for one in changed["columns"]] == ["recordID,title"]


def test_what_was_checked_counts_no_more_after_a_change(curator: APIClient) -> None:
    found = checked(curator)
    changed = curator.patch(f"/api/v1/imports/{found['id']}/", {"action": "add"}).json()
    assert (changed["state"], changed["action"], changed["counts"]["created"]) == ("uploaded", "add", 0)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"mapping": {"Nr": "record_id"}}, "column_unknown"),
        ({"mapping": {"title": "name"}}, "field_unknown"),
        ({"mapping": "title"}, "invalid"),
        ({"action": "load"}, "invalid"),
        ({"encoding": "klingon"}, "invalid"),
        ({"delimiter": "x"}, "invalid"),
        ({"image_source": {"kind": "post"}}, "invalid"),
        ({"image_source": {"kind": "iiif"}}, "image_source_invalid"),
    ],
)
def test_impossible_choices_are_a_400(curator: APIClient, change: dict[str, object], code: str) -> None:
    made = brought(curator)
    response = curator.patch(f"/api/v1/imports/{made['id']}/", change)
    assert response.status_code == 400
    assert response.json()["error"]["code"] == code


@pytest.mark.parametrize(
    ("table", "status", "code"),
    [
        (b"%PDF-1.7", 415, "table_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 415, "table_type"),
        (b"PK\x03\x04 no workbook", 400, "workbook_unreadable"),
        (",".join(f"c{number}" for number in range(501)).encode(), 400, "too_many_columns"),
    ],
)
def test_what_is_no_table_is_refused_and_not_kept(
    curator: APIClient, table: bytes, status: int, code: str
) -> None:
    response = bring(curator, table)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert not ImportRun.objects.exists()
    kept = settings.RECTO_PROCESSED_DIR / "imports"
    assert [path for path in kept.rglob("*") if path.is_file()] == []


def test_a_form_without_a_table_or_with_nonsense_is_a_400(curator: APIClient) -> None:
    response = curator.post("/api/v1/imports/", {"collection": "private"}, format="multipart")
    assert response.json()["error"]["fields"]["table"]
    for form in ({"action": "load"}, {"image_source": "{"}, {"image_source": "[]"}):
        assert bring(curator, TABLE, **form).status_code == 400
    assert bring(curator, TABLE, collection="nowhere").status_code == 404


def test_too_large_a_table_is_a_413(curator: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.views.ImportListView.largest_upload", 50)
    response = bring(curator, TABLE)
    assert (response.status_code, response.json()["error"]["code"]) == (413, "upload_too_large")


@pytest.mark.parametrize("role", ["anonymous", "staff", "viewer"])
def test_only_curators_see_and_bring(house: House, curator: APIClient, role: str) -> None:
    made = brought(curator)
    other = house.client(role)
    assert other.get("/api/v1/imports/").status_code in (401, 403)
    assert bring(other).status_code in (401, 403)
    for what in ("", "records/", "issues/", "issues/export/"):
        assert other.get(f"/api/v1/imports/{made['id']}/{what}").status_code in (401, 403)
    for what in ("check/", "abandon/"):
        assert other.post(f"/api/v1/imports/{made['id']}/{what}").status_code in (401, 403)


def test_curators_of_other_collections_find_nothing(house: House, curator: APIClient) -> None:
    house.users["staff"].memberships.create(collection=house.collections["public"], role="curator")
    other, made = house.client("staff"), brought(curator)
    assert other.get("/api/v1/imports/").json()["count"] == 0
    assert other.get(f"/api/v1/imports/{made['id']}/").status_code == 404
    assert bring(other).status_code == 404


def test_imports_are_listed_newest_first_and_filtered(house: House, curator: APIClient) -> None:
    first, second = brought(curator), checked(curator)
    listed = curator.get("/api/v1/imports/").json()
    assert [one["id"] for one in listed["results"]] == [second["id"], first["id"]]
    assert curator.get("/api/v1/imports/?state=checked").json()["count"] == 1
    assert curator.get("/api/v1/imports/?collection=public").json()["count"] == 0
    assert curator.get("/api/v1/imports/?state=odd").status_code == 400


def test_the_list_costs_the_same_however_long_it_is(
    curator: APIClient, django_assert_num_queries: object
) -> None:
    for _ in range(3):
        brought(curator)
    with django_assert_num_queries(6):  # type: ignore[operator]
        curator.get("/api/v1/imports/")


def test_an_abandoned_import_leaves_nothing_but_its_line(curator: APIClient) -> None:
    found = checked(curator)
    address = f"/api/v1/imports/{found['id']}/"
    assert curator.post(f"{address}abandon/").json()["state"] == "abandoned"
    assert not (settings.RECTO_PROCESSED_DIR / "imports" / str(found["id"])).exists()
    assert curator.get(f"{address}records/").json()["count"] == 0
    for what in ("check/", "abandon/"):
        assert curator.post(f"{address}{what}").json()["error"]["code"] == "wrong_state"


def test_abandoning_ends_a_check_that_waits(curator: APIClient) -> None:
    made = brought(curator)
    address = f"/api/v1/imports/{made['id']}/"
    curator.post(f"{address}check/")
    assert curator.post(f"{address}abandon/").json()["job"]["state"] == "cancelled"
    run_job(made["id"])
    assert curator.get(address).json()["state"] == "abandoned"


def test_a_check_that_was_cancelled_before_it_began_can_be_asked_for_again(curator: APIClient) -> None:
    made = brought(curator)
    address = f"/api/v1/imports/{made['id']}/"
    curator.post(f"{address}check/")
    jobs.cancel(Job.objects.get(kind="check_import"))
    assert curator.post(f"{address}check/").status_code == 202
    run_job(made["id"])
    assert curator.get(address).json()["state"] == "checked"


def test_a_check_without_a_key_says_what_to_do_and_can_be_repeated(curator: APIClient) -> None:
    found = checked(curator, "Nr,Was\n1,A\n")
    assert found["state"] == "uploaded"
    assert "record_id" in found["message"]
    assert found["job"]["state"] == "failed"
    address = f"/api/v1/imports/{found['id']}/"
    curator.patch(address, {"mapping": {"Nr": "record_id"}})
    curator.post(f"{address}check/")
    run_job(found["id"])
    assert curator.get(address).json()["counts"]["created"] == 1


def test_methods_and_missing_imports(curator: APIClient) -> None:
    assert curator.delete("/api/v1/imports/").status_code == 405
    assert curator.get("/api/v1/imports/999/").status_code == 404
    assert curator.get("/api/v1/imports/1/check/").status_code == 405
