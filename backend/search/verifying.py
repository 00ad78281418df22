"""Verification of the best candidates of both roads, in order, until the time is used up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from search_model.local.features import LocalFeatures
from search_model.local.verification import verify
from search_model.local.voting import Candidate

from search.ledger import Ledger
from search.looks import Look

Pairs = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Trial:
    """A record to verify in a picture; `pairs` are rows (query, record) of features that voted for it."""

    image_id: int
    look: Look
    query: LocalFeatures
    pairs: Pairs | None = None


class TimeLimit:
    """So many milliseconds of verification for one search, in several goes."""

    def __init__(self, milliseconds: float) -> None:
        self._left = milliseconds / 1000
        self.cut_short = False

    def within(self, trials: Iterable[Trial]) -> Iterable[Trial]:
        """The trials, one by one, as long as there is time; the first one always."""
        started = perf_counter()
        for trial in trials:
            if self._left <= perf_counter() - started:
                self.cut_short = True
                break
            yield trial
        self._left -= perf_counter() - started


def trials_of_votes(look: Look, query: LocalFeatures, candidates: Sequence[Candidate]) -> list[Trial]:
    """Candidates of the local road: their votes say which features belong together."""
    return [Trial(c.image_id, look, query, c.pairs) for c in candidates]


def verify_trials(
    trials: Iterable[Trial], records: Mapping[int, LocalFeatures], ledger: Ledger, limit: TimeLimit
) -> None:
    """Note what each trial shows; a record without stored features is passed over."""
    for trial in limit.within(trial for trial in trials if trial.image_id in records):
        match = verify(trial.query, records[trial.image_id], trial.pairs)
        ledger.note_check(trial.image_id, trial.look, match)
