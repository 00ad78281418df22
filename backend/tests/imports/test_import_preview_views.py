"""GET /imports/{id}/records/, issues/ and issues/export/: what would happen, and what is wrong."""

import csv
import io
from pathlib import Path

import pytest
from django.conf import settings
from rest_framework.response import Response
from rest_framework.test import APIClient

from catalog.models import Print
from tests.accounts.conftest import House, house
from tests.imports.tables.api import TABLE, brought, checked

__all__ = ["house"]
BAD = "recordID;title;date;Standort\n1;=1+1;gestern;A\n;ohne;1520;B\n3;gut;1520;C\n4;viel;1520;D;E\n"


@pytest.fixture
def curator(house: House, data_dir: Path) -> APIClient:
    Print.objects.all().delete()
    collection = house.collections["private"]
    Print.objects.create(collection=collection, record_id="1", title="Weg nach Zürich", date_text="1520")
    Print.objects.create(collection=collection, record_id="2", title="Hütte", date_text="gestern")
    Print.objects.create(collection=collection, record_id="9", title="Anderes")
    return house.client("curator")


def outcomes(api: APIClient, import_id: int, query: str = "") -> dict[str, str]:
    listed = api.get(f"/api/v1/imports/{import_id}/records/{query}").json()
    return {one["record_id"]: one["outcome"] for one in listed["results"]}


def csv_of(response: Response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("add_and_update", {"1": "changed", "2": "changed", "3": "created", "9": "missing"}),
        ("add", {"1": "skipped", "2": "skipped", "3": "created"}),
        ("update", {"1": "changed", "2": "changed", "3": "skipped", "9": "missing"}),
        ("replace", {"1": "changed", "2": "changed", "3": "created", "9": "removed"}),
        ("delete", {"1": "removed", "2": "removed", "3": "skipped"}),
    ],
)
def test_outcomes_under_every_action(curator: APIClient, action: str, expected: dict[str, str]) -> None:
    found = checked(curator, f"{TABLE}3;Neu;;\n", action=action)
    assert outcomes(curator, found["id"]) == expected
    assert {name: found["counts"][name] for name in set(expected.values())} == {
        name: list(expected.values()).count(name) for name in expected.values()
    }


def test_a_change_is_told_field_by_field(curator: APIClient) -> None:
    found = checked(curator)
    listed = curator.get(f"/api/v1/imports/{found['id']}/records/?outcome=changed").json()["results"]
    assert [(one["position"], one["record_id"], one["title"], one["applied"]) for one in listed] == [
        (2, "1", "Weg nach Zürich", False),
        (3, "2", "Haus", False),
    ]
    assert listed[1]["difference"] == {"title": ["Hütte", "Haus"], "Standort": ["", "B"]}
    assert listed[1]["print_id"] == Print.objects.get(record_id="2").pk


def test_fields_without_a_column_stay_as_they_are(curator: APIClient) -> None:
    found = checked(curator, "recordID\n1\n2\n")
    assert outcomes(curator, found["id"], "?outcome=unchanged") == {"1": "unchanged", "2": "unchanged"}


def test_a_column_that_is_left_out_says_nothing(curator: APIClient) -> None:
    found = checked(curator, "recordID;title\n2;Haus\n", mapping={"title": ""})
    assert outcomes(curator, found["id"])["2"] == "unchanged"


def test_records_are_found_by_a_part_of_their_id_and_in_pages(curator: APIClient) -> None:
    found = checked(curator, "recordID\nA-1\nA-2\nB-1\n")
    address = f"/api/v1/imports/{found['id']}/records/"
    assert [one["record_id"] for one in curator.get(f"{address}?q=a-").json()["results"]] == ["A-1", "A-2"]
    page = curator.get(f"{address}?page=2&page_size=2").json()
    assert (page["count"], len(page["results"])) == (6, 2)
    assert curator.get(f"{address}?outcome=odd").status_code == 400


def test_problems_say_where_what_why_and_what_would_do(curator: APIClient) -> None:
    found = checked(curator, BAD)
    listed = curator.get(f"/api/v1/imports/{found['id']}/issues/").json()
    assert listed["codes"] == {
        "date_not_understood": 1, "formula": 1, "no_record_id": 1, "surplus_cells": 1,
    }  # fmt: skip
    assert [(one["row"], one["column"], one["value"], one["left_out"]) for one in listed["results"]] == [
        (2, "title", "=1+1", False),
        (2, "date", "gestern", False),
        (3, "recordID", "", True),
        (5, "", "E", True),
    ]
    assert all(one["reason"] and one["accepted"] for one in listed["results"])
    assert listed["results"][0]["record_id"] == "1"
    assert outcomes(curator, found["id"])["4"] == "problem"


