"""Learning a `Calibration` from queries whose answers are known. Pure.

Every threshold is set at a wanted share of false alarms among the queries whose print is not there, and what it then
does to the others is written down beside it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from search_model.evaluation.calibrate import threshold_at
from search_model.local.calibration import Calibration
from search_model.local.fusion import FEATURES, Evidence, feature_rows, fuse, is_whole, verdict_of
from search_model.local.verification import Match

Floats = NDArray[np.float64]
Expected = Literal["same_image", "shared_detail"]

# Shares of the queries whose print is not there. "Similar" is not a false alarm in the same sense: it only says that
# something looks alike, and every twentieth such query may be told so.
SAME_IMAGE_ALARMS, SHARED_DETAIL_ALARMS, SIMILAR_ALARMS, FOUND_ALARMS = 0.002, 0.01, 0.05, 0.01

# The strongest of some hundred false alarms is a bad guess of the strongest of thousands: of 404 of other prints
# a page or two in one typeface passed the fitted threshold, and none of 324 this many times it.
SAFETY = 1.3

# Of the prints that are there and covered, the share that is given up as too thinly matched. By strength alone or by
# density alone the strongest false alarms of type on type pass; their product is 0.53 at most where the strength is
# enough, that of 99 % of true matches 0.72.
LOST_TO_SOLIDITY = 0.01

# A print, or a detail of it, that is called a shared detail weighs more than the opposite: there are many more of them,
# and the simulated details lie on a table, whose pattern makes them look like a part of something else.
SAME_COUNTS = 10.0
# Beside a verified match the cosine says nothing, and its weight comes out as 0; where nothing verifies it is what
# there is to go by (fitted to such candidates alone its weight is 13, that of the votes 3).
LEAST_COSINE_WEIGHT = 5.0


@dataclass(frozen=True)
class Case:
    """A query with a known answer, and the evidence about its candidates.

    Attributes:
        kind: how the query was made.
        right: the images that it shows, with the verdict that each should get; empty when none is in the index.
        evidence: one for each candidate.
        passed_over: images that are neither right nor wrong to find, such as a known copy of the one left out.
    """

    kind: str
    right: dict[int, Expected]
    evidence: Sequence[Evidence]
    passed_over: frozenset[int] = field(default_factory=frozenset)

    @property
    def judgeable(self) -> list[Evidence]:
        """The evidence less what is passed over."""
        return [e for e in self.evidence if e.image_id not in self.passed_over]


def fit(cases: Sequence[Case], *, descriptor: str, codec: str, measured_on: str) -> Calibration:
    """The calibration that these cases teach.

    Args:
        cases: of queries whose print is there and of queries whose print is not; both are needed.
        descriptor: id of what the cosines came from.
        codec: id of what the votes came from.
        measured_on: says in words what the cases were.

    Raises:
        ValueError: one of the two sorts of case is missing.
    """
    absent, present = [c for c in cases if not c.right], [c for c in cases if c.right]
    if not absent or not present:
        raise ValueError("a calibration needs queries whose print is there, and queries whose print is not")
    typical = float(np.median([_best_cosine(c) for c in absent]))
    bias, weights = _fused(cases, typical)
    first = Calibration(
        descriptor, codec, bias, weights, typical, 0.0, *_whole(present), 0.0, 0.0, 0.0, {}, {}, measured_on
    )
    calibration = _with_thresholds(first, absent)
    return replace(calibration, false_alarms=rates(calibration, absent), detected=rates(calibration, present))


def _fused(cases: Iterable[Case], typical_cosine: float) -> tuple[float, dict[str, float]]:
    """Bias and weights of the logistic function of a candidate's being the print shown."""
    rows = np.vstack([feature_rows(c.judgeable, typical_cosine=typical_cosine) for c in cases if c.judgeable])
    right = np.array([e.image_id in c.right for c in cases for e in c.judgeable])
    bias, *fitted = _weights(rows, right, range(len(FEATURES)))
    weights = dict(zip(FEATURES, fitted, strict=True))
    added = max(0.0, LEAST_COSINE_WEIGHT - weights["cosine"])
    weights["cosine"] += added
    return bias - added * typical_cosine, weights


