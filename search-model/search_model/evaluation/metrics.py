"""Measures of retrieval: pure functions of ranked lists and of what is relevant.

A ranked list is a sequence of ids, best first; -1 fills places that no answer took. Ties are the ranking's business:
an index orders equal scores by id, so a measure never depends on luck.
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import ArrayLike

NO_ID = -1

RankedIds = Sequence[int]
RelevantIds = Collection[int]


def recall_at(k: int, ranked: Sequence[RankedIds], relevant: Sequence[RelevantIds]) -> float:
    """Share of queries with at least one relevant id among the first k (R@k as print retrieval reports it).

    Args:
        k: how many places count, at least 1.
        ranked: one list of ids for each query.
        relevant: the ids that are right for each query; a query with none cannot be found and counts as missed.

    Raises:
        ValueError: no queries, k below 1, or lists of different number.
    """
    _check(k, ranked, relevant)
    found = [bool(set(ids[:k]) & set(right)) for ids, right in zip(ranked, relevant, strict=True)]
    return sum(found) / len(found)


def average_precision(ranked: RankedIds, relevant: RelevantIds, k: int | None = None) -> float:
    """Mean over the relevant ids of the precision at each one's rank; 0 for one that is not in the list.

    Manning, Raghavan, Schütze: "Introduction to Information Retrieval", section 8.4. With k only the first k places
    count, and the mean is over min(k, number of relevant ids), so that a perfect list scores 1.

    Raises:
        ValueError: nothing is relevant, or an id is listed twice.
    """
    right = set(relevant) - {NO_ID}
    if not right:
        raise ValueError("average precision needs at least one relevant id; leave such queries out")
    places = [id_ for id_ in (ranked if k is None else ranked[:k]) if id_ != NO_ID]
    if len(set(places)) != len(places):
        raise ValueError("an id is listed twice; a ranked list names each id once")
    ranks = [rank for rank, id_ in enumerate(places, start=1) if id_ in right]
    precisions = [hits / rank for hits, rank in enumerate(ranks, start=1)]
    return sum(precisions) / (len(right) if k is None else min(k, len(right)))


def mean_average_precision(ranked: Sequence[RankedIds], relevant: Sequence[RelevantIds], k: int | None = None) -> float:
    """Mean of `average_precision` over the queries (mAP, or mAP@k)."""
    _check(1 if k is None else k, ranked, relevant)
    return sum(average_precision(r, right, k) for r, right in zip(ranked, relevant, strict=True)) / len(ranked)


def rank_of_first(ranked: RankedIds, relevant: RelevantIds) -> int | None:
    """Place of the first relevant id, counted from 1; None when none is in the list."""
    right = set(relevant)
    return next((rank for rank, id_ in enumerate(ranked, start=1) if id_ in right), None)


def ranked_by_score(ids: ArrayLike, scores: ArrayLike) -> list[int]:
    """The ids from the highest score to the lowest, equal scores by id, smallest first.

    Args:
        ids: int (n,).
        scores: float (n,); NaN is refused, since it has no place in an order.
    """
    values = np.asarray(scores, dtype=np.float64)
    if np.isnan(values).any():
        raise ValueError("a score is not a number; rank only what was scored")
    numbers = np.asarray(ids, dtype=np.int64)
    return [int(id_) for id_ in numbers[np.lexsort((numbers, -values))]]


def _check(k: int, ranked: Sequence[RankedIds], relevant: Sequence[RelevantIds]) -> None:
    if k < 1:
        raise ValueError(f"k is {k}; count at least 1 place")
    if not len(ranked) or len(ranked) != len(relevant):
        raise ValueError(f"{len(ranked)} ranked lists for {len(relevant)} sets of relevant ids; give one for one")