def test_problems_are_filtered_by_code_and_by_what_they_cost(curator: APIClient) -> None:
    found = checked(curator, BAD)
    address = f"/api/v1/imports/{found['id']}/issues/"
    assert curator.get(f"{address}?code=formula").json()["count"] == 1
    assert curator.get(f"{address}?left_out=true").json()["count"] == 2
    assert curator.get(f"{address}?left_out=perhaps").status_code == 400


def test_problems_can_be_taken_away_mended_and_brought_again(curator: APIClient) -> None:
    found = checked(curator, BAD)
    response = curator.get(f"/api/v1/imports/{found['id']}/issues/export/")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    header, *rows = csv_of(response)
    assert header == ["recordID", "title", "date", "Standort", "reason"]
    assert [row[:4] for row in rows] == [
        ["1", "'=1+1", "gestern", "A"],
        ["", "ohne", "1520", "B"],
        ["4", "viel", "1520", "D"],
    ]
    assert rows[0][4].startswith("title: a formula stands here")
    assert "date: no year could be read" in rows[0][4]
    again = brought(curator, "\n".join(";".join(row) for row in (header, *rows)))
    assert {one["header"]: one["field"] for one in again["columns"]}["reason"] == ""


def test_below_a_title_the_rows_with_problems_are_found(curator: APIClient) -> None:
    found = checked(curator, f"Liste der Drucke\n\n{BAD}")
    header, *rows = csv_of(curator.get(f"/api/v1/imports/{found['id']}/issues/export/"))
    assert header == ["recordID", "title", "date", "Standort", "reason"]
    assert [row[:2] for row in rows] == [["1", "'=1+1"], ["", "ohne"], ["4", "viel"], ["", ""]]
    assert rows[-1][4].startswith("sammlung.csv: this stands above the header in row 3")


def test_a_title_is_listed_also_where_no_row_follows(curator: APIClient) -> None:
    found = checked(curator, "Liste der Drucke\nrecordID;title\n")
    listed = curator.get(f"/api/v1/imports/{found['id']}/issues/").json()
    assert [one["code"] for one in listed["results"]] == ["line_above_header"]


def test_an_import_without_problems_gives_a_header_alone(curator: APIClient) -> None:
    found = checked(curator, "recordID;title\n1;A\n")
    assert csv_of(curator.get(f"/api/v1/imports/{found['id']}/issues/export/")) == [
        ["recordID", "title", "reason"]
    ]


def test_problems_can_be_taken_away_when_the_table_is_gone(curator: APIClient) -> None:
    found = checked(curator, BAD)
    (settings.RECTO_PROCESSED_DIR / "imports" / str(found["id"]) / "table").unlink()
    header, *rows = csv_of(curator.get(f"/api/v1/imports/{found['id']}/issues/export/"))
    assert header == ["file", "row", "column", "value", "reason"]
    assert rows[2][:4] == ["sammlung.csv", "3", "recordID", ""]


def test_what_a_replacement_must_not_remove(curator: APIClient) -> None:
    """A row that is left out still names its record: it is not missing."""
    found = checked(curator, "recordID;title\n9;a;b\n", action="replace")
    assert outcomes(curator, found["id"])["9"] == "problem"
    assert found["counts"]["removed"] == 2


def test_rows_of_one_record_in_different_batches_are_one(
    curator: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imports.checking.BATCH", 2)
    table = "recordID;title;image_file\n5;A;a.jpg\n6;B;b.jpg\n7;C;c.jpg\n5;A;d.jpg\n6;X;e.jpg\n"
    found = checked(curator, table)
    assert found["counts"]["created"] == 3
    issues = curator.get(f"/api/v1/imports/{found['id']}/issues/").json()["results"]
    assert [(one["row"], one["column"], one["value"], one["accepted"]) for one in issues] == [
        (6, "title", "X", "B")
    ]


def test_a_record_with_endless_rows_is_named(curator: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.staged_batches.MOST_ROWS", 2)
    found = checked(curator, "recordID;title\n5;A\n5;A\n5;A\n")
    issues = curator.get(f"/api/v1/imports/{found['id']}/issues/").json()["results"]
    assert [(one["row"], one["code"]) for one in issues] == [(4, "too_many_rows")]


def test_deleting_what_is_not_there_is_a_problem_and_bad_cells_are_none(curator: APIClient) -> None:
    found = checked(curator, "recordID;date\n1;gestern\n77;gestern\n", action="delete")
    issues = curator.get(f"/api/v1/imports/{found['id']}/issues/").json()["results"]
    assert [(one["row"], one["code"], one["value"]) for one in issues] == [(3, "not_in_collection", "77")]


def test_the_rows_of_an_abandoned_import_are_gone_and_its_problems_are_not(curator: APIClient) -> None:
    found = checked(curator, BAD)
    curator.post(f"/api/v1/imports/{found['id']}/abandon/")
    rows = csv_of(curator.get(f"/api/v1/imports/{found['id']}/issues/export/"))
    assert [row[1] for row in rows] == ["row", "2", "2", "3", "5"]
