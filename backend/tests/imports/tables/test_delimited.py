"""CSV: which delimiter, and which row is the header."""

from pathlib import Path

import pytest

from imports.tables.opening import open_table, sniff_table


@pytest.mark.parametrize(
    ("text", "delimiter", "header", "above"),
    [
        ("record_id;Titel\n7;a\n", ";", ["record_id", "Titel"], []),
        ("Liste, Stand, 2024\n\nrecord_id;Titel\n7;a\n", ";", ["record_id", "Titel"], [1]),
        ("Liste, Stand, 2024\nInventarnummer;Titel\n7;a\n", ";", ["Inventarnummer", "Titel"], [1]),
        ("sep=;\nListe;\nrecord_id;Titel\n7;a\n", ";", ["record_id", "Titel"], [1]),
        ('"Liste\nvon ""allem"""\nrecord_id,Titel\n7,a\n', ",", ["record_id", "Titel"], [1]),
        ("\n\nnr,was\n7,a\n", ",", ["nr", "was"], []),
        ("nr,was\n7,a\n", ",", ["nr", "was"], []),
        ("id\n7\n", ",", ["id"], []),
    ],
)
def test_the_header_is_found_below_a_title(
    tmp_path: Path, text: str, delimiter: str, header: list[str], above: list[int]
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text)
    with open_table(path, reading=sniff_table(path)) as table:
        assert (table.reading.delimiter, table.header) == (delimiter, header)
        (row,) = table
    assert (row.number, row.cells[0]) == (table.header_row + 1, "7")
    assert row.issues == []
    assert [(issue.code, issue.source.row) for issue in table.above] == [
        ("line_above_header", number) for number in above
    ]


def test_rows_near_the_header_are_read_by_its_width(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('id,title,date,place\n7,"a,1850,Bern\n8,b,1851,Bern\n')
    with open_table(path, reading=sniff_table(path)) as table:
        rows = list(table)
    assert [row.cells[0] for row in rows] == ["7", "8"]
    assert [[issue.code for issue in row.issues] for row in rows] == [["stray_quote"], []]


def test_a_file_without_a_line_has_no_header(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("")
    with open_table(path, reading=sniff_table(path)) as table:
        assert (table.header, list(table), table.above) == ([], [], [])
