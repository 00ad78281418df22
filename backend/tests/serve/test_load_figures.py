"""What `make load` makes of the visitors' notes: figures, and what counts as a failure."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from serve.made_up_rows import table_of
from serve.under_load.figures import (
    Noted,
    failures,
    is_failure,
    jain,
    longest_gap,
    misses,
    percentile,
    read_notes,
    slope,
)
from serve.under_load.memory import Sizes, program_of
from serve.under_load.report import Measured, report


def request(
    kind: str = "list", status: int = 200, *, ms: float = 10.0, retry_after: str = ""
) -> dict[str, Any]:
    return {"at": 0.0, "who": 1, "kind": kind, "status": status, "ms": ms, "retry_after": retry_after}


def noted_of(*requests: dict[str, Any]) -> Noted:
    noted = Noted(requests=list(requests))
    noted.waits[1].append(0.5)
    return noted


def test_notes_are_read_up_to_a_line_that_was_cut_off() -> None:
    lines = [
        json.dumps(request("search")) + "\n",
        json.dumps({"at": 1, "who": 3, "kind": "answered", "ok": True, "ms": 1500.0}) + "\n",
        json.dumps({"at": 1, "who": 4, "kind": "answered", "ok": False, "ms": 9.0}) + "\n",
        json.dumps({"at": 2, "who": 9, "kind": "apply", "ok": True, "rows": 10, "seconds": 2.0}) + "\n",
        '{"at": 3, "who',
    ]
    noted = read_notes(lines)
    assert (len(noted.requests), noted.waits[3], noted.given_up) == (1, [1.5], 1)
    assert noted.stages["apply"]["rows"] == 10


@pytest.mark.parametrize(
    ("status", "retry_after", "failed"),
    [
        (200, "", False),
        (304, "", False),
        (503, "4", False),
        (429, "1", False),
        (503, "", True),
        (429, "soon", True),
        (500, "4", True),
        (404, "", True),
        (0, "", True),
    ],
)
def test_only_answers_and_being_put_off_with_a_time_are_no_failures(
    status: int, retry_after: str, failed: bool
) -> None:
    assert is_failure(request(status=status, retry_after=retry_after)) is failed


def test_failures_are_counted_by_kind_and_status() -> None:
    noted = noted_of(request(status=500), request(status=500), request("search", 0), request())
    assert failures(noted) == {"list: 500": 2, "search: no answer": 1}
    hung_up = request("search", 0) | {"why": "RemoteDisconnected()"}
    assert failures(noted_of(hung_up)) == {"search: no answer RemoteDisconnected()": 1}


def test_percentile_is_one_of_the_values() -> None:
    values = [float(number) for number in range(1, 101)]
    assert (percentile(values, 0.5), percentile(values, 0.95), percentile(values, 1.0)) == (50, 95, 100)
    assert percentile([7.0], 0.95) == 7.0
    assert percentile([], 0.95) == 0.0


def test_jains_index_by_hand() -> None:
    assert jain([5, 5, 5]) == 1.0
    assert jain([9, 0, 0]) == pytest.approx(1 / 3)
    assert jain([1, 2, 3]) == pytest.approx(36 / 42)
    assert jain([]) == 1.0


def test_slope_is_that_of_the_line_through_the_points() -> None:
    assert slope([(0, 100.0), (10, 120.0), (20, 140.0)]) == pytest.approx(2.0)
    assert slope([(0, 5.0)]) == 0.0


def test_longest_gap_needs_no_order() -> None:
    assert longest_gap([10.0, 1.0, 4.0]) == 6.0
    assert longest_gap([1.0]) == 0.0


def test_slow_browsing_is_a_miss_and_a_slow_search_is_none() -> None:
    assert misses(noted_of(request(ms=299), request("search", ms=9000)), rows_expected=False) == []
    (missed,) = misses(noted_of(request(ms=301)), rows_expected=False)
    assert "301 ms" in missed


def test_an_import_that_did_not_end_is_a_miss() -> None:
    noted = noted_of(request())
    noted.stages["check"] = {"kind": "check", "ok": True, "rows": 5, "seconds": 1.0}
    assert misses(noted, rows_expected=True) == ["the import's apply did not end well in time"]


def test_a_run_without_an_answered_search_is_a_miss() -> None:
    assert "no search was answered" in misses(Noted(requests=[request()]), rows_expected=False)


def test_report_has_the_rate_as_a_ratio_and_the_memory() -> None:
    noted = noted_of(request(), request("search"))
    noted.stages["apply"] = {"kind": "apply", "ok": True, "rows": 100, "seconds": 4.0}
    sizes = Sizes()
    for at in range(4):
        sizes.add(float(at), {"web": 100.0 + at})
    text = report(Measured(noted, sizes, rate=2.0, seconds=1.0))
    assert "1.00/s, 0.50 of the extractor's own 2.00/s" in text
    assert "import, apply: 100 rows in 4 s, 25/s" in text
    assert sizes.row("web") == ("web", "100", "102", "103", "103", "+3600")
    assert sizes.row("web")[-1] in text


def test_programs_are_known_by_their_command_lines() -> None:
    assert program_of("python -m celery --app config --quiet worker --queues index") == "indexer"
    assert program_of("python -m celery --app config --quiet beat") == "beat"
    assert program_of("bash") == ""


def test_a_table_of_made_up_rows_is_the_same_each_time_and_names_its_images() -> None:
    table = table_of(5, prefix="a", images=("1.jpg", "2.jpg"))
    rows = list(csv.DictReader(io.StringIO(table.decode())))
    assert table == table_of(5, prefix="a", images=("1.jpg", "2.jpg"))
    assert [row["record_id"] for row in rows] == [f"a-{number}" for number in range(5)]
    assert [row["image_file"] for row in rows] == ["1.jpg", "2.jpg", "", "", ""]
