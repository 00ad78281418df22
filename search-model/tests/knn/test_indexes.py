"""Both backends against a third, slow and obvious one, and against numbers worked out by hand."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from search_model.knn.flat import FlatIndex
from search_model.knn.index import Index, VectorsRejected
from search_model.knn.sklearn_knn import SklearnIndex

DIM = 16
Vectors = NDArray[np.float32]


def unit_vectors(count: int, seed: int, dim: int = DIM) -> Vectors:
    rows = np.random.default_rng(seed).standard_normal((count, dim)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def slow_search(
    stored: dict[int, Vectors], queries: Vectors, k: int, allowed: set[int] | None = None
) -> tuple[list[list[int]], list[list[float]]]:
    """Plain Python: every cosine in double precision, sorted by score, then by id."""
    ids, scores = [], []
    for query in queries:
        pairs = [
            (-float(np.float32(np.clip(np.sum(query.astype(float) * vector.astype(float)), -1, 1))), id_)
            for id_, vector in stored.items()
            if allowed is None or id_ in allowed
        ]
        best = sorted(pairs)[:k]
        best += [(1.0, -1)] * (k - len(best))
        ids.append([id_ for _, id_ in best])
        scores.append([-score for score, _ in best])
    return ids, scores


def filled(index: Index, count: int = 200, seed: int = 1) -> dict[int, Vectors]:
    vectors = unit_vectors(count, seed)
    ids = np.random.default_rng(seed).permutation(10 * count)[:count].astype(np.int64) + 2**40
    index.add(ids, vectors)
    return dict(zip(ids.tolist(), vectors, strict=True))


@pytest.fixture(params=[FlatIndex, SklearnIndex])
def index(request: pytest.FixtureRequest) -> Index:
    made: Index = request.param(DIM)
    assert isinstance(made, Index)
    return made


@pytest.mark.parametrize("queries", [1, 3, 25])  # from 20 on FAISS takes the BLAS road
@pytest.mark.parametrize("k", [1, 7, 200, 230])
def test_search_equals_the_slow_version(index: Index, queries: int, k: int) -> None:
    stored, asked = filled(index), unit_vectors(queries, seed=2)
    ids, scores = index.search(asked, k)
    slow_ids, slow_scores = slow_search(stored, asked, k)
    assert ids.dtype == np.int64
    assert scores.dtype == np.float32
    assert ids.tolist() == slow_ids
    np.testing.assert_allclose(scores, slow_scores, atol=1e-6)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.5, 0.7, 1.0])
def test_filtered_search_equals_the_slow_version(index: Index, share: float) -> None:
    stored, asked = filled(index), unit_vectors(4, seed=3)
    allowed = set(list(stored)[: round(share * len(stored))])
    with_unknown = [*sorted(allowed, reverse=True), 5, 2**50]
    ids, scores = index.search(asked, 20, allowed_ids=np.array(with_unknown, dtype=np.int64))
    slow_ids, slow_scores = slow_search(stored, asked, 20, allowed)
    assert ids.tolist() == slow_ids
    np.testing.assert_allclose(scores, slow_scores, atol=1e-6)


def test_allowing_nothing_finds_nothing(index: Index) -> None:
    filled(index)
    ids, scores = index.search(unit_vectors(2, seed=4), 3, allowed_ids=[])
    assert ids.tolist() == [[-1] * 3] * 2
    assert scores.tolist() == [[-1.0] * 3] * 2


def test_scores_are_the_cosines_worked_out_by_hand(index: Index) -> None:
    rows = np.zeros((3, DIM), dtype=np.float32)
    rows[0, 0] = 1
    rows[1, :2] = 0.6, 0.8
    rows[2, 0] = -1
    index.add([30, 10, 20], rows)
    ids, scores = index.search(rows[:1], 3)
    assert ids.tolist() == [[30, 10, 20]]
    np.testing.assert_allclose(scores, [[1.0, 0.6, -1.0]], atol=1e-7)


@pytest.mark.parametrize("copies", [3, 40, 150])
def test_ties_are_ordered_by_id_even_across_rank_k(index: Index, copies: int) -> None:
    stored = filled(index)
    same = unit_vectors(1, seed=5)
    twins = np.random.default_rng(6).permutation(copies) + 1000
    for twin in twins:
        index.add([twin], same)
    ids, scores = index.search(same, 2)
    assert ids.tolist() == [[1000, 1001]]
    assert scores[0, 0] == scores[0, 1] == pytest.approx(1)
    every, _ = index.search(same, copies + 5)
    assert every[0, :copies].tolist() == sorted(twins.tolist())
    assert set(every[0, copies:].tolist()) <= set(stored)


def test_a_score_does_not_depend_on_the_batch_it_was_asked_in(index: Index) -> None:
    filled(index)
    asked = unit_vectors(40, seed=7)
    together = index.search(asked, 9)
    alone = [index.search(asked[i : i + 1], 9) for i in range(len(asked))]
    np.testing.assert_array_equal(together[0], np.concatenate([ids for ids, _ in alone]))
    np.testing.assert_array_equal(together[1], np.concatenate([scores for _, scores in alone]))


def test_an_empty_index_answers_with_padding(index: Index) -> None:
    ids, scores = index.search(unit_vectors(2, seed=1), 3)
    assert len(index) == 0
    assert index.ids.tolist() == []
    assert ids.tolist() == [[-1, -1, -1]] * 2
    assert scores.tolist() == [[-1.0, -1.0, -1.0]] * 2


def test_no_queries_give_no_rows(index: Index) -> None:
    filled(index)
    ids, scores = index.search(np.empty((0, DIM), dtype=np.float32), 3)
    assert ids.shape == scores.shape == (0, 3)


def test_random_additions_and_removals_keep_it_exact(index: Index) -> None:
    random = np.random.default_rng(8)
    stored: dict[int, Vectors] = {}
    for _ in range(60):
        count = int(random.integers(1, 30))
        ids = random.permutation(300)[:count].astype(np.int64)
        if random.random() < 0.6:
            vectors = unit_vectors(count, int(random.integers(1000)))
            index.add(ids, vectors)
            stored.update(zip(ids.tolist(), vectors, strict=True))
        else:
            removed = index.remove(ids)
            assert removed == sum(stored.pop(id_, None) is not None for id_ in ids.tolist())
        assert index.ids.tolist() == sorted(stored)
        assert len(index) == len(stored)
        asked = unit_vectors(2, int(random.integers(1000)))
        allowed = set(random.permutation(300)[:100].tolist())
        assert index.search(asked, 5)[0].tolist() == slow_search(stored, asked, 5)[0]
        found, _ = index.search(asked, 5, allowed_ids=list(allowed))
        assert found.tolist() == slow_search(stored, asked, 5, allowed)[0]


def test_adding_an_id_again_replaces_its_vector(index: Index) -> None:
    vectors = unit_vectors(2, seed=1)
    index.add([7], vectors[:1])
    index.add([7], vectors[1:])
    assert len(index) == 1
    np.testing.assert_array_equal(index.vectors([7]), vectors[1:])


def test_vectors_come_back_in_the_order_asked(index: Index) -> None:
    stored = filled(index, count=50)
    asked = [*list(stored)[::-1], next(iter(stored))]
    np.testing.assert_array_equal(index.vectors(asked), np.stack([stored[id_] for id_ in asked]))


def test_vectors_of_an_unknown_id_is_a_key_error(index: Index) -> None:
    filled(index)
    with pytest.raises(KeyError, match="77"):
        index.vectors([77])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda v: v[:, :-1], r"shape \(3, 15\); this index takes \(n, 16\)"),
        (lambda v: v[0], "shape"),
        (lambda v: v * np.array([[1], [0.5], [2]]), r"vector 1 has length 0.5000, not 1 \(and 1 more"),
        (np.zeros_like, "length 0.0000"),
        (lambda v: np.full_like(v, np.nan), "length nan"),
    ],
)
def test_vectors_that_are_not_of_unit_length_are_refused(
    index: Index, change: Callable[[Vectors], Vectors], sentence: str
) -> None:
    wrong = change(unit_vectors(3, seed=1))
    with pytest.raises(VectorsRejected, match=sentence):
        index.add([1, 2, 3], wrong)
    with pytest.raises(VectorsRejected, match=sentence):
        index.search(wrong, 1)
    assert len(index) == 0


def test_vectors_rounded_to_float16_are_taken(index: Index) -> None:
    vectors = unit_vectors(50, seed=9).astype(np.float16)
    index.add(np.arange(50), vectors)
    _, scores = index.search(vectors[:10], 1)
    np.testing.assert_allclose(scores, 1, atol=2e-3)
    assert scores.max() <= 1


@pytest.mark.parametrize(
    ("ids", "sentence"),
    [
        ([1, 2], r"3 vectors need int64 \(3,\)"),
        ([1, 2, 2], "id 2 is given 2 times"),
        ([1, -4, 2], "id -4 is negative"),
        ([1.0, 2.0, 3.0], "float64"),
    ],
)
def test_wrong_ids_are_refused(index: Index, ids: list[int], sentence: str) -> None:
    with pytest.raises(VectorsRejected, match=sentence):
        index.add(ids, unit_vectors(3, seed=1))


def test_k_below_one_is_refused(index: Index) -> None:
    filled(index)
    with pytest.raises(ValueError, match="k is 0"):
        index.search(unit_vectors(1, seed=1), 0)
