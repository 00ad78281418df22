import numpy as np
import pytest

from search_model.local.calibration import Calibration
from search_model.local.fitting import LEAST_COSINE_WEIGHT, Case, Expected, fit, rates
from search_model.local.fusion import FEATURES, Evidence, fuse
from search_model.local.verification import Match


def match(places: int, coverage: float, density: float = 0.3) -> Match:
    none = np.zeros((4, 2))
    return Match(places, np.eye(3), none, none, coverage, False, np.zeros((0, 4), np.float32), places, 2.0, density)


def present(seed: int, expected: Expected = "same_image") -> Case:
    """A print far ahead of four others, all of it covered or a part."""
    rng = np.random.default_rng(seed)
    coverage = rng.uniform(0.75, 1.0) if expected == "same_image" else rng.uniform(0.2, 0.5)
    right = Evidence(0, rng.uniform(0.7, 0.9), rng.uniform(3, 9), match(int(rng.integers(30, 200)), coverage))
    others = [Evidence(i, rng.uniform(0.3, 0.6), rng.uniform(0, 1)) for i in range(1, 5)]
    return Case("photograph", {0: expected}, [right, *others])


def absent(seed: int, *, places: int = 0, coverage: float = 0.9, cosine: float = 0.5) -> Case:
    """Five others, the first with a weak match."""
    rng = np.random.default_rng(1000 + seed)
    seen = match(places, coverage) if places else None
    others = [Evidence(i, rng.uniform(0.2, 0.4), rng.uniform(0, 1)) for i in range(1, 5)]
    return Case("photograph", {}, [Evidence(0, cosine, rng.uniform(0, 1), seen), *others])


def cases() -> list[Case]:
    """100 of whole prints, 20 of shared details, 100 absent with strengths 0, 0.5, 1, … in an order of their own."""
    weak = [absent(i, places=2 + i % 10, cosine=0.4 + 0.002 * i) for i in range(100)]
    return [*(present(i) for i in range(100)), *(present(200 + i, "shared_detail") for i in range(20)), *weak]


def fitted(learnt_from: list[Case] | None = None) -> Calibration:
    return fit(learnt_from or cases(), descriptor="d@1", codec="c@2", measured_on="made-up queries")


def test_thresholds_let_the_wanted_share_of_absent_prints_through() -> None:
    calibration = fitted()
    # Cosines of the best rise by 0.002 from 0.4: five of a hundred lie at 0.590 and above.
    assert 0.588 < calibration.similar_cosine <= 0.59
    # Ten of a hundred have 11 places, (11 - 2) / 2 standard deviations; none may pass.
    assert calibration.same_image_strength > 4.5
    assert calibration.shared_detail_strength > 4.5
    assert calibration.false_alarms["same_image"] == 0
    assert calibration.false_alarms["similar"] == pytest.approx(0.05)
    assert calibration.false_alarms["found_score"] <= 0.01


def test_the_coverage_parts_whole_prints_from_shared_details() -> None:
    calibration = fitted()
    assert 0.45 < calibration.same_image_coverage < 0.8
    # One of the hundred is given up as thin, and is a shared detail then.
    assert calibration.detected["same_image"] == pytest.approx(99 / 120, abs=1e-4)
    assert calibration.detected["shared_detail"] == pytest.approx(21 / 120, abs=1e-4)


def test_type_that_lies_on_type_raises_no_threshold() -> None:
    # A page of another book: as strong as a print, all over the page, and thin.
    page = Case("photograph", {}, [Evidence(0, 0.5, 1.0, match(60, 0.9, density=0.05))])
    calibration = fitted([*cases(), page])
    assert match(60, 0.9, density=0.05).solidity < calibration.same_image_solidity
    assert calibration.same_image_strength < match(60, 0.9).strength  # by which it would pass
    assert rates(calibration, [page])["same_image"] == 0.0


def test_the_same_image_takes_no_less_than_a_shared_detail() -> None:
    strong_details = [absent(i, places=30, coverage=0.1) for i in range(10)]
    calibration = fitted([*cases(), *strong_details])
    assert calibration.same_image_strength >= calibration.shared_detail_strength > 13


def test_the_fused_score_finds_the_print_and_tells_it_from_absence() -> None:
    calibration = fitted()
    tops = {bool(c.right): [] for c in cases()}
    for case in cases():
        judged = fuse(case.evidence, calibration)
        assert not case.right or judged[0].image_id == 0
        tops[bool(case.right)].append(judged[0].score)
    assert min(tops[True]) > max(tops[False])


def test_no_weight_has_the_wrong_sign() -> None:
    # Cosines that speak against the right print by accident.
    odd = [Case(c.kind, c.right, [Evidence(e.image_id, 1 - (e.cosine or 0), e.votes, e.match) for e in c.evidence])
           for c in cases()]  # fmt: skip
    weights = fitted(odd).weights
    assert set(weights) == set(FEATURES)
    assert weights["cosine"] == LEAST_COSINE_WEIGHT
    assert all(weight >= 0 for weight in weights.values())


def test_what_is_passed_over_is_no_false_alarm() -> None:
    copy = absent(999, places=150)
    known = Case(copy.kind, {}, copy.evidence, frozenset({0}))
    without, with_copy = fitted(), fitted([*cases(), known])
    assert with_copy.same_image_strength == pytest.approx(without.same_image_strength)
    assert rates(without, [copy])["same_image"] == 1.0
    assert rates(without, [known])["same_image"] == 0.0


def test_it_is_what_the_json_says_it_is() -> None:
    calibration = fitted()
    assert (calibration.descriptor, calibration.codec) == ("d@1", "c@2")
    assert Calibration.from_json(calibration.to_json()) == calibration


@pytest.mark.parametrize("some", [[present(1)], [absent(1)], []])
def test_one_sort_of_query_teaches_nothing(some: list[Case]) -> None:
    with pytest.raises(ValueError, match="queries whose print is"):
        fit(some, descriptor="", codec="", measured_on="")
