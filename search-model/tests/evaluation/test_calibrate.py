import numpy as np
import pytest

from search_model.evaluation.calibrate import threshold_at


def test_no_false_alarm_puts_the_threshold_above_every_negative() -> None:
    found = threshold_at([5.0, 9.0], [1.0, 4.0, 3.0], false_alarm_rate=0.0)
    assert found.value == 4.5
    assert (found.false_alarms.hits, found.false_alarms.of) == (0, 3)
    assert (found.detected.hits, found.detected.of) == (2, 2)


def test_a_quarter_of_false_alarms_by_hand() -> None:
    found = threshold_at([2.5, 3.5], [1.0, 2.0, 3.0, 4.0], false_alarm_rate=0.25)
    assert found.value == 3.25  # 3 is kept out, 3.5 is the next score of either side
    assert (found.false_alarms.value, found.detected.value) == (0.25, 0.5)


def test_equal_negatives_are_kept_out_together() -> None:
    found = threshold_at([3.0], [1.0, 2.0, 2.0, 2.0], false_alarm_rate=0.5)
    assert (found.value, found.false_alarms.hits) == (2.5, 0)


def test_negatives_above_every_positive() -> None:
    found = threshold_at([1.0], [7.0], false_alarm_rate=0.0)
    assert found.value > 7.0
    assert found.detected.hits == 0


def test_every_false_alarm_allowed_lets_everything_through() -> None:
    found = threshold_at([1.0, 9.0], [2.0, 3.0], false_alarm_rate=1.0)
    assert (found.false_alarms.value, found.detected.value) == (1.0, 1.0)


def test_a_rate_that_floating_point_falls_short_of() -> None:
    assert threshold_at([], np.arange(10.0), false_alarm_rate=0.3).false_alarms.hits == 3


@pytest.mark.parametrize("rate", [0.0, 0.01, 0.1, 0.5])
def test_lowest_threshold_of_all_that_keep_the_rate(rate: float) -> None:
    """Slow version: every score, and each just above, tried as the threshold."""
    rng = np.random.default_rng(2)
    negatives, positives = rng.integers(0, 40, 100) / 8, rng.integers(20, 80, 60) / 8
    candidates = np.concatenate([negatives, positives, negatives + 1e-6])
    kept = [t for t in candidates if (negatives >= t).mean() <= rate]
    found = threshold_at(positives, negatives, false_alarm_rate=rate)
    assert (positives >= found.value).sum() == max((positives >= t).sum() for t in kept)
    assert (negatives >= found.value).mean() <= rate


@pytest.mark.parametrize(
    ("negatives", "rate", "message"),
    [([], 0.1, "needs negatives"), ([float("nan")], 0.1, "number"), ([1.0], 1.5, "from 0 to 1")],
)
def test_nonsense_is_refused(negatives: list[float], rate: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        threshold_at([1.0], negatives, false_alarm_rate=rate)
