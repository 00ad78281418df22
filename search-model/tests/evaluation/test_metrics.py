import numpy as np
import pytest

from search_model.evaluation.metrics import (
    average_precision,
    mean_average_precision,
    rank_of_first,
    ranked_by_score,
    recall_at,
)

RANKED = [[7, 3, 9], [4, 1, 2], [5, 6, -1]]
RELEVANT = [{3}, {2}, {8}]


@pytest.mark.parametrize(("k", "share"), [(1, 0.0), (2, 1 / 3), (3, 2 / 3), (50, 2 / 3)])
def test_recall_counts_queries_with_a_hit_in_the_first_k(k: int, share: float) -> None:
    assert recall_at(k, RANKED, RELEVANT) == pytest.approx(share)


def test_recall_counts_a_query_once_however_many_are_relevant() -> None:
    assert recall_at(3, [[1, 2, 3]], [{1, 2, 3}]) == 1.0


def test_recall_of_a_query_with_nothing_relevant_is_a_miss() -> None:
    assert recall_at(3, [[1, 2, 3], [1, 2, 3]], [{1}, set()]) == 0.5


@pytest.mark.parametrize(("k", "ranked", "relevant"), [(0, [[1]], [{1}]), (1, [], []), (1, [[1]], [{1}, {2}])])
def test_recall_of_nonsense_is_refused(k: int, ranked: list[list[int]], relevant: list[set[int]]) -> None:
    with pytest.raises(ValueError, match="k is 0|ranked lists"):
        recall_at(k, ranked, relevant)


@pytest.mark.parametrize(
    ("ranked", "relevant", "value"),
    [
        ([1, 2, 3], {1}, 1.0),
        ([1, 2, 3], {3}, 1 / 3),
        ([1, 2, 3, 4, 5], {1, 3, 5}, (1 / 1 + 2 / 3 + 3 / 5) / 3),
        ([1, 2, 3], {2, 99}, (1 / 2) / 2),  # 99 is never found and counts 0
        ([4, 5], {1}, 0.0),
        ([], {1}, 0.0),
        ([1, -1, -1], {1}, 1.0),
    ],
)
def test_average_precision_by_hand(ranked: list[int], relevant: set[int], value: float) -> None:
    assert average_precision(ranked, relevant) == pytest.approx(value)


def test_average_precision_at_k_of_a_perfect_list_is_one() -> None:
    assert average_precision([1, 2, 3, 4], {1, 2, 3}, k=2) == 1.0


def test_average_precision_at_k_ignores_later_places() -> None:
    assert average_precision([9, 1, 2], {1, 2}, k=2) == pytest.approx((1 / 2) / 2)


def test_average_precision_without_anything_relevant_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one relevant"):
        average_precision([1], set())


def test_average_precision_of_a_repeated_id_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        average_precision([1, 1], {1})


def test_mean_average_precision_is_the_mean_over_queries() -> None:
    assert mean_average_precision([[1, 2], [1, 2]], [{1}, {2}]) == pytest.approx((1 + 1 / 2) / 2)


def test_rank_of_first_counts_from_one() -> None:
    assert rank_of_first([5, 6, 7], {7, 6}) == 2
    assert rank_of_first([5], {1}) is None


def test_ranked_by_score_orders_ties_by_id() -> None:
    assert ranked_by_score([9, 2, 5, 1], [0.5, 0.5, 0.9, 0.5]) == [5, 1, 2, 9]


def test_ranked_by_score_refuses_nan() -> None:
    with pytest.raises(ValueError, match="not a number"):
        ranked_by_score([1], [np.nan])
