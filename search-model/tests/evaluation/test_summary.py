"""The figures of an evaluation, counted by hand on six queries."""

import json
from typing import Any

import pytest

from search_model.evaluation.report import report_text
from search_model.evaluation.summary import Found, Outcome, summarised, worst


def outcome(kind: str, shows: dict[int, str], fused: list[int], score: float, **more: Any) -> Outcome:
    """A query that both roads answered, the local one with nothing."""
    return Outcome(kind, f"{kind} {shows}", shows, {"fused": Found(fused, score), "local": Found([], 0.0)}, **more)


SAME, SHARED = "same_image", "shared_detail"
OUTCOMES = [
    outcome("normal", {1: SAME}, [1, 2], 0.9, verdict=SAME, verdicts={1: SAME}, timings_ms={"knn": 1.0}),
    outcome("normal", {2: SAME}, [3, 2], 0.4, verdict=SHARED, verdicts={3: SHARED, 2: SHARED}, timings_ms={"knn": 3.0}),
    outcome("normal", {3: SAME}, [1, 2], 0.5, verdict="similar", timings_ms={"knn": 2.0, "metadata": 0.0}),
    outcome("shared-detail", {4: SHARED}, [4], 0.8, verdict=SHARED, verdicts={4: SHARED}),
    outcome("absent", {}, [5], 0.4, verdict="not_found", notices=["late", "late"]),
    outcome("absent", {}, [6], 0.7, verdict=SAME, verdicts={6: SAME}),
]


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    return summarised(OUTCOMES)


def test_json_holds_the_figures(figures: dict[str, Any]) -> None:
    assert json.loads(json.dumps(figures)) == figures


def test_recall_by_kind_and_road(figures: dict[str, Any]) -> None:
    normal, shared = figures["kinds"]
    assert (normal["kind"], normal["queries"], shared["kind"]) == ("normal", 3, "shared-detail")
    recall = normal["roads"]["fused"]["recall"]
    assert [(recall[k]["hits"], recall[k]["of"]) for k in ("1", "5", "50")] == [(1, 3), (2, 3), (2, 3)]
    assert normal["roads"]["local"]["recall"]["50"]["hits"] == 0


def test_mean_average_precision_by_kind(figures: dict[str, Any]) -> None:
    assert figures["kinds"][0]["roads"]["fused"]["map"] == pytest.approx((1 + 1 / 2 + 0) / 3)


def test_here_or_not(figures: dict[str, Any]) -> None:
    here = figures["here"]
    # 0.9, 0.4 and 0.5 against 0.4 and 0.7: 2 + 0.5 + 1 of 6 pairs
    assert here["area"]["fused"] == pytest.approx(3.5 / 6)
    assert here["area"]["local"] == 0.5
    assert (here["absent"], here["present"]) == (2, 3)
    assert (here["absent_same_image"]["hits"], here["absent_same_image"]["of"]) == (1, 2)
    assert here["absent_verdicts"] == {"same_image": 1, "shared_detail": 0, "similar": 0, "not_found": 1}


@pytest.mark.parametrize(
    ("verdict", "precision", "recall"),
    [
        (SAME, (1, 2), (1, 3)),  # given to 1 rightly and to 6 wrongly; due for 1, 2 and 3
        (SHARED, (2, 3), (1, 1)),  # print 3 is not shown; print 2 is, though more could be said
        ("not_here", (1, 2), (1, 2)),  # said of one that is there and one that is not
    ],
)
def test_precision_and_recall(
    figures: dict[str, Any], verdict: str, precision: tuple[int, int], recall: tuple[int, int]
) -> None:
    said = figures["verdicts"][verdict]
    assert (said["precision"]["hits"], said["precision"]["of"]) == precision
    assert (said["recall"]["hits"], said["recall"]["of"]) == recall


def test_time_of_each_stage(figures: dict[str, Any]) -> None:
    assert figures["timings_ms"] == {"knn": {"p50": 2.0, "p95": pytest.approx(2.9)}}


def test_searches_that_could_not_do_everything_are_counted(figures: dict[str, Any]) -> None:
    assert figures["notices"] == {"late": 1}
    assert "late    1 of 6" in report_text(figures)


def test_answers_without_verdicts_count_for_none() -> None:
    verdicts = summarised([outcome("photographs", {1: SAME}, [1], 0.5)])["verdicts"]
    assert all(share["of"] == 0 for said in verdicts.values() for share in said.values())


def test_the_worst_are_those_not_found_then_those_found_late() -> None:
    late = outcome("normal", {9: SAME}, [1, 2, 3, 9], 0.1)
    assert worst([OUTCOMES[1], late, *OUTCOMES], 3) == [OUTCOMES[2], late, OUTCOMES[1]]


def test_nothing_cannot_be_summed_up() -> None:
    with pytest.raises(ValueError, match="no query"):
        summarised([])
