"""The report in words: every figure is in it, and what people and programs put in stays text."""

from html.parser import HTMLParser
from typing import Any

import pytest

from search_model.evaluation.page import Case, Gallery, Picture, report_page
from search_model.evaluation.report import aligned, comparison, report_text
from search_model.evaluation.summary import Found, Outcome, summarised


def figures(*, found_first: int) -> dict[str, Any]:
    """Ten prints asked for, of which the fused road finds so many first, and one that is not there."""
    asked = [
        Outcome(
            "normal",
            str(i),
            {i: "same_image"},
            {"fused": Found([i if i < found_first else 99], 0.9), "global": Found([i], 0.5)},
            verdict="same_image",
            verdicts={i: "same_image"},
            timings_ms={"knn": 2.0},
        )
        for i in range(10)
    ]
    absent = Outcome("absent", "10", {}, {"fused": Found([1], 0.1), "global": Found([1], 0.6)}, verdict="not_found")
    return summarised([*asked, absent])


def test_the_text_has_recall_with_its_interval() -> None:
    lines = report_text(figures(found_first=9)).splitlines()
    row = next(line for line in lines if line.startswith("photographed "))
    assert "fused: the answer" in row
    assert "90.0 % of 10 (59.6 to 98.2)" in row


def test_the_text_has_each_table() -> None:
    text = report_text(figures(found_first=9))
    for words in (
        "Precision and recall",
        "1.0000 (10 present against 1 absent)",
        "0.0 % of 1",
        "not in the collection",
    ):
        assert words in text
    assert any(line.split() == ["knn", "2.0", "2.0"] for line in text.splitlines())


def test_tables_with_nothing_counted_are_left_out() -> None:
    text = report_text(summarised([Outcome("photographs", "a", {1: "same_image"}, {"fused": Found([1], 1.0)})]))
    assert "verdict" not in text
    assert "real photographs" in text


def test_columns_are_aligned() -> None:
    assert aligned([("a", "bb"), ("ccc", "d")]) == "a    bb\n---  --\nccc  d"


def test_comparison_has_the_difference() -> None:
    text = comparison(figures(found_first=9), figures(found_first=10), names=("old", "new"))
    row = next(line for line in text.splitlines() if line.startswith("normal, fused: R@1 "))
    assert row.split()[-3:] == ["0.900", "1.000", "+0.100"]


class Tags(HTMLParser):
    """Which tags there are, and whether each is closed in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: dict[str, int] = {}
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] = self.seen.get(tag, 0) + 1
        self.sources += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page() -> str:
    case = Case("<script>alert(1)</script>", [Picture('a "quoted" query', b"\xff\xd8jpeg"), Picture("right", b"x")])
    galleries = [Gallery("Missed", "Look.", [case]), Gallery("Nothing wrong", "Never seen.", [])]
    return report_page(title="A & B", facts={"<model>": "v1"}, figures=figures(found_first=9), galleries=galleries)


def test_the_page_is_well_formed_and_needs_nothing_else(page: str) -> None:
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert "script" not in tags.seen
    assert tags.seen["figure"] == 2
    assert all(source.startswith("data:image/jpeg;base64,") for source in tags.sources)


def test_the_page_has_the_figures_and_no_empty_gallery(page: str) -> None:
    assert "90.0 % of 10 (59.6 to 98.2)" in page
    assert "Nothing wrong" not in page
    assert "A &amp; B" in page
