"""What is wrong with cells, and what only looks like it."""

import pytest

from imports.issues import Source
from imports.tables.inspecting import inspect_cells


def inspected(cell: str, encoding: str = "utf-8") -> tuple[str, list[str]]:
    cells, issues = inspect_cells(["1", cell], ["id", "title"], Source("m.csv", 2), encoding)
    assert all(issue.column == "title" and issue.accepted for issue in issues)
    return cells[1], [issue.code for issue in issues]


@pytest.mark.parametrize(
    "cell",
    [
        "Zürich", "12\" × 14\"", "- ohne Titel -", "-1", "+ 3 others", "= 3 Putti", "=", "= Haus (Entwurf)",
        "=Haus", '="007"', "@museum",
        "SÃO PAULO", "Ângela", "“quoted”", "two\nlines\tand a tab", "Crème", "Łódź", "日本", "a  b", "",
    ],
)  # fmt: skip
def test_what_is_well(cell: str) -> None:
    assert inspected(cell) == (cell, [])


@pytest.mark.parametrize(
    "cell", ["=1+1", "=SUM(A1:A9)", "=A1", "=$B$2&C3", "=-(A1)", "@SUM(A1)", "+A1*2", ' =IF(A1,"x")']
)
def test_formulas_are_text_and_named(cell: str) -> None:
    assert inspected(cell) == (cell, ["formula"])


@pytest.mark.parametrize(
    ("cell", "encoding", "text"),
    [
        (b"Z\xfcrich".decode("utf-8", "surrogateescape"), "utf-8", "Zürich"),
        ("ZÃ¼rich", "cp1252", "Zürich"),
        ("ZÃ¼rich", "utf-8", "ZÃ¼rich"),
    ],
)
def test_cells_in_another_encoding_are_named(cell: str, encoding: str, text: str) -> None:
    assert inspected(cell, encoding) == (text, ["wrong_encoding"])


def test_control_characters_are_taken_out_and_lost_signs_are_named() -> None:
    assert inspected("a\0b\x07") == ("ab", ["control_characters"])
    assert inspected("Z�rich") == ("Z�rich", ["sign_lost"])
