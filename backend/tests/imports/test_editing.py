"""Curators write single records over HTTP: adding, correcting, hiding, removing, history and restoring."""

import json
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from catalog.models import Print, Relation, Revision
from tests.accounts.conftest import House, house

__all__ = ["house"]
pytestmark = pytest.mark.usefixtures("data_dir")
NEW = {
    "collection": "private",
    "record_id": "14943",
    "inventory_number": "1916.0047.1",
    "title": "C'est la guerre!",
    "date": "ca. 1520",
    "people": [{"name": "Vallotton, Félix", "birth_year": 1865, "death_year": 1925, "roles": ["Künstler"]}],
    "techniques": ["Radierung", "Kupferstich"],
    "classification": "Buchillustration",
    "institution": "Graphische Sammlung",
    "institution_isil": "CH-000511-9",
    "relations": [{"kind": "dublette", "text": "private-1"}, {"text": "D 2"}],
    "record_url": "https://example.org/14943",
    "licence": "Public Domain Mark 1.0",
    "extra": {"Standort": "Kasten 4", "Nummer": 4},
}


@pytest.fixture
def curator(house: House) -> APIClient:
    return house.client("curator")


@pytest.fixture
def created(curator: APIClient) -> dict[str, Any]:
    answer = curator.post("/api/v1/prints/", NEW)
    assert answer.status_code == 201, answer.json()
    body: dict[str, Any] = answer.json()
    return body


def test_new_record_has_all_that_was_sent_and_years_from_its_date(
    created: dict[str, Any], house: House
) -> None:
    same = (
        "record_id",
        "inventory_number",
        "title",
        "date",
        "classification",
        "institution",
        "licence",
        "extra",
    )
    assert {name: created[name] for name in same} == {name: NEW[name] for name in same}
    assert (created["year_min"], created["year_max"]) == (1515, 1525)
    assert sorted(created["techniques"]) == ["Kupferstich", "Radierung"]
    assert [one["name"] for one in created["people"]] == ["Vallotton, Félix"]
    assert created["relations"] == [
        {"kind": "dublette", "text": "private-1", "print_id": house.prints["private"].pk},
        {"kind": "undefined", "text": "D 2", "print_id": None},
    ]


def test_new_record_is_found_by_what_names_it(created: dict[str, Any], curator: APIClient) -> None:
    curator.patch(f"/api/v1/prints/{created['id']}/", {"inventory_number": "D 9"})
    answer = curator.post(
        "/api/v1/prints/", {"collection": "private", "record_id": "D 2", "relations": [{"text": "D 9"}]}
    )
    assert answer.json()["relations"][0]["print_id"] == created["id"]
    assert Relation.objects.get(kind="undefined", print=created["id"]).target_id == answer.json()["id"]


def test_record_id_that_is_there_is_a_409(created: dict[str, Any], curator: APIClient) -> None:
    answer = curator.post("/api/v1/prints/", NEW)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "record_exists")


def test_correction_changes_only_what_is_sent(created: dict[str, Any], curator: APIClient) -> None:
    answer = curator.patch(f"/api/v1/prints/{created['id']}/", {"title": "Der Krieg", "date": "1915 - 1916"})
    expected = {**created, "title": "Der Krieg", "date": "1915 - 1916", "year_min": 1915, "year_max": 1916}
    assert answer.json() == expected
    assert Print.objects.get(pk=created["id"]).search_text.startswith("^ der krieg ")


def test_years_can_be_given_where_the_date_says_none(created: dict[str, Any], curator: APIClient) -> None:
    path = f"/api/v1/prints/{created['id']}/"
    answer = curator.patch(path, {"date": "o. J.", "year_min": 1600, "year_max": 1650}).json()
    assert (answer["date"], answer["year_min"], answer["year_max"]) == ("o. J.", 1600, 1650)


def test_years_set_by_hand_are_in_the_history_and_go_back_to_the_date(
    created: dict[str, Any], curator: APIClient
) -> None:
    path = f"/api/v1/prints/{created['id']}/"
    curator.patch(path, json.dumps({"year_min": 1518, "year_max": None}), content_type="application/json")
    back = curator.patch(path, {"date": NEW["date"]}).json()
    assert (back["year_min"], back["year_max"]) == (1515, 1525)
    changes = [one["changes"] for one in curator.get(f"{path}history/").json()["results"]]
    assert changes == [{"years": ["1518", "1515–1525"]}, {"years": ["1515–1525", "1518"]}, {}]


