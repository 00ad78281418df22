"""Lines become rows, also where a quotation mark has no partner: it costs no other row."""

import io

import pytest

from core.errors import UserError
from imports.tables.lines import CellsOfRow, RowSplitter

FULL = "1,a,b,c\n"


def rows(text: str, *, width: int = 4, delimiter: str = ",") -> list[CellsOfRow]:
    splitter = RowSplitter(io.StringIO(text, newline="").readline, delimiter)
    splitter.width = width
    return list(splitter)


def cells(text: str, *, width: int = 4) -> list[list[str]]:
    found = rows(text, width=width)
    assert [row.stray for row in found] == [None] * len(found)
    return [row.cells for row in found]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_every_way(end: str) -> None:
    assert cells(f"1,a,b,c{end}2,a,b,c{end}3,a,b,c") == [
        ["1", "a", "b", "c"],
        ["2", "a", "b", "c"],
        ["3", "a", "b", "c"],
    ]


def test_quoted_cells_hold_delimiters_quotes_and_lines() -> None:
    text = '1,"a, ""b""","two\nlines","three\r\n\r\nlines"\n' + FULL
    assert cells(text)[0] == ["1", 'a, "b"', "two\nlines", "three\r\n\r\nlines"]
    assert cells(text)[1] == ["1", "a", "b", "c"]


def test_inches_are_no_quotation() -> None:
    assert cells('1,12" × 14",a,5"\n')[0] == ["1", '12" × 14"', "a", '5"']


def test_a_cell_of_many_lines_with_commas_is_one_cell() -> None:
    text = '1,"' + "first, second\nthird\n" * 50 + '",b,c\n' + FULL
    assert len(cells(text)) == 2


def test_a_cell_of_lines_in_a_row_that_is_too_long_is_one_cell() -> None:
    assert [len(row.cells) for row in rows('1,"a\nb",b,c,d\n' + FULL)] == [5, 4]


@pytest.mark.parametrize(
    ("line", "mended", "column"),
    [
        ('1,"a,b,c', ["1", "a", "b", "c"], 1),
        ('1,a,"b,c', ["1", "a", "b", "c"], 2),
        ('1,"a,"x, y",c', ["1", "a", "x, y", "c"], 1),
        ('1,"the "great" war",b,c', ["1", 'the "great" war', "b", "c"], 1),
        ('"1,a,b,c', ["1", "a", "b", "c"], 0),
    ],
)
def test_a_stray_mark_is_mended_and_named(line: str, mended: list[str], column: int) -> None:
    found = rows(f"{line}\n" + FULL * 3)
    assert found[0] == CellsOfRow(mended, column)
    assert [row.cells for row in found[1:]] == [["1", "a", "b", "c"]] * 3


def test_a_stray_mark_before_rows_with_quotes_of_their_own_costs_none_of_them() -> None:
    good = '2,"a, b","c ""d""",e\n'
    found = rows('1,"a,b,c\n' + good * 5)
    assert [row.cells for row in found[1:]] == [["2", "a, b", 'c "d"', "e"]] * 5
    assert [row.stray for row in found] == [1, None, None, None, None, None]


def test_a_stray_mark_in_a_row_of_two_lines_costs_no_other_row() -> None:
    found = rows('1,"two\nlines","b,c\n' + FULL * 3)
    assert found[0] == CellsOfRow(["1", "two\nlines", "b", "c"], 2)
    assert [row.cells for row in found[1:]] == [["1", "a", "b", "c"]] * 3


def test_a_stray_mark_far_from_the_end_does_not_read_the_rest_again_and_again() -> None:
    """Every row is bad: looking ahead is bounded, so that this takes seconds and not hours."""
    assert len(rows('1,"a,b,c\n' * 3000)) == 3000


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.tables.lines.LONGEST_LINE", 100)
    with pytest.raises(UserError, match="Is it a CSV file"):
        rows("x" * 101)
