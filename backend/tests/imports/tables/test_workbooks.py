"""XLSX as spreadsheet programs write them: cells give what the sheet shows."""

import io
import tracemalloc
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from core.errors import RectoError, UserError
from imports.tables import workbook_parts, workbooks
from imports.tables.opening import open_table, sniff_table
from imports.tables.rows import Reading, TableRow


def saved(folder: Path, *rows: list[Any], formats: dict[str, str] | None = None) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    path = folder / "table.xlsx"
    book.save(path)
    return path


def rows_of(path: Path) -> list[TableRow]:
    with open_table(path, reading=sniff_table(path)) as table:
        return list(table)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (7, "General", "7"),
        (7.0, "General", "7"),
        (47.3769, "General", "47.3769"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1000000000000000"),
        (7, "00000", "00007"),
        (True, "General", "TRUE"),
        (date(1863, 5, 1), "yyyy", "1863"),
        (date(1920, 5, 1), "yyyy-mm-dd", "1920-05-01"),
        (datetime(1920, 5, 1, 14, 30), "yyyy-mm-dd hh:mm", "1920-05-01 14:30:00"),
        (time(14, 30), "hh:mm", "14:30:00"),
        ("0007", "@", "0007"),
        ("Weg nach\nZürich", "@", "Weg nach\nZürich"),
        ("#N/A", "General", "#N/A"),
        (None, "General", ""),
    ],
)
def test_cells_by_type(tmp_path: Path, value: Any, number_format: str, text: str) -> None:
    path = saved(tmp_path, ["id", "value", "last"], [1, value, "x"], formats={"B2": number_format})
    assert list(rows_of(path)[0].cells) == ["1", text, "x"]


def test_a_formula_gives_its_value_and_is_named_where_the_file_has_none(tmp_path: Path) -> None:
    path = saved(tmp_path, ["id", "title"], [1, '="A"&"B"'], [2, '="C"'])
    with_a_value(path, b'<f>"A"&amp;"B"</f><v />', b'<f>"A"&amp;"B"</f><v>AB</v>')
    first, second = rows_of(path)
    assert (list(first.cells), first.issues) == (["1", "AB"], [])
    assert [(issue.code, issue.column) for issue in second.issues] == [("formula", "title")]


def with_a_value(path: Path, old: bytes, new: bytes) -> None:
    """The sheet as a spreadsheet program leaves it: beside the formula what it gave."""
    parts = zipfile.ZipFile(path)
    content = {name: parts.read(name) for name in parts.namelist()}
    sheet = content["xl/worksheets/sheet1.xml"]
    sheet = (
        sheet.replace(b'<c r="B2">', b'<c r="B2" t="str">')
        .replace(b"<v></v>", b"<v />")
        .replace(b"<v/>", b"<v />")
    )
    assert old in sheet, sheet
    content["xl/worksheets/sheet1.xml"] = sheet.replace(old, new)
    with zipfile.ZipFile(path, "w") as mended:
        for name, part in content.items():
            mended.writestr(name, part)


def test_rows_are_numbered_as_the_sheet_numbers_them(tmp_path: Path) -> None:
    rows = rows_of(saved(tmp_path, ["id", "title"], [1, "a"], [None, None], [3, "c"]))
    assert [(row.number, list(row.cells)) for row in rows] == [(2, ["1", "a"]), (4, ["3", "c"])]


def test_cells_without_a_heading_are_named(tmp_path: Path) -> None:
    (row,) = rows_of(saved(tmp_path, ["id"], [1, "a"]))
    assert [(issue.code, issue.value) for issue in row.issues] == [("surplus_cells", "a")]


