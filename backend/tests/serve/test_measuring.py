"""Tables and promises of `make bench` and `make evaluate`."""

from operator import ge

from serve.bench import Promise
from serve.evaluate import report
from serve.measuring import table


def test_columns_of_a_table_are_aligned() -> None:
    assert table([("what", "ms"), ("a", "10")]).splitlines() == ["what  ms", "----  --", "a     10"]


def test_promise_that_is_kept_and_one_that_is_missed() -> None:
    assert Promise("search", 39.5, "ms", 40).row() == ("search", "39.5 ms", "≤ 40 ms", "ok")
    assert Promise("faster", 4.9, "times", 5, ge).row() == ("faster", "4.9 times", "≥ 5 times", "missed")


def test_figure_without_a_promise_is_only_shown() -> None:
    promise = Promise("knn", 2, "ms")
    assert promise.kept
    assert promise.row() == ("knn", "2 ms", "", "")


def test_report_shows_both_descriptors() -> None:
    over_http = {
        "queries": 100,
        "prints": 648,
        "descriptor": "recto-compact-gem-192@1a2b3c4d",
        "weights_source": "shipped with Recto",
        "recall": {"1": 0.5, "10": 0.75, "50": 0.9},
        "median_ms": 80,
    }
    shown = report(over_http, {"1": 0.19, "10": 0.54, "50": 0.73})
    assert "100 photographs among 648 prints; weights: shipped with Recto" in shown
    assert "0.50  0.75  0.90" in shown
    assert "0.19  0.54  0.73" in shown
