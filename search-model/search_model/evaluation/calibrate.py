"""A threshold from scores that should be above it and scores that should not. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from search_model.evaluation.rates import Share


@dataclass(frozen=True)
class Threshold:
    """Scores at `value` and above count as a yes; what that would have done to the scores it was learnt from."""

    value: float
    false_alarms: Share
    detected: Share


def threshold_at(positives: ArrayLike, negatives: ArrayLike, *, false_alarm_rate: float) -> Threshold:
    """The lowest threshold that lets at most this share of the negatives through.

    It lies halfway between the negative that is just kept out and the next higher score of either side, or, above
    every score seen, as far above the highest negative as rounding needs; equal scores fall on one side together.

    Args:
        positives: float (n,), scores that should be at or above the threshold; may be empty.
        negatives: float (m,), scores that should be below it.
        false_alarm_rate: from 0 to 1.

    Raises:
        ValueError: no negatives, a score that is no number, or a rate outside [0, 1].
    """
    yes, no = (np.sort(np.asarray(scores, dtype=np.float64).ravel()) for scores in (positives, negatives))
    if not len(no) or np.isnan(yes).any() or np.isnan(no).any():
        raise ValueError("a threshold needs negatives, and every score must be a number")
    if not 0 <= false_alarm_rate <= 1:
        raise ValueError(f"the false-alarm rate is {false_alarm_rate}; give a share from 0 to 1")
    value = _between(yes, no, allowed=int(np.floor(false_alarm_rate * len(no) + 1e-9)))
    return Threshold(value, _at_least(no, value), _at_least(yes, value))


def _between(yes: np.ndarray, no: np.ndarray, *, allowed: int) -> float:
    """A value that exactly the scores above the last negative to be kept out reach; `yes` and `no` rise."""
    if allowed >= len(no):
        return float(min(no[0], yes[0] if len(yes) else no[0]))
    kept_out = no[len(no) - 1 - allowed]
    above = np.concatenate([no, yes])
    above = above[above > kept_out]
    return float((kept_out + above.min()) / 2) if len(above) else float(np.nextafter(kept_out, np.inf))


def _at_least(scores: np.ndarray, value: float) -> Share:
    return Share(int((scores >= value).sum()), len(scores))
