from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from search_model.evaluation.queries import make_query, shared_detail
from search_model.evaluation.simulate import photograph_with_quad
from search_model.local.calibration import Calibration
from search_model.local.codec import Codec
from search_model.local.features import LocalFeatures, extract_local, mirrored
from search_model.local.fusion import is_same_image
from search_model.local.verification import Match, distinct_places, verify
from tests.local.test_features import drawing

TRAINING = Path(__file__).parents[4] / "shared" / "data" / "training" / "images"
SIDE = 1000


def catalogued(picture: NDArray[np.uint8]) -> LocalFeatures:
    """As the catalogue keeps them: rounded, and the descriptors from codes."""
    codec = Codec.shipped()
    return codec.decode(codec.encode(extract_local(picture, role="catalogue")))


def found(match: Match | None) -> Match:
    assert match is not None
    return match


def test_the_match_lies_where_the_sheet_does() -> None:
    for seed in range(3):
        picture = drawing(seed)
        photograph, corners = photograph_with_quad(picture, seed=seed, severity="mild", size=SIDE)
        match = found(verify(extract_local(photograph, role="query"), catalogued(picture)))
        np.testing.assert_allclose(match.quad, corners / SIDE, atol=0.015)
        np.testing.assert_array_equal(match.record_quad, [[0, 0], [1, 0], [1, 1], [0, 1]])
        assert not match.mirrored
        assert match.inliers > 40
        assert match.coverage > 0.8


def test_a_mirrored_photograph_matches_in_the_mirror_alone() -> None:
    picture = drawing(4)
    photograph, corners = photograph_with_quad(picture, seed=4, severity="mild", size=SIDE)
    query = extract_local(np.ascontiguousarray(photograph[:, ::-1]), role="query")
    match = found(verify(mirrored(query), catalogued(picture)))
    assert match.mirrored
    np.testing.assert_allclose(match.quad, [1, 0] + corners / SIDE * [-1, 1], atol=0.015)
    plain = verify(query, catalogued(picture))
    assert plain is None or plain.strength < match.strength / 5


def test_another_picture_does_not_match() -> None:
    query = extract_local(photograph_with_quad(drawing(5), seed=5, size=SIDE)[0], role="query")
    match = verify(query, catalogued(drawing(6)))
    assert match is None or match.strength < Calibration.shipped().shared_detail_strength


def test_the_same_question_has_the_same_answer() -> None:
    picture = drawing(7)
    query = extract_local(photograph_with_quad(picture, seed=7, size=SIDE)[0], role="query")
    one, other = found(verify(query, catalogued(picture))), found(verify(query, catalogued(picture)))
    np.testing.assert_array_equal(one.homography, other.homography)
    np.testing.assert_array_equal(one.points, other.points)


def test_points_are_pairs_that_the_homography_joins() -> None:
    picture = drawing(8)
    query, record = extract_local(picture, role="query"), catalogued(picture)
    match = found(verify(query, record))
    assert match.points.shape == (64, 4)
    assert match.points.dtype == np.float32
    there = match.points[:, 2:].astype(np.float64) * [record.width, record.height]
    here = cv2.perspectiveTransform(there[None], match.homography)[0]
    apart = np.hypot(*(here - match.points[:, :2] * [query.width, query.height]).T)
    assert apart.max() < 5.1


def test_believed_pairs_are_enough() -> None:
    picture = drawing(9)
    query, record = extract_local(picture, role="query"), catalogued(picture)
    likeness = query.descriptors @ record.descriptors.T
    votes = np.column_stack([np.arange(len(query)), likeness.argmax(axis=1)]).astype(np.int32)
    by_votes, by_descriptors = found(verify(query, record, votes)), found(verify(query, record))
    assert abs(by_votes.inliers - by_descriptors.inliers) <= 0.1 * by_descriptors.inliers


@pytest.mark.parametrize("pairs", [None, np.empty((0, 2), np.int32)])
def test_nothing_to_compare_is_no_match(pairs: NDArray[np.int32] | None) -> None:
    blank = extract_local(np.full((80, 90, 3), 255, np.uint8), role="query")
    picture = extract_local(drawing(1), role="catalogue")
    assert verify(blank, picture, pairs) is None
    assert verify(picture, blank, pairs) is None


def test_two_works_in_one_photograph_are_each_found_in_their_place() -> None:
    left, right = drawing(10, height=500, width=400), drawing(11, height=500, width=400)
    wall = np.full((700, 1000, 3), 150, np.uint8)
    wall[100:600, 50:450], wall[100:600, 550:950] = left, right
    query = extract_local(wall, role="query")
    for picture, x in ((left, 50), (right, 550)):
        match = found(verify(query, catalogued(picture)))
        expected = np.array([(x, 100), (x + 400, 100), (x + 400, 600), (x, 600)]) / [1000, 700]
        np.testing.assert_allclose(match.quad, expected, atol=0.01)
        assert is_same_image(match, Calibration.shipped())
    stranger = verify(query, catalogued(drawing(12, height=500, width=400)))
    assert stranger is None or stranger.strength < Calibration.shipped().shared_detail_strength


def test_a_match_is_worth_what_its_places_exceed_chance_by() -> None:
    none = np.zeros((4, 2))
    match = Match(50, np.eye(3), none, none, 0.5, False, np.zeros((0, 4), np.float32), 30, 7.0)
    assert match.strength == pytest.approx((30 - 7) / 3)


def test_features_close_together_are_one_place() -> None:
    points = np.array([(0.001, 0.001), (0.02, 0.02), (0.026, 0.001), (0.5, 0.5), (0.51, 0.51)])
    assert distinct_places(points) == 3


def training_pictures(count: int) -> list[NDArray[np.uint8]]:
    if not TRAINING.is_dir():
        pytest.skip("needs ../shared/data/training")
    files = sorted(TRAINING.iterdir())[:: max(1, len(list(TRAINING.iterdir())) // count)][:count]
    return [np.ascontiguousarray(cv2.imread(str(file))[:, :, ::-1]) for file in files]


@pytest.mark.slow
def test_a_part_of_a_print_in_another_is_a_shared_detail_and_the_other_the_same_image() -> None:
    pictures, calibration = training_pictures(12), Calibration.shipped()
    records = [catalogued(picture) for picture in pictures]
    whole, shared = [], []
    for i, (picture, record) in enumerate(zip(pictures, records, strict=True)):
        host, host_record = pictures[i - 1], records[i - 1]
        query = extract_local(shared_detail(picture, host, seed=i), role="query")
        part, around = verify(query, record), verify(query, host_record)
        shared.append(part is not None and not is_same_image(part, calibration))
        whole.append(around is not None and is_same_image(around, calibration))
    assert np.mean(shared) >= 0.3
    assert np.mean(whole) > 0.7


@pytest.mark.slow
def test_a_photographed_detail_is_found_where_it_is() -> None:
    verified = []
    for i, picture in enumerate(training_pictures(8)):
        match = verify(extract_local(make_query("detail-20", picture, seed=i), role="query"), catalogued(picture))
        verified.append(match is not None)
    assert np.mean(verified) >= 0.75
