"""Bytes of tables as Excel, the ancestor and hostile people write them."""

import pytest

from imports.columns import field_named, map_columns
from imports.reading import read_table

TEXT = 'recordID;title;person\r\n1;"Weg; nach Zürich";Doré, Gustave\r\n'


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16", "utf-16-be", "utf-16-le-no-bom", "utf-16-be-no-bom", "cp1252"],
)
def test_every_encoding_gives_the_same_rows(content: bytes) -> None:
    table = read_table(content, name="m.csv")
    assert [dict(row.cells) for row in table.rows] == [
        {"record_id": "1", "title": "Weg; nach Zürich", "person": "Doré, Gustave"}
    ]
    assert table.issues == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_in_the_header(delimiter: str) -> None:
    text = delimiter.join(["recordID", '"a,b;c\td"', "title"]) + "\n"
    assert read_table(text.encode(), name="m.csv").delimiter == delimiter


def test_excels_first_line_names_the_delimiter() -> None:
    table = read_table(b"sep=;\r\nrecordID;title\r\n1;a\r\n", name="m.csv")
    assert dict(table.rows[0].cells) == {"record_id": "1", "title": "a"}


def test_bytes_that_no_encoding_knows_are_named_and_not_refused() -> None:
    table = read_table(b"recordID,title\n1,Z\xfcrich \x81\n", name="m.csv")
    assert table.encoding == "cp1252"
    assert [(issue.code, issue.column) for issue in table.issues] == [
        ("wrong_encoding", "title"),
        ("sign_lost", "title"),
    ]


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b"a\nb\n"])
def test_what_is_no_table_has_no_rows_of_records_and_says_so(content: bytes) -> None:
    table = read_table(content, name="m.csv")
    assert not table.columns.fields
    assert [issue.code for issue in table.issues][:1] == ["no_known_column"]


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    content = b'recordID,title\n1,"two\nlines"\n\n,\n4,d\n'
    rows = read_table(content, name="m.csv").rows
    assert [(row.source.row, dict(row.cells)) for row in rows] == [
        (2, {"record_id": "1", "title": "two lines"}),
        (5, {"record_id": "4", "title": "d"}),
    ]


def test_more_or_fewer_cells_than_columns_are_reported() -> None:
    table = read_table(b"recordID,title\n1,a,b,c\n2,a,,\n3\n", name="m.csv")
    assert [(issue.code, issue.source.row, issue.value) for issue in table.issues] == [
        ("surplus_cells", 2, "b | c"),
        ("missing_cells", 4, ""),
    ]
    assert dict(table.rows[2].cells) == {"record_id": "3"}


def test_hostile_cells_are_text() -> None:
    content = b'recordID,title,date\n"=1+1","@SUM(A1)\0x","-1"\n"=""007""",nan,NULL\n'
    rows = read_table(content, name="m.csv").rows
    assert dict(rows[0].cells) == {"record_id": "=1+1", "title": "@SUM(A1)x", "date": "-1"}
    assert dict(rows[1].cells) == {"record_id": "007"}


def test_a_cell_of_a_million_signs_is_read() -> None:
    content = b"recordID,title\n1," + b"x" * 1_000_000 + b"\n"
    assert len(read_table(content, name="m.csv").rows[0].cells["title"]) == 1_000_000


def test_a_quotation_mark_that_never_closes_costs_no_other_row() -> None:
    table = read_table(b'recordID,title\n1,"open\n2,b\n3,c\n', name="m.csv")
    assert [dict(row.cells) for row in table.rows] == [
        {"record_id": "1", "title": "open"},
        {"record_id": "2", "title": "b"},
        {"record_id": "3", "title": "c"},
    ]
    assert [(issue.code, issue.source.row, issue.column) for issue in table.issues] == [
        ("stray_quote", 2, "title")
    ]


def test_control_and_direction_characters_and_half_composed_letters_are_mended() -> None:
    content = "recordID,title\n1,Zu\u0308rich\u200b \u202e\u00a0x\u0007\n".encode()
    assert read_table(content, name="m.csv").rows[0].cells["title"] == "Zürich x"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("recordID", "record_id"), ("record_id", "record_id"), ("Record ID", "record_id"),
        ("imageURL", "image_url"), ("image_url", "image_url"),
        ("invNr", "inventory_number"), ("inventory_number", "inventory_number"),
        ("matTec", "material_technique"), ("material_technique", "material_technique"),
        ("institutionIsil", "institution_isil"), ("institution_isil", "institution_isil"),
        ("recordURL", "record_url"), ("imageLicence", "image_licence"), ("image_licence", "image_licence"),
        ("person", "person"), ("date", "date"), ("title", "title"), ("classification", "classification"),
        ("relations", "relations"), ("image_file", "image_file"), ("latitude", "latitude"),
        ("longitude", "longitude"), ("Künstler", None), ("", None),
    ],
)  # fmt: skip
def test_field_named(header: str, field: str | None) -> None:
    assert field_named(header) == field


def test_other_columns_are_kept_by_their_names_and_the_timestamp_is_not() -> None:
    columns = map_columns(["recordID", "timestamp", "", "Standort", "record_id", "Standort"])
    assert columns.fields == {"record_id": 0}
    assert columns.extra == {"Standort": 3}
    assert columns.repeated == ("record_id", "Standort")


def test_a_mapping_names_any_column() -> None:
    columns = map_columns(["Nummer", "title"], {"Nummer": "record_id", "title": "classification"})
    assert columns.fields == {"record_id": 0, "classification": 1}
