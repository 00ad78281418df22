import numpy as np
from numpy.typing import NDArray

from search_model.local.features import LocalFeatures
from search_model.local.matching import coherent_matches, guided_matches, one_to_one, ratio_matches
from tests.local.conftest import made_up_features


def slow_ratio_matches(query: LocalFeatures, record: LocalFeatures, ratio: float) -> list[tuple[int, int]]:
    """One pair at a time, by distances."""
    found = []
    for i, one in enumerate(query.descriptors):
        distances = [float(np.linalg.norm(one - other)) for other in record.descriptors]
        first, second = np.argsort(distances)[:2]
        back = [float(np.linalg.norm(record.descriptors[first] - other)) for other in query.descriptors]
        if int(np.argmin(back)) == i and distances[first] < ratio * distances[second]:
            found.append((i, int(first)))
    return found


def noisy_copy(features: LocalFeatures, rows: NDArray[np.int64], seed: int) -> LocalFeatures:
    noise = np.random.default_rng(seed).normal(0, 0.03, (len(rows), 128)).astype(np.float32)
    descriptors = np.abs(features.descriptors[rows] + noise)
    descriptors /= np.linalg.norm(descriptors, axis=1, keepdims=True)
    return LocalFeatures(features.width, features.height, features.keypoints[rows], descriptors)


def placed(keypoints: list[tuple[float, float, float, float]], *, mirrored: bool = False) -> LocalFeatures:
    """Features at given places that all look the same."""
    descriptors = np.full((len(keypoints), 128), 128**-0.5, np.float32)
    return LocalFeatures(720, 500, np.array(keypoints, np.float32).reshape(-1, 4), descriptors, mirrored)


def test_ratio_matches_are_those_of_the_slow_version() -> None:
    record = made_up_features(60, seed=1)
    query = noisy_copy(record, np.random.default_rng(2).permutation(60)[:45], seed=3)
    for ratio in (0.6, 0.85, 1.0):
        expected = slow_ratio_matches(query, record, ratio)
        assert 0 < len(expected) < 45 or ratio != 0.6
        found = [tuple(pair) for pair in ratio_matches(query, record, ratio=ratio).tolist()]
        assert sorted(found) == expected


def test_nothing_matches_when_there_is_nothing_or_no_second_nearest() -> None:
    some, none, one = made_up_features(9, seed=1), made_up_features(0, seed=1), made_up_features(1, seed=1)
    for query, record in ((none, some), (some, none), (some, one)):
        assert ratio_matches(query, record).shape == (0, 2)


def test_coherent_matches_follow_one_turn_size_and_place() -> None:
    # The query shows the record twice as large, turned by 90 degrees: (x, y) -> (300 - 2 y, 2 x), angles + 90.
    record = placed([(10, 20, 4, 0), (60, 30, 6, 350), (90, 100, 5, 45), (120, 60, 4, 90), (30, 110, 8, 200)])
    moved = [(300 - 2 * y, 2 * x, 2 * d, (a + 90) % 360) for x, y, d, a in record.keypoints.tolist()]
    wrong_place = (700.0, 480.0, 8.0, 90.0)
    wrong_turn = (*moved[1][:3], (moved[1][3] + 120) % 360)
    wrong_size = (*moved[2][:2], moved[2][2] * 3, moved[2][3])
    query = placed([*moved, wrong_place, wrong_turn, wrong_size])
    pairs = np.array([*((i, i) for i in range(5)), (5, 0), (6, 1), (7, 2)], np.int32)
    assert coherent_matches(query, record, pairs).tolist() == [[i, i] for i in range(5)]


def test_coherent_matches_of_a_mirrored_query() -> None:
    # A mirror: (x, y) -> (400 - x, y), a direction a becomes 180 - a.
    record = placed([(10, 20, 4, 0), (60, 30, 6, 350), (90, 100, 5, 45), (120, 60, 4, 90)])
    moved = [(400 - x, y, d, (180 - a) % 360) for x, y, d, a in record.keypoints.tolist()]
    pairs = np.array([(i, i) for i in range(4)], np.int32)
    assert len(coherent_matches(placed(moved, mirrored=True), record, pairs)) == 4
    assert len(coherent_matches(placed(moved), record, pairs)) < 4


def test_too_few_pairs_agree_on_nothing() -> None:
    record = made_up_features(5, seed=1)
    for count in (0, 1):
        pairs = np.zeros((count, 2), np.int32)
        assert coherent_matches(record, record, pairs).shape == (0, 2)


def slow_guided(query: LocalFeatures, record: LocalFeatures, expected: NDArray[np.float64], radius: float) -> list:
    found = []
    for i, (x, y, d, a) in enumerate(query.keypoints.astype(np.float64)):
        for j, (ex, ey, ed, ea) in enumerate(expected):
            turn = abs(a - ea) % 360
            near = (x - ex) ** 2 + (y - ey) ** 2 < radius**2 and 1 / 1.5 < d / ed < 1.5 and min(turn, 360 - turn) < 20
            likeness = float(query.descriptors[i] @ record.descriptors[j])
            if near and likeness >= 0.5:
                found.append((-likeness, j, i))
    taken_q, taken_r, kept = set(), set(), []
    for _, j, i in sorted(found):
        if i not in taken_q and j not in taken_r:
            taken_q.add(i)
            taken_r.add(j)
            kept.append((i, j))
    return kept


def test_guided_matches_are_those_of_the_slow_version() -> None:
    query, record = made_up_features(150, seed=4), made_up_features(120, seed=5)
    expected = record.keypoints.astype(np.float64)
    expected[:30] = query.keypoints[:30] + np.random.default_rng(0).normal(0, [4, 4, 0.3, 8], (30, 4))
    expected[40, :2] = np.inf  # behind the camera
    found = guided_matches(query, record, expected, radius=25.0, least_likeness=0.5)
    assert sorted(map(tuple, found.tolist())) == sorted(slow_guided(query, record, expected, 25.0))
    assert len(found) > 5


def test_one_to_one_keeps_the_first_of_each() -> None:
    pairs = np.array([(1, 1), (1, 2), (2, 1), (2, 2), (3, 2), (3, 3)], np.int32)
    assert one_to_one(pairs).tolist() == [[1, 1], [2, 2], [3, 3]]
    assert one_to_one(pairs[:0]).shape == (0, 2)
