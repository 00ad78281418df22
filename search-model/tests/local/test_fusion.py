import math

import numpy as np
import pytest

from search_model.local.calibration import Calibration
from search_model.local.fusion import FEATURES, Evidence, feature_rows, fuse, overall_verdict, verdict_of
from search_model.local.verification import Match

CALIBRATION = Calibration(
    descriptor="d",
    codec="c",
    bias=-4.0,
    weights={"votes": 0.5, "lead": 1.0, "strength": 1.5, "coverage": 1.0, "cosine": 2.0},
    typical_cosine=0.5,
    same_image_strength=6.0,
    same_image_coverage=0.6,
    same_image_solidity=0.6,
    shared_detail_strength=4.0,
    similar_cosine=0.8,
    found_score=0.5,
    false_alarms={},
    detected={},
    measured_on="by hand",
)


def match(strength: float, coverage: float = 0.9, density: float = 0.3) -> Match:
    """With a strength of `strength`: chance 2, so that the deviation is 2."""
    none = np.zeros((4, 2))
    places = round(2 * strength + 2)
    return Match(60, np.eye(3), none, none, coverage, False, np.zeros((0, 4), np.float32), places, 2.0, density)


@pytest.mark.parametrize(
    ("evidence", "verdict"),
    [
        (Evidence(1, match=match(6.0, 0.6)), "same_image"),
        (Evidence(1, match=match(6.0, 0.59)), "shared_detail"),
        (Evidence(1, match=match(6.0, 0.9, 0.1)), "same_image"),
        (Evidence(1, match=match(6.0, 0.9, 0.09)), "shared_detail"),
        (Evidence(1, match=match(5.5, 0.9)), "shared_detail"),
        (Evidence(1, cosine=0.9, match=match(3.5)), "similar"),
        (Evidence(1, cosine=0.8), "similar"),
        (Evidence(1, cosine=0.79, votes=99.0), None),
        (Evidence(1), None),
    ],
)
def test_the_verdict_of_one_candidate(evidence: Evidence, verdict: str | None) -> None:
    assert verdict_of(evidence, CALIBRATION) == verdict


def test_the_overall_verdict_is_the_strongest() -> None:
    cases = [
        ([], "not_found"),
        ([Evidence(1)], "not_found"),
        ([Evidence(1), Evidence(2, cosine=0.9)], "similar"),
        ([Evidence(1, cosine=0.9), Evidence(2, match=match(4.0))], "shared_detail"),
        ([Evidence(1, match=match(4.0)), Evidence(2, match=match(9.0))], "same_image"),
    ]
    for evidence, verdict in cases:
        assert overall_verdict(fuse(evidence, CALIBRATION)) == verdict


def test_features_by_hand() -> None:
    evidence = [
        Evidence(1, cosine=0.7, votes=3.0, match=match(6.5, 0.4)),
        Evidence(2, votes=1.0),
        Evidence(3, cosine=0.6),
    ]
    ratio = math.log(3.001 / 1.001)
    # votes, lead, strength, coverage, cosine
    expected = [
        [math.log(4), ratio, math.log(7.5), 0.4, 0.7],
        [math.log(2), -ratio, 0, 0, 0.6],
        [0, -3, 0, 0, 0.6],
    ]
    rows = feature_rows(evidence, typical_cosine=0.5)
    assert FEATURES == ("votes", "lead", "strength", "coverage", "cosine")
    np.testing.assert_allclose(rows, expected, atol=1e-12)


def test_scores_are_the_logistic_function() -> None:
    judged = fuse([Evidence(7, cosine=0.9, votes=2.0, match=match(6.5, 0.8))], CALIBRATION)[0]
    total = -4 + 0.5 * math.log(3) + 1.0 * 3 + 1.5 * math.log(7.5) + 0.8 + 2 * 0.9
    assert judged.score == pytest.approx(1 / (1 + math.exp(-total)))
    assert (judged.image_id, judged.verdict) == (7, "same_image")


def test_no_cosine_at_all_leaves_the_typical_one() -> None:
    assert feature_rows([Evidence(1), Evidence(2)], typical_cosine=0.5)[:, -1].tolist() == [0.5, 0.5]


def test_the_best_is_first_and_equal_ones_are_by_id() -> None:
    evidence = [Evidence(5, votes=1.0), Evidence(9, votes=4.0), Evidence(2, votes=1.0)]
    assert [j.image_id for j in fuse(evidence, CALIBRATION)] == [9, 2, 5]
    assert fuse([], CALIBRATION) == []


def test_inliers_do_not_reorder_blindly() -> None:
    """A print far ahead in votes stays first before one with a few inliers, as on flat paintings and small details."""
    evidence = [Evidence(1, votes=9.0), Evidence(2, votes=1.0, match=match(0.5, 0.2))]
    assert fuse(evidence, CALIBRATION)[0].image_id == 1
    assert fuse(evidence, Calibration.shipped())[0].image_id == 1
