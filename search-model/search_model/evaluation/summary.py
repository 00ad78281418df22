"""From what each query found to the figures of an evaluation, as a dictionary that JSON can hold. Pure.

A road is a way to rank: "local" by votes, "global" by the descriptor, "fused" what a visitor gets.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from search_model.evaluation.metrics import mean_average_precision
from search_model.evaluation.rates import Share, area_under_curve

RANKS = (1, 5, 10, 50)
FUSED = "fused"
VERIFIED = ("same_image", "shared_detail")
VERDICTS = (*VERIFIED, "similar", "not_found")
NOT_HERE = "not_here"
HERE_OR_NOT = "normal"  # the kind of the present queries that the absent ones are compared with


@dataclass(frozen=True)
class Found:
    """What one road answered: ids of prints, best first, and the first one's score (any number if there is none)."""

    ranked: Sequence[int]
    score: float


@dataclass(frozen=True)
class Outcome:
    """What became of one query.

    Attributes:
        kind: what sort of query it was; a name of `queries.KINDS`, or another one.
        query: what a person calls it.
        shows: id of each print of the collection that the query shows, with the verdict that is right for it.
            Empty: what it shows is not in the collection.
        roads: by name.
        verdict: of the whole answer, None when none was given.
        verdicts: of the answered prints that were verified, by id.
        timings_ms: by stage.
        notices: codes of what the search said it could not do, for want of time for instance.
        made_of: id of the print that a simulated query was made of, also when that was left out.
    """

    kind: str
    query: str
    shows: Mapping[int, str]
    roads: Mapping[str, Found]
    verdict: str | None = None
    verdicts: Mapping[int, str] = field(default_factory=dict)
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    notices: Sequence[str] = ()
    made_of: int | None = None

    def rank(self, road: str = FUSED) -> int | None:
        """Place of the first right print, from 1; None when it was not answered."""
        ranked = self.roads[road].ranked
        return next((rank for rank, id_ in enumerate(ranked, start=1) if id_ in self.shows), None)

    @property
    def called_same(self) -> list[int]:
        """Prints called the same image that it does not show."""
        return [id_ for id_, verdict in self.verdicts.items() if verdict == "same_image" and id_ not in self.shows]


def summarised(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Every figure of the report.

    Shares are {"hits", "of", "value", "low", "high"}: value None when nothing was counted, low and high the 95 %
    interval of Wilson.

    Raises:
        ValueError: no outcomes.
    """
    if not outcomes:
        raise ValueError("there is nothing to sum up: no query was asked")
    present = [outcome for outcome in outcomes if outcome.shows]
    return {
        "queries": len(outcomes),
        "kinds": [_kind(name, group) for name, group in _by_kind(present).items()],
        "here": _here_or_not(outcomes),
        "verdicts": _verdicts(outcomes),
        "timings_ms": _timings(outcomes),
        "notices": dict(Counter(code for outcome in outcomes for code in sorted(set(outcome.notices)))),
    }


def worst(outcomes: Iterable[Outcome], most: int) -> list[Outcome]:
    """Queries of which a print that is there was not answered first: those not answered at all, then by rank."""
    missed = [outcome for outcome in outcomes if outcome.shows and outcome.rank() != 1]
    missed.sort(key=lambda outcome: -(outcome.rank() or 10**9))
    return missed[:most]


def _by_kind(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.kind, []).append(outcome)
    return groups


def _kind(name: str, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    said = [outcome.verdict for outcome in outcomes]
    return {
        "kind": name,
        "queries": len(outcomes),
        "roads": {road: _road(road, outcomes) for road in outcomes[0].roads},
        "verdicts": {verdict: said.count(verdict) for verdict in VERDICTS},
    }


def _road(road: str, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    ranks = [outcome.rank(road) for outcome in outcomes]
    recall = {str(k): _share(sum(r is not None and r <= k for r in ranks), len(ranks)) for k in RANKS}
    ranked = [outcome.roads[road].ranked for outcome in outcomes]
    return {"recall": recall, "map": mean_average_precision(ranked, [outcome.shows for outcome in outcomes])}


def _here_or_not(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """How well the first answer's score tells a print that is there from one that is not."""
    absent = [outcome for outcome in outcomes if not outcome.shows]
    present = [outcome for outcome in outcomes if outcome.shows]
    alike = [outcome for outcome in present if outcome.kind == HERE_OR_NOT] or present
    said = [outcome.verdict for outcome in absent]
    return {
        "absent": len(absent),
        "present": len(alike),
        "area": {road: _area(road, alike, absent) for road in outcomes[0].roads} if absent and alike else {},
        "absent_same_image": _share(sum(bool(outcome.called_same) for outcome in absent), len(absent)),
        "absent_verdicts": {verdict: said.count(verdict) for verdict in VERDICTS},
    }


def _area(road: str, present: Sequence[Outcome], absent: Sequence[Outcome]) -> float:
    high, low = ([outcome.roads[road].score for outcome in group] for group in (present, absent))
    return area_under_curve(high, low)


def _verdicts(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Precision and recall of each verdict.

    A print that the query shows is rightly said to share a detail even where more could be said, so that counts
    for the precision of "shared_detail", though not for any recall.
    """
    figures = {verdict: _verdict(verdict, outcomes) for verdict in VERIFIED}
    said = [outcome for outcome in outcomes if outcome.verdict is not None]
    quiet = [outcome for outcome in said if outcome.verdict not in VERIFIED]
    right = sum(not outcome.shows for outcome in quiet)
    due = sum(not outcome.shows for outcome in said)
    return {**figures, NOT_HERE: {"precision": _share(right, len(quiet)), "recall": _share(right, due)}}


def _verdict(verdict: str, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    given = [
        outcome.shows.get(id_) for outcome in outcomes for id_, said in outcome.verdicts.items() if said == verdict
    ]
    true = [said == verdict or (said is not None and verdict == "shared_detail") for said in given]
    due = [
        outcome.verdicts.get(id_) == verdict
        for outcome in outcomes
        for id_, right in outcome.shows.items()
        if right == verdict and outcome.verdict is not None
    ]
    return {"precision": _share(sum(true), len(true)), "recall": _share(sum(due), len(due))}


def _timings(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """A stage that no query needed is left out."""
    stages = {stage: None for outcome in outcomes for stage, ms in outcome.timings_ms.items() if ms}
    return {stage: _percentiles([o.timings_ms[stage] for o in outcomes if stage in o.timings_ms]) for stage in stages}


def _percentiles(values: Sequence[float]) -> dict[str, float]:
    p50, p95 = np.percentile(values, [50, 95])
    return {"p50": round(float(p50), 1), "p95": round(float(p95), 1)}


def _share(hits: int, of: int) -> dict[str, Any]:
    share = Share(hits, of)
    low, high = share.interval
    return {"hits": hits, "of": of, "value": share.value, "low": round(low, 4), "high": round(high, 4)}
