import itertools

import numpy as np
import pytest

from search_model.evaluation.rates import Share, area_under_curve, wilson_interval


@pytest.mark.parametrize(
    ("positives", "negatives", "area"),
    [
        ([2.0, 3.0], [0.0, 1.0], 1.0),
        ([0.0], [1.0], 0.0),
        ([1.0], [1.0], 0.5),
        ([1.0, 1.0], [1.0, 1.0, 1.0], 0.5),
        ([3.0, 1.0], [2.0, 1.0], (1 + 1 + 0 + 0.5) / 4),
        ([0.9, 0.4, 0.4], [0.4, 0.1], (2 + 1.5 + 1.5) / 6),
    ],
)
def test_area_under_the_curve_by_hand(positives: list[float], negatives: list[float], area: float) -> None:
    assert area_under_curve(positives, negatives) == pytest.approx(area)


def test_area_under_the_curve_is_the_share_of_pairs_in_order() -> None:
    rng = np.random.default_rng(1)
    high, low = rng.integers(3, 12, 40).astype(float), rng.integers(0, 9, 30).astype(float)
    pairs = [1.0 if p > n else 0.5 if p == n else 0.0 for p, n in itertools.product(high, low)]
    assert area_under_curve(high, low) == pytest.approx(sum(pairs) / len(pairs))


@pytest.mark.parametrize(("positives", "negatives"), [([], [1.0]), ([1.0], []), ([float("nan")], [1.0])])
def test_area_under_the_curve_of_nothing_is_refused(positives: list[float], negatives: list[float]) -> None:
    with pytest.raises(ValueError, match="both sides"):
        area_under_curve(positives, negatives)


# Published values: Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (Wilson, no continuity correction).
@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_interval_as_published(hits: int, of: int, low: float, high: float) -> None:
    assert wilson_interval(hits, of) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_wilson_interval_is_symmetric_and_holds_the_share() -> None:
    low, high = wilson_interval(3, 10)
    assert wilson_interval(7, 10) == (pytest.approx(1 - high), pytest.approx(1 - low))
    assert low < 0.3 < high


def test_wilson_interval_of_nothing_says_nothing() -> None:
    assert wilson_interval(0, 0) == (0.0, 1.0)


def test_share_of_nothing_has_no_value() -> None:
    assert Share(0, 0).value is None
    assert Share(1, 4).value == 0.25


def test_more_hits_than_cases_are_refused() -> None:
    with pytest.raises(ValueError, match="3 hits of 2"):
        Share(3, 2)