def test_the_first_sheet_with_rows_is_read_or_the_one_that_is_named(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("Objekte").append(["id"])
    book["Objekte"].append([1])
    book.create_sheet("Alte").append(["id"])
    path = tmp_path / "table.xlsx"
    book.save(path)
    reading = sniff_table(path)
    assert (reading.sheet, reading.sheets, reading.rows) == ("Objekte", ("Sheet", "Objekte", "Alte"), 1)
    assert sniff_table(path, Reading(sheet="Alte")).sheet == "Alte"
    with pytest.raises(UserError, match="It has Sheet, Objekte, Alte"):
        sniff_table(path, Reading(sheet="Neue"))


@pytest.mark.parametrize("name", ["empty.zip", "text.zip", "cut.xlsx", "entities.xlsx"])
def test_what_is_no_workbook_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        parts.writestr("a.txt", "text")
    whole = saved(tmp_path, ["id"], [1]).read_bytes()
    made = {"empty.zip": b"PK\x03\x04", "text.zip": content.getvalue(), "cut.xlsx": whole[: len(whole) // 2]}
    path.write_bytes(made.get(name, whole))
    if name == "entities.xlsx":
        bomb = (
            b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
        )
        replace_part(path, "xl/worksheets/sheet1.xml", bomb)
    with pytest.raises(RectoError) as refused:
        rows_of(path)
    assert refused.value.code == "workbook_unreadable"


def replace_part(path: Path, name: str, content: bytes) -> None:
    parts = zipfile.ZipFile(path)
    kept = {one: parts.read(one) for one in parts.namelist()} | {name: content}
    with zipfile.ZipFile(path, "w") as mended:
        for one, part in kept.items():
            mended.writestr(one, part)


def test_a_workbook_that_unpacks_to_more_than_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_parts, "LARGEST_UNPACKED", 1000)
    with pytest.raises(UserError, match="Save it as CSV"):
        sniff_table(saved(tmp_path, ["id"], [1]))


NO_SUCH_TEXT = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="s"><v>9</v></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize("sheet", [b"", b"<worksheet", NO_SUCH_TEXT])
def test_a_sheet_that_is_damaged_is_refused_in_a_sentence(tmp_path: Path, sheet: bytes) -> None:
    path = saved(tmp_path, ["id"], [1])
    replace_part(path, "xl/worksheets/sheet1.xml", sheet)
    with pytest.raises(UserError) as refused:
        rows_of(path)
    assert refused.value.code == "workbook_unreadable"


@pytest.mark.parametrize("said", [b"A1", b"A1:A1", b"A1:B9000"])
def test_rows_are_read_whatever_size_the_sheet_says_that_it_has(tmp_path: Path, said: bytes) -> None:
    path = saved(tmp_path, ["id", "title"], [1, "a"], [2, "b"])
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    assert b'"A1:B3"' in sheet
    replace_part(path, "xl/worksheets/sheet1.xml", sheet.replace(b"A1:B3", said))
    assert [list(row.cells) for row in rows_of(path)] == [["1", "a"], ["2", "b"]]
    assert sniff_table(path).rows == (2 if said != b"A1:B9000" else 8999)


def test_a_hidden_sheet_is_read_only_if_it_is_named_or_there_is_no_other(tmp_path: Path) -> None:
    book = Workbook()
    for name in ("Hidden", "Shown"):
        book.create_sheet(name).append(["id"])
        book[name].append([1])
    book["Hidden"].sheet_state = "veryHidden"
    path = tmp_path / "table.xlsx"
    book.save(path)
    assert sniff_table(path).sheet == "Shown"
    assert sniff_table(path, Reading(sheet="Hidden")).sheet == "Hidden"


def test_texts_that_unpack_to_a_thousand_times_their_size_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_parts, "_SMALL", 100_000)
    path = saved(tmp_path, ["id"], [1])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/sharedStrings.xml", b"x" * 600_000)
    with pytest.raises(UserError) as refused:
        sniff_table(path)
    assert refused.value.code == "workbook_too_large"


def test_texts_beyond_what_is_held_in_memory_are_refused_before_any_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "load_workbook", None)
    path = saved(tmp_path, ["id"], [1])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/sharedStrings.xml", b"".join(b"<si><t>%d</t></si>" % n for n in range(3_000_000)))
    tracemalloc.start()
    with pytest.raises(
        UserError, match=r"have 6\d MB unpacked; the limit is 50 MB\. Save it as CSV"
    ) as refused:
        sniff_table(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.value.code == "workbook_texts_too_large"
    assert most < 1_000_000


TITLED = [
    ["Sammlung Meier, Stand 2024"],
    [None, "vertraulich"],
    ["record_id", "Titel", "eigenes"],
    [7, "a", "x"],
]


@pytest.mark.parametrize(
    ("rows", "header", "above"),
    [
        (TITLED, ["record_id", "Titel", "eigenes"], [1, 2]),
        ([[None], ["nr", "was"], [7, "a"]], ["nr", "was"], []),
        ([["Titel"], ["record_id", "Titel"], [7, "a"]], ["record_id", "Titel"], [1]),
        ([["record_id", "x"], ["title", "date"]], ["record_id", "x"], []),
        ([["nr"], [7, "a"]], ["nr"], []),
    ],
)
def test_the_header_is_found_below_a_title(
    tmp_path: Path, rows: list[list[Any]], header: list[str], above: list[int]
) -> None:
    path = saved(tmp_path, *rows)
    with open_table(path, reading=sniff_table(path)) as table:
        assert table.header == header
        assert [row.number for row in table] == [len(rows)]
    assert [(issue.code, issue.source.row) for issue in table.above] == [
        ("line_above_header", number) for number in above
    ]


@pytest.mark.parametrize(("length", "refused"), [(900_000, False), (1_100_000, True)])
def test_a_row_with_endless_texts_of_its_own_is_refused_before_any_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int, refused: bool
) -> None:
    monkeypatch.setattr(workbook_parts, "LARGEST_ROW", 1_000_000)
    path = saved(tmp_path, ["id"], [1], [2])
    name = "xl/worksheets/sheet1.xml"
    row = b'<row r="2"><c r="A2" t="inlineStr"><is><t>%s</t></is></c></row>' % (b"x" * length)
    sheet = zipfile.ZipFile(path).read(name)
    end = b"</sheetData>"
    replace_part(path, name, sheet.replace(end, row.replace(b"2", b"4") + row.replace(b"2", b"5") + end))
    if not refused:
        assert len(rows_of(path)) == 4
        return
    monkeypatch.setattr(workbooks, "load_workbook", None)
    with pytest.raises(UserError, match="has more than 1 MB unpacked") as error:
        sniff_table(path)
    assert error.value.code == "workbook_row_too_large"


def test_a_row_beyond_the_last_one_that_sheets_can_have_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "LAST_ROW", 1000)
    path = saved(tmp_path, ["id"], [1])
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    replace_part(path, "xl/worksheets/sheet1.xml", sheet.replace(b'r="2"', b'r="1001"'))
    with pytest.raises(UserError) as refused:
        rows_of(path)
    assert refused.value.code == "workbook_unreadable"