def test_further_fields_are_renamed_added_and_taken_away_and_come_back(
    created: dict[str, Any], curator: APIClient
) -> None:
    path = f"/api/v1/prints/{created['id']}/"
    sent = {"Regal": "Kasten 4", " Zustand ": "gut", "Leer": "", "latitude": "47,5"}
    changed = curator.patch(path, {"extra": sent}).json()
    assert changed["extra"] == {"Regal": "Kasten 4", "Zustand": "gut", "latitude": 47.5}
    newest = curator.get(f"{path}history/").json()["results"][0]
    assert newest["changes"] == {
        "Nummer": ["4", ""],
        "Regal": ["", "Kasten 4"],
        "Standort": ["Kasten 4", ""],
        "Zustand": ["", "gut"],
        "latitude": ["", "47.5"],
    }
    restored = curator.post(f"{path}history/{newest['id']}/restore/", {"before": True}).json()
    assert restored["extra"] == NEW["extra"]


def test_further_field_named_like_a_field_is_refused_but_stays_where_it_is(
    created: dict[str, Any], curator: APIClient
) -> None:
    path = f"/api/v1/prints/{created['id']}/"
    refused = curator.patch(path, {"extra": {"Record-ID": "1"}})
    assert (refused.status_code, list(refused.json()["error"]["fields"])) == (400, ["extra"])
    Print.objects.filter(pk=created["id"]).update(extra={"Record-ID": "1"})
    assert curator.patch(path, {"extra": {"Record-ID": "1", "b": "2"}}).status_code == 200


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("1915 - 1916", (1915, 1916)),
        ("ca. 1520", (1515, 1525)),
        ("vor dem Krieg", (None, None)),
        ("", (None, None)),
    ],
)
def test_date_is_read_for_the_form_without_being_kept(
    curator: APIClient, text: str, years: tuple[int | None, int | None]
) -> None:
    assert curator.get("/api/v1/dates/", {"text": text}).json() == {
        "year_min": years[0],
        "year_max": years[1],
    }


def test_date_that_is_too_long_to_be_kept_is_a_400(curator: APIClient) -> None:
    assert curator.get("/api/v1/dates/", {"text": "x" * 10_001}).status_code == 400


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": "a\ud800b"}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"record_url": "javascript:alert(1)"}, "record_url"),
        ({"people": [{"name": ""}]}, "people"),
        ({"extra": {"a": {"b": 1}}}, "extra"),
        ({"extra": {" ": "nameless"}}, "extra"),
        ({"extra": {"a": "1", "a ": "2"}}, "extra"),
        ({"extra": {"latitude": "91"}}, "extra"),
        ({"year_min": 1700, "year_max": 1600}, "year_max"),
        ({"institution_isil": "CH-1"}, "institution"),
        ({"licence": "x" * 501}, "licence"),
    ],
)
def test_nonsense_is_a_400_that_names_the_field(
    created: dict[str, Any], curator: APIClient, sent: dict[str, Any], field: str
) -> None:
    path = f"/api/v1/prints/{created['id']}/"
    answer = curator.patch(path, json.dumps(sent), content_type="application/json")
    assert answer.status_code == 400
    assert any(name.startswith(field) for name in answer.json()["error"]["fields"])


def test_hidden_print_is_gone_for_everybody_but_curators_with_the_next_request(
    house: House, settings: Any
) -> None:
    row, visitor, admin = house.prints["public"], house.client("anonymous"), house.client("administrator")
    assert visitor.get(f"/api/v1/prints/{row.pk}/").status_code == 200
    admin.patch(f"/api/v1/prints/{row.pk}/", {"hidden": True})
    assert visitor.get(f"/api/v1/prints/{row.pk}/").status_code == 404
    assert visitor.get("/api/v1/prints/").json()["count"] == 0
    assert admin.get(f"/api/v1/prints/{row.pk}/").status_code == 200


def test_removed_record_is_gone_and_its_history_brings_it_back(
    created: dict[str, Any], curator: APIClient
) -> None:
    path = f"/api/v1/prints/{created['id']}/"
    assert curator.delete(path).status_code == 204
    assert curator.get(path).status_code == 404
    history = curator.get(f"{path}history/").json()["results"]
    assert [one["kind"] for one in history] == ["removed", "created"]
    answer = curator.post(f"{path}history/{history[0]['id']}/restore/", {"before": True})
    assert answer.json() == created


