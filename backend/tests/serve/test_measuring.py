"""Tables and promises of `make bench` and `make evaluate`."""

from operator import ge

from serve.bench import Promise
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
