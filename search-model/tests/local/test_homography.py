import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from search_model.local.homography import (
    UNIT_SQUARE,
    affine,
    estimate,
    facing,
    inverse,
    is_sane,
    project,
    project_keypoints,
    rectangle_around,
    refine,
    shown_rectangle,
)

SEEN_AT_AN_ANGLE = np.array([[0.9, -0.2, 120.0], [0.15, 1.1, 40.0], [2e-4, 3e-4, 1.0]])
MIRROR = np.array([[-1.0, 0, 400], [0, 1, 0], [0, 0, 1]])
SHEET = UNIT_SQUARE * [400, 300]


def scattered(count: int, seed: int = 0) -> NDArray[np.float64]:
    return np.random.default_rng(seed).uniform(0, [400, 300], (count, 2))


@pytest.mark.parametrize("in_mirror", [False, True])
def test_the_homography_is_found_among_wrong_pairs(in_mirror: bool) -> None:
    true = SEEN_AT_AN_ANGLE @ MIRROR if in_mirror else SEEN_AT_AN_ANGLE
    record = scattered(60)
    query = project(facing(true, record), record) + np.random.default_rng(1).normal(0, 0.5, (60, 2))
    query[:20] = scattered(20, seed=2)
    found = estimate(record, query, pixels=5.0, in_mirror=in_mirror)
    again = estimate(record, query, pixels=5.0, in_mirror=in_mirror)
    assert found is not None
    assert again is not None
    np.testing.assert_array_equal(found, again)
    corners = project(facing(found, record), SHEET)
    np.testing.assert_allclose(corners, project(facing(true, record), SHEET), atol=3)


def test_points_on_one_line_give_no_homography() -> None:
    line = np.column_stack([np.arange(8.0), 2 * np.arange(8.0)])
    found = estimate(line, line, pixels=5.0)
    assert found is None or not is_sane(facing(found, line), SHEET, in_mirror=False)
    assert affine(line, line) is None


def test_refine_and_affine_return_what_made_the_points() -> None:
    record = scattered(12)
    refined = refine(record, project(SEEN_AT_AN_ANGLE, record))
    assert refined is not None
    np.testing.assert_allclose(refined / refined[2, 2], SEEN_AT_AN_ANGLE, rtol=1e-3, atol=1e-3)
    plain = np.array([[2.0, 0.5, 7], [-0.25, 1.5, 9], [0, 0, 1]])
    fitted = affine(record, project(plain, record))
    assert fitted is not None
    np.testing.assert_allclose(fitted, plain, atol=1e-9)


def test_project_is_opencvs_and_infinite_behind_the_camera() -> None:
    points = scattered(20)
    theirs = cv2.perspectiveTransform(points[None], SEEN_AT_AN_ANGLE)[0]
    np.testing.assert_allclose(project(SEEN_AT_AN_ANGLE, points), theirs)
    behind = np.array([[1.0, 0, 0], [0, 1, 0], [-0.01, 0, 1]])
    assert np.isinf(project(behind, np.array([[200.0, 5.0]]))).all()


def test_keypoints_move_as_small_steps_do() -> None:
    keypoints = np.array([(50, 60, 8, 30), (300, 200, 5, 200), (10, 280, 12, 355)], np.float32)
    step = 1e-4
    for true in (SEEN_AT_AN_ANGLE, SEEN_AT_AN_ANGLE @ MIRROR):
        for (x, y, diameter, angle), (qx, qy, wide, turn) in zip(
            keypoints.tolist(), project_keypoints(true, keypoints), strict=True
        ):
            here = project(true, np.array([[x, y]]))[0]
            np.testing.assert_allclose([qx, qy], here)
            ahead = np.array([x, y]) + step * np.array([np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))])
            moved = project(true, ahead[None])[0] - here
            expected = np.rad2deg(np.arctan2(moved[1], moved[0])) % 360
            assert abs((turn - expected + 180) % 360 - 180) < 0.01
            triangle = project(true, np.array([[x, y], [x + step, y], [x, y + step]]))
            (a, b), (c, d) = triangle[1:] - triangle[0]
            assert wide == pytest.approx(diameter * np.sqrt(abs(a * d - b * c)) / step, rel=1e-3)