def test_history_says_who_changed_what(created: dict[str, Any], curator: APIClient) -> None:
    path = f"/api/v1/prints/{created['id']}/"
    curator.patch(path, {"title": "Der Krieg", "people": [], "hidden": True})
    newest = curator.get(f"{path}history/").json()["results"][0]
    assert (newest["by"], newest["origin"], newest["kind"]) == ("curator", "edit", "changed")
    assert newest["changes"] == {
        "title": ["C'est la guerre!", "Der Krieg"],
        "person": ["Vallotton, Félix (1865 - 1925), Künstler", ""],
        "hidden": ["false", "true"],
    }


def test_any_state_can_be_restored_and_that_is_a_change_too(
    created: dict[str, Any], curator: APIClient
) -> None:
    path = f"/api/v1/prints/{created['id']}/"
    for title in ("two", "three"):
        curator.patch(path, {"title": title})
    second = curator.get(f"{path}history/").json()["results"][1]
    assert curator.post(f"{path}history/{second['id']}/restore/").json()["title"] == "two"
    assert Revision.objects.filter(print_id=created["id"]).count() == 4


def test_restoring_where_another_record_has_the_number_is_a_409(
    created: dict[str, Any], curator: APIClient
) -> None:
    path = f"/api/v1/prints/{created['id']}/"
    curator.delete(path)
    curator.post("/api/v1/prints/", {**NEW, "relations": []})
    removal = curator.get(f"{path}history/").json()["results"][0]
    answer = curator.post(f"{path}history/{removal['id']}/restore/", {"before": True})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "record_exists")


def test_restoring_a_state_without_the_record_is_a_404(created: dict[str, Any], curator: APIClient) -> None:
    path = f"/api/v1/prints/{created['id']}/history/"
    first = curator.get(path).json()["results"][-1]
    assert curator.post(f"{path}{first['id']}/restore/", {"before": True}).status_code == 404


def test_nothing_changes_by_a_patch_that_says_the_same(created: dict[str, Any], curator: APIClient) -> None:
    curator.patch(f"/api/v1/prints/{created['id']}/", {"title": NEW["title"]})
    assert Revision.objects.filter(print_id=created["id"]).count() == 1


def test_audit_trail_names_each_change(created: dict[str, Any], curator: APIClient, data_dir: Path) -> None:
    curator.patch(f"/api/v1/prints/{created['id']}/", {"title": "x"})
    curator.delete(f"/api/v1/prints/{created['id']}/")
    entries = AuditEntry.objects.order_by("pk").values_list("user_name", "action", "target")
    assert [entry for entry in entries if entry[1].startswith("print_")] == [
        ("curator", "print_created", "14943"),
        ("curator", "print_changed", "14943"),
        ("curator", "print_removed", "14943"),
    ]


@pytest.mark.parametrize("role", ["anonymous", "viewer", "staff"])
def test_others_may_not_write(house: House, role: str) -> None:
    client, row = house.client(role), house.prints["public"]
    path = f"/api/v1/prints/{row.pk}/"
    statuses = [
        client.post("/api/v1/prints/", {**NEW, "collection": "public"}).status_code,
        client.patch(path, {"title": "x"}).status_code,
        client.delete(path).status_code,
        client.get(f"{path}history/").status_code,
        client.post(f"{path}history/1/restore/").status_code,
        client.delete(f"{path}images/1/").status_code,
    ]
    assert statuses == [403] * 6
    assert Print.objects.get(pk=row.pk).title == "A public print"


def test_curator_of_another_collection_may_not_write_and_learns_nothing_of_what_is_hidden(
    house: House,
) -> None:
    client = house.client("curator")
    public, hidden = house.prints["public"], house.prints["staff"]
    Print.objects.filter(pk=hidden.pk).update(hidden=True)
    assert client.patch(f"/api/v1/prints/{public.pk}/", {"title": "x"}).status_code == 403
    assert client.patch(f"/api/v1/prints/{hidden.pk}/", {"title": "x"}).status_code == 404
    assert client.get(f"/api/v1/prints/{hidden.pk}/history/").status_code == 404
