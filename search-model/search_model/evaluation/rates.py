"""Measures of yes-or-no answers: area under the curve, precision and recall, and how sure a counted share is. Pure."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Z_95 = 1.959963984540054  # standard normal quantile of 0.975


@dataclass(frozen=True)
class Share:
    """`hits` of `of` cases. `value` is None where there was no case: nothing was measured."""

    hits: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.hits <= self.of:
            raise ValueError(f"{self.hits} hits of {self.of} cases")

    @property
    def value(self) -> float | None:
        """The share that was seen."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the true one lies, 95 % sure; see `wilson_interval`."""
        return wilson_interval(self.hits, self.of)


def wilson_interval(hits: int, of: int, z: float = Z_95) -> tuple[float, float]:
    """Score interval of a proportion; (0, 1) when nothing was counted.

    Wilson: "Probable inference, the law of succession, and statistical inference", JASA 22 (1927). Unlike the
    usual normal interval it is honest at 0 of n and n of n, which is where good searches are.
    """
    if of == 0:
        return 0.0, 1.0
    seen = hits / of
    centre = (seen + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(seen * (1 - seen) / of + z * z / (4 * of * of))
    return max(0.0, centre - half), min(1.0, centre + half)


def area_under_curve(positives: ArrayLike, negatives: ArrayLike) -> float:
    """Chance that a positive's score is above a negative's, equal scores counting half (ROC AUC).

    Mann and Whitney's U over the number of pairs; Hanley, McNeil, Radiology 143 (1982).

    Args:
        positives: float (n,), scores of what should score high.
        negatives: float (m,), scores of what should score low.

    Raises:
        ValueError: either is empty, or a score is not a number.
    """
    high, low = _scores(positives), np.sort(_scores(negatives))
    below = np.searchsorted(low, high, side="left")
    equal = np.searchsorted(low, high, side="right") - below
    return float((below + equal / 2).sum() / (len(high) * len(low)))


def _scores(scores: ArrayLike) -> NDArray[np.float64]:
    values = np.asarray(scores, dtype=np.float64).ravel()
    if not len(values) or np.isnan(values).any():
        raise ValueError("an area under the curve needs scores on both sides, and each must be a number")
    return values