def test_keypoints_behind_the_camera_are_nowhere() -> None:
    behind = np.array([[1.0, 0, 0], [0, 1, 0], [-0.01, 0, 1]])
    expected = project_keypoints(behind, np.array([(200, 5, 4, 10), (10, 5, 4, 10)], np.float32))
    assert np.isinf(expected[0, :2]).all()
    assert np.isfinite(expected[1]).all()


@pytest.mark.parametrize(
    ("homography", "in_mirror", "sane"),
    [
        (np.eye(3), False, True),
        (np.eye(3), True, False),
        (MIRROR, True, True),
        (MIRROR, False, False),
        (SEEN_AT_AN_ANGLE, False, True),
        (np.diag([20.0, 20.0, 1.0]), False, False),  # too large
        (np.diag([0.01, 0.01, 1.0]), False, False),  # too small
        (np.diag([1.0, 6.0, 1.0]), False, False),  # stretched
        (np.array([[1.0, 0, 0], [0, 1, 0], [-0.01, 0, 1]]), False, False),  # half of it behind the camera
        (np.array([[1.0, 0, 0], [0, 1, 0], [0.02, 0, 1]]), False, False),  # far too oblique
        (np.array([[1.0, 1, 0], [1, 1, 0], [0, 0, 1]]), False, False),  # everything on one line
    ],
)
def test_what_is_sane(homography: NDArray[np.float64], in_mirror: bool, sane: bool) -> None:
    assert is_sane(homography, SHEET, in_mirror=in_mirror) is sane


def test_facing_turns_the_sign_round() -> None:
    points = scattered(5)
    np.testing.assert_allclose(
        project(facing(-3 * SEEN_AT_AN_ANGLE, points), points), project(SEEN_AT_AN_ANGLE, points)
    )


def test_inverse_goes_back() -> None:
    points = scattered(7)
    np.testing.assert_allclose(project(inverse(SEEN_AT_AN_ANGLE), project(SEEN_AT_AN_ANGLE, points)), points)


def test_rectangle_around_points_with_a_margin() -> None:
    corners = rectangle_around(np.array([[10.0, 20], [30, 60], [20, 30]]), margin=0.1)
    assert corners.tolist() == [[8, 16], [32, 16], [32, 64], [8, 64]]


def test_the_whole_record_is_shown_when_its_corners_are_in_the_frame_or_near_it() -> None:
    inside = np.array([[1.0, 0, 50], [0, 1, 50], [0, 0, 1]])
    nearly = np.array([[1.0, 0, -20], [0, 1, 50], [0, 0, 1]])
    for homography in (inside, nearly):
        shown = shown_rectangle(homography, (400, 300), (720, 720), scattered(5))
        np.testing.assert_array_equal(shown, UNIT_SQUARE)


def test_a_part_is_shown_when_the_frame_cuts_it() -> None:
    # Twice as large, moved left by 400 and up by 200: pixels 200 to 400 across and 100 to 300 down lie in the frame.
    close_up = np.array([[2.0, 0, -400], [0, 2, -200], [0, 0, 1]])
    shown = shown_rectangle(close_up, (400, 300), (720, 720), scattered(5))
    np.testing.assert_allclose(shown, UNIT_SQUARE * [0.5, 2 / 3] + [0.5, 1 / 3], atol=1e-6)


def test_where_the_record_would_lie_behind_the_camera_the_believed_points_say_what_is_shown() -> None:
    behind = np.array([[1.0, 0, 0], [0, 1, 0], [-0.01, 0, 1]])
    shown = shown_rectangle(behind, (400, 300), (720, 720), np.array([[20.0, 30], [60, 90]]))
    np.testing.assert_allclose(shown, UNIT_SQUARE * [0.1, 0.2] + [0.05, 0.1])
