"""One rank and one verdict from votes, verification and the global descriptor. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from search_model.local.calibration import Calibration
from search_model.local.verification import Match

Verdict = Literal["same_image", "shared_detail", "similar"]
Floats = NDArray[np.float64]

FEATURES = ("votes", "lead", "strength", "coverage", "cosine")
MOST_LEAD = 3.0  # natural logarithm: 20 times the runner-up's votes says as much as 100 times


@dataclass(frozen=True, eq=False)
class Evidence:
    """What was found about one candidate.

    Attributes:
        image_id: the candidate.
        cosine: likeness of the global descriptors, None when the global road did not bring it.
        votes: of the local road, None when it did not bring it.
        match: how it lies in the query, None when it could not be verified or nobody tried.
    """

    image_id: int
    cosine: float | None = None
    votes: float | None = None
    match: Match | None = None


@dataclass(frozen=True, eq=False)
class Judged:
    """A candidate with its score, 0 to 1, and its verdict; None when it is not even similar."""

    image_id: int
    score: float
    verdict: Verdict | None
    evidence: Evidence


def fuse(evidence: Sequence[Evidence], calibration: Calibration) -> list[Judged]:
    """The candidates, best first; equal scores by cosine, then by id."""
    scores = scores_of(feature_rows(evidence, typical_cosine=calibration.typical_cosine), calibration)
    judged = [
        Judged(e.image_id, float(score), verdict_of(e, calibration), e)
        for e, score in zip(evidence, scores, strict=True)
    ]
    return sorted(judged, key=lambda j: (-j.score, -(j.evidence.cosine or 0.0), j.image_id))


def overall_verdict(judged: Sequence[Judged]) -> Literal["same_image", "shared_detail", "similar", "not_found"]:
    """The strongest verdict among the candidates."""
    found = {j.verdict for j in judged}
    strongest: tuple[Verdict, ...] = ("same_image", "shared_detail", "similar")
    return next((verdict for verdict in strongest if verdict in found), "not_found")


def verdict_of(evidence: Evidence, calibration: Calibration) -> Verdict | None:
    """What can be said of one candidate by itself."""
    match = evidence.match
    if match is not None and is_same_image(match, calibration):
        return "same_image"
    if match is not None and match.strength >= calibration.shared_detail_strength:
        return "shared_detail"
    if evidence.cosine is not None and evidence.cosine >= calibration.similar_cosine:
        return "similar"
    return None


def is_same_image(match: Match, calibration: Calibration) -> bool:
    """Whether all that could match does, throughout and surely."""
    return is_whole(match, calibration) and match.strength >= calibration.same_image_strength


def is_whole(match: Match, calibration: Calibration) -> bool:
    """Whether the match is one of all that is to be seen, and no thin one."""
    solid = match.solidity >= calibration.same_image_solidity
    return solid and match.coverage >= calibration.same_image_coverage


def scores_of(rows: Floats, calibration: Calibration) -> Floats:
    """The logistic function of `feature_rows`, float64 (n,)."""
    weights = np.array([calibration.weights[name] for name in FEATURES])
    return np.asarray(1 / (1 + np.exp(-(rows @ weights + calibration.bias))), dtype=np.float64)


def feature_rows(evidence: Sequence[Evidence], *, typical_cosine: float) -> Floats:
    """One row of `FEATURES` for each candidate, float64 (n, 5).

    "lead" is a candidate's votes against the most that any other one has, since what a vote is worth depends on the
    size of the collection and on how much there is to see in the query. A candidate whose cosine is not known had a
    smaller one than all that are.

    Args:
        evidence: of all candidates of one query.
        typical_cosine: for all of them when none is known.
    """
    votes = np.array([e.votes or 0.0 for e in evidence], dtype=np.float64)
    least = min((e.cosine for e in evidence if e.cosine is not None), default=typical_cosine)
    columns: dict[str, ArrayLike] = {
        "votes": np.log1p(votes),
        "lead": _lead(votes),
        "strength": [np.log1p(max(e.match.strength, 0.0)) if e.match else 0.0 for e in evidence],
        "coverage": [e.match.coverage if e.match else 0.0 for e in evidence],
        "cosine": [least if e.cosine is None else e.cosine for e in evidence],
    }
    return np.array([columns[name] for name in FEATURES], dtype=np.float64).T


def _lead(votes: Floats) -> Floats:
    if len(votes) == 0:
        return votes
    first = int(votes.argmax())
    others = np.full(len(votes), votes[first])
    others[first] = np.delete(votes, first).max(initial=0.0)
    smallest = 1e-3
    lead = np.log((votes + smallest) / (others + smallest))
    return np.asarray(np.where(votes > 0, np.clip(lead, -MOST_LEAD, MOST_LEAD), -MOST_LEAD))
