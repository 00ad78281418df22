"""`make evaluate`: the promises, and a collection made of bare pictures."""

import csv
from pathlib import Path
from typing import Any

import pytest
from search_model.evaluation.summary import Found, Outcome, summarised

from serve.evaluate import bare_collection
from serve.promised import promise_rows

SAME = "same_image"


def outcomes(kind: str, found: int, of: int) -> list[Outcome]:
    """So many queries of a kind, of which the fused road finds the first ones at once."""
    return [
        Outcome(
            kind, str(i), {i: SAME},
            {"fused": Found([i if i < found else -1], 0.9), "global": Found([i], 0.9)},
            verdict=SAME, timings_ms={"whole request": 100.0 + i},
        )
        for i in range(of)
    ]  # fmt: skip


def absent(called_same: int, of: int) -> list[Outcome]:
    roads = {"fused": Found([1], 0.1), "global": Found([1], 0.1)}
    return [
        Outcome("absent", str(i), {}, roads, verdict=SAME, verdicts={1: SAME} if i < called_same else {})
        for i in range(of)
    ]


def simulated(**found: int) -> dict[str, Any]:
    """100 queries of each kind; found at once are all, or as many as said."""
    kinds = ("normal", "mirrored", "turned", "detail-20", "detail-10")
    asked = [o for kind in kinds for o in outcomes(kind, found.get(kind.replace("-", "_"), 100), 100)]
    summary: dict[str, Any] = summarised([*asked, *absent(found.get("called_same", 0), 100)])
    return summary


def verdicts(photographs: dict[str, Any], queries: dict[str, Any]) -> dict[str, str]:
    return {row[0].split(":")[0].split(" (")[0]: row[3] for row in promise_rows(photographs, queries)[1:]}


def test_everything_kept() -> None:
    rows = promise_rows(summarised(outcomes("photographs", 99, 100)), simulated())
    assert {row[3] for row in rows[1:]} == {"ok"}
    assert ("real photographs, fused: R@1", "0.990", ">= 0.990", "ok") in rows


@pytest.mark.parametrize(
    ("worse", "promise"),
    [
        ({"detail_20": 96}, "detail-20"),
        ({"detail_10": 92}, "detail-10"),
        ({"mirrored": 98}, "mirrored"),
        ({"turned": 98}, "turned"),
        ({"called_same": 2}, "absent prints called the same image"),
    ],
)
def test_what_is_missed_is_named(worse: dict[str, int], promise: str) -> None:
    found = verdicts(summarised(outcomes("photographs", 100, 100)), simulated(**worse))
    assert [name for name, verdict in found.items() if verdict == "missed"] == [promise]


def test_photographs_found_too_seldom_are_missed() -> None:
    rows = promise_rows(summarised(outcomes("photographs", 98, 100)), simulated())
    assert [row[0] for row in rows if row[3] == "missed"] == ["real photographs, fused: R@1"]


def test_bare_pictures_become_a_collection(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    for name in ("b.jpg", "a.JPG", "notes.txt"):
        (tmp_path / "pictures" / name).write_bytes(b"x")
    folder = bare_collection(tmp_path / "pictures", tmp_path / "collection")
    with (folder / "metadata.csv").open(newline="", encoding="utf-8") as file:
        assert [row["image_file"] for row in csv.DictReader(file)] == ["a.JPG", "b.jpg"]
    assert (folder / "images" / "b.jpg").is_file()
