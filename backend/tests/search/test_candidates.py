"""Which candidates are verified, for how long, and what is remembered of them."""

import numpy as np
import pytest
from search_model.knn.flat import FlatIndex
from search_model.local.verification import Match
from search_model.local.voting import Candidate

from search.global_road import cosines_of, nearest_images
from search.ledger import Ledger
from search.local_road import outstanding
from search.looks import Look
from search.matches import WHOLE
from search.verifying import TimeLimit, Trial

NO_ROWS = np.empty(0, np.int32)
LOOK, OTHER = Look(1, 1), Look(2, 2)


def candidates(*votes: float) -> list[Candidate]:
    return [Candidate(i, v, NO_ROWS, NO_ROWS, np.empty(0, np.float32)) for i, v in enumerate(votes)]


def match(inliers: int, *, places: int) -> Match:
    return Match(inliers, np.eye(3), WHOLE, WHOLE, 0.5, False, np.empty((0, 4), np.float32), places)


def test_of_few_candidates_all_stand_out() -> None:
    assert len(outstanding(candidates(*[1.0] * 19))) == 19


def test_the_first_four_and_what_has_twice_the_votes_of_the_twentieth_stand_out() -> None:
    some = candidates(9, 3, 2.5, 2, 2, 1.9, *[1.0] * 30)
    assert [c.image_id for c in outstanding(some)] == [0, 1, 2, 3, 4]
    assert len(outstanding(candidates(*[1.0] * 30))) == 4


@pytest.fixture
def slow_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock takes 100 ms."""
    ticks = iter(range(1000))
    monkeypatch.setattr("search.verifying.perf_counter", lambda: next(ticks) / 10)


def trials(count: int) -> list[Trial]:
    return [Trial(i, LOOK, None) for i in range(count)]


def test_verification_ends_when_the_time_is_used_up(slow_clock: None) -> None:
    limit = TimeLimit(350)
    assert [trial.image_id for trial in limit.within(trials(9))] == [0, 1, 2]
    assert limit.cut_short
    assert list(limit.within(trials(9))) == []


def test_with_time_enough_all_are_tried(slow_clock: None) -> None:
    limit = TimeLimit(5000)
    assert len(list(limit.within(trials(9)))) == 9
    assert not limit.cut_short


def test_the_best_of_each_kind_of_evidence_counts() -> None:
    ledger = Ledger()
    for cosine in (0.2, 0.7, 0.4):
        ledger.note_cosine(1, cosine)
    ledger.note_votes(1, 2.0)
    ledger.note_votes(1, 1.0)
    ledger.note_check(1, LOOK, match(40, places=10))
    ledger.note_check(1, OTHER, match(30, places=25))
    ledger.note_check(1, LOOK, None)
    [evidence] = ledger.evidence()
    assert (evidence.cosine, evidence.votes) == (0.7, 2.0)
    assert evidence.match is not None
    assert evidence.match.inliers == 30
    assert ledger.sightings[1].look is OTHER


def test_what_was_tried_in_vain_is_no_candidate_by_that_alone() -> None:
    ledger = Ledger()
    ledger.note_check(5, LOOK, None)
    ledger.note_votes(3, 1.0)
    ledger.note_cosine(2, 0.5)
    assert [e.image_id for e in ledger.evidence()] == [2, 3]
    assert ledger.checked == {5}


def test_nearest_images_of_several_vectors_are_those_of_a_slow_search() -> None:
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(200, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    index = FlatIndex(8)
    index.add(np.arange(1000, 1200), rows)
    vectors = rows[:3] + rng.normal(scale=0.1, size=(3, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    best = (vectors @ rows.T).max(axis=0)
    expected = sorted(range(200), key=lambda i: -best[i])
    hits = cosines_of(index, vectors, list(range(1000, 1200)))
    assert [hit.image_id - 1000 for hit in hits] == expected
    np.testing.assert_allclose([hit.cosine for hit in hits], best[expected], atol=1e-5)
    assert nearest_images(None, vectors, None, prints=5) == cosines_of(index, vectors, []) == []