def _weights(rows: Floats, right: NDArray[np.bool_], used: Sequence[int]) -> list[float]:
    """Bias and weights, 0 for features not used: one with a negative weight is left out, the worst first.

    More votes never speak against a candidate, whatever a small sample says beside five features like them.
    """
    model = LogisticRegression(C=10.0, max_iter=2000).fit(rows[:, used], right)
    gains = model.coef_[0].tolist()
    if min(gains) < 0 and len(used) > 1:
        return _weights(rows, right, [i for i, gain in zip(used, gains, strict=True) if gain > min(gains)])
    weights = np.zeros(len(FEATURES))
    weights[list(used)] = model.coef_[0]
    return [float(model.intercept_[0]), *weights.tolist()]


def _whole(present: Sequence[Case]) -> tuple[float, float]:
    """The least coverage and the least solidity of a match of all that is to be seen."""
    least = _split(present)
    covered = [match.solidity for match in _right_matches(present, "same_image") if match.coverage >= least]
    return least, float(np.quantile(covered, LOST_TO_SOLIDITY)) if covered else 0.0


def _split(present: Sequence[Case]) -> float:
    """The coverage that parts whole prints and details from shared details at the least cost of mistakes."""
    whole, shared = (_coverages(present, expected) for expected in ("same_image", "shared_detail"))
    if not len(whole) or not len(shared):
        return 0.5
    tried = np.linspace(0.3, 0.95, 66)
    mistakes = [SAME_COUNTS * (whole < value).mean() + (shared >= value).mean() for value in tried]
    return float(tried[int(np.argmin(mistakes))])


def _coverages(cases: Iterable[Case], expected: str) -> Floats:
    return np.array([match.coverage for match in _right_matches(cases, expected)], dtype=np.float64)


def _right_matches(cases: Iterable[Case], expected: str) -> list[Match]:
    return [e.match for c in cases for e in c.evidence if c.right.get(e.image_id) == expected and e.match]


def _with_thresholds(first: Calibration, absent: Sequence[Case]) -> Calibration:
    shared = _threshold([_best_strength(c, lambda _: True) for c in absent], SHARED_DETAIL_ALARMS)
    same = _threshold([_best_strength(c, lambda match: is_whole(match, first)) for c in absent], SAME_IMAGE_ALARMS)
    return replace(
        first,
        # To say that all of it is the same claims more than that a part is.
        same_image_strength=max(SAFETY * same, shared),
        shared_detail_strength=shared,
        similar_cosine=_threshold([_best_cosine(c) for c in absent], SIMILAR_ALARMS),
        found_score=_threshold([_best_score(c, first) for c in absent], FOUND_ALARMS),
    )


def _threshold(scores: Sequence[float], rate: float) -> float:
    return threshold_at([], scores, false_alarm_rate=rate).value


def _best_strength(case: Case, counts: Callable[[Match], bool]) -> float:
    return max((e.match.strength for e in case.judgeable if e.match and counts(e.match)), default=0.0)


def _best_cosine(case: Case) -> float:
    return max((e.cosine for e in case.judgeable if e.cosine is not None), default=-1.0)


def _best_score(case: Case, calibration: Calibration) -> float:
    return max((j.score for j in fuse(case.judgeable, calibration)), default=0.0)


def rates(calibration: Calibration, cases: Sequence[Case]) -> dict[str, float]:
    """Shares of the cases: any candidate with each verdict, and the best score at or above `found_score`.

    Where prints are right only those count, so that what is a false alarm for absent prints is a success here.
    """
    verdicts = [
        {verdict_of(e, calibration) for e in c.judgeable if not c.right or e.image_id in c.right} for c in cases
    ]
    found = {name: _share(name in v for v in verdicts) for name in ("same_image", "shared_detail", "similar")}
    return {**found, "found_score": _share(_best_score(c, calibration) >= calibration.found_score for c in cases)}


def _share(answers: Iterable[bool]) -> float:
    return round(float(np.mean([float(answer) for answer in answers])), 5)
