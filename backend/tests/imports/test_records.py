"""Rows become records; what a bad cell costs is that cell."""

from collections.abc import Mapping

import pytest

from imports.dates import YearRange
from imports.issues import Source, make_issue
from imports.reading import Row
from imports.records import Lengths, Record, merge_rows, read_record

SOURCE = Source("m.csv", 2)


def row(**cells: str) -> Row:
    return Row(SOURCE, cells, {})


def record_of(**cells: str) -> Record:
    record, _ = read_record(row(**cells), Lengths())
    assert record is not None
    return record


def codes_of(lengths: Lengths, **cells: str) -> list[str]:
    return [issue.code for issue in read_record(row(**cells), lengths)[1]]


def test_a_full_row_is_read_without_a_complaint() -> None:
    cells = {
        "record_id": "14943", "inventory_number": "1916.0047.1", "title": "Die Kanone",
        "date": "Entstehung des Druckträgers: 1915 - 1916", "classification": "Druckgraphik",
        "material_technique": "Holzschnitt", "institution_isil": "ETH (CH-000511-9)",
        "person": "Vallotton, Félix (1865 - 1925), Künstler", "relations": "dublette, 1916.0047.2",
        "record_url": "https://example.org/14943", "image_licence": "CC0", "image_file": "a.jpg|b.jpg",
        "latitude": "47,37", "longitude": "8.54",
    }  # fmt: skip
    record, issues = read_record(row(**cells), Lengths())
    assert issues == []
    assert record is not None
    assert record.years == YearRange(1915, 1916)
    assert record.date_text == cells["date"]
    assert record.image_files == ("a.jpg", "b.jpg")
    assert record.extra == {"latitude": 47.37, "longitude": 8.54}
    assert record.sources == (SOURCE,)


@pytest.mark.parametrize(
    ("cells", "record_id"),
    [
        ({"record_id": "1", "inventory_number": "A"}, "1"),
        ({"inventory_number": "A"}, "A"),
        ({"image_file": "folder\\x.jpg"}, "x"),
    ],
)
def test_a_row_without_a_record_id_takes_the_next_best(cells: Mapping[str, str], record_id: str) -> None:
    assert record_of(**cells).record_id == record_id


def test_a_row_that_names_nothing_is_left_out() -> None:
    record, issues = read_record(row(title="Nobody"), Lengths())
    assert record is None
    assert [(issue.code, issue.left_out) for issue in issues] == [("no_record_id", True)]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"date": "Frühling"}, "date_not_understood"),
        ({"date": "#NAME?"}, "spreadsheet_error"),
        ({"title": "#REF!"}, "spreadsheet_error"),
        ({"record_url": "javascript:alert(1)"}, "not_a_web_address"),
        ({"latitude": "91"}, "not_degrees"),
        ({"latitude": "nan"}, "not_degrees"),
        ({"longitude": "east"}, "not_degrees"),
        ({"title": "x" * 10_001}, "cell_too_long"),
        ({"inventory_number": "x" * 21}, "cell_too_long"),
        ({"person": "x" * 21}, "cell_too_long"),
        ({"classification": "x" * 21}, "cell_too_long"),
        ({"person": "(1900)"}, "person_not_understood"),
    ],
)
def test_a_bad_cell_is_named(cells: Mapping[str, str], code: str) -> None:
    lengths = Lengths(inventory_number=20, person=20, classification=20)
    assert codes_of(lengths, record_id="1", **cells) == [code]


def test_an_issue_shows_the_beginning_of_a_huge_cell_and_can_be_stored() -> None:
    issue = make_issue(SOURCE, "code", "reason", value="\0\udcff" + "x" * 1_000_000)
    assert len(issue.value) <= 200
    issue.value.encode("utf-8")
    assert "\0" not in issue.value


def test_an_address_that_is_no_link_is_left_empty() -> None:
    assert record_of(record_id="1", record_url="javascript:alert(1)").record_url == ""


def test_rows_of_one_record_are_several_pictures_of_one_print() -> None:
    rows = [
        record_of(record_id="1", image_file="a.jpg", title="A"),
        record_of(record_id="2", image_file="c.jpg"),
        record_of(record_id="1", image_file="b.jpg", title="A", date="1520"),
    ]
    records, issues = merge_rows(rows)
    assert [(record.record_id, record.image_files) for record in records] == [
        ("1", ("a.jpg", "b.jpg")),
        ("2", ("c.jpg",)),
    ]
    assert records[0].date_text == "1520"
    assert records[0].years == YearRange(1520, 1520)
    assert issues == []


def test_rows_of_one_record_that_differ_are_named_and_the_first_counts() -> None:
    records, issues = merge_rows([record_of(record_id="1", title="A"), record_of(record_id="1", title="B")])
    assert records[0].title == "A"
    assert [(issue.code, issue.column, issue.value) for issue in issues] == [("rows_differ", "title", "B")]
