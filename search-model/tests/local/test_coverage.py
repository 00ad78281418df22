import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from search_model.local.coverage import coverage, density, share_among
from search_model.local.features import LocalFeatures


def at(places: list[tuple[float, float]], width: int = 100, height: int = 100) -> LocalFeatures:
    keypoints = np.array([(x, y, 4, 0) for x, y in places], np.float32).reshape(-1, 4)
    return LocalFeatures(width, height, keypoints, np.zeros((len(places), 128), np.float32))


def grid(left: int, top: int, right: int, bottom: int, step: int = 10) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x in range(left, right + 1, step) for y in range(top, bottom + 1, step)]


def same_rows(count: int) -> NDArray[np.int32]:
    return np.column_stack([np.arange(count), np.arange(count)]).astype(np.int32)


def test_share_among_is_opencvs_polygon_test() -> None:
    rng = np.random.default_rng(0)
    places, inliers = (rng.uniform(0, 100, (n, 2)).astype(np.float32) for n in (200, 9))
    hull = cv2.convexHull(inliers)
    inside = [cv2.pointPolygonTest(hull, (float(x), float(y)), measureDist=False) >= 0 for x, y in places]
    assert share_among(places, inliers, 0.0) == pytest.approx(np.mean(inside))


def test_share_among_with_a_margin_by_hand() -> None:
    square = np.array([(10, 10), (20, 10), (20, 20), (10, 20)], np.float32)
    places = np.array([(15, 15), (22, 15), (24, 15), (15, 8), (10, 20)], np.float32)
    assert share_among(places, square, 3.0) == pytest.approx(4 / 5)
    assert share_among(places, square[:2], 3.0) == 0.0
    assert share_among(places[:0], square, 3.0) == 0.0


def test_density_by_hand() -> None:
    query, record = at(grid(0, 0, 90, 90)), at(grid(0, 0, 90, 90) + grid(5, 5, 85, 85))
    assert density(query, record, np.eye(3), same_rows(25)) == pytest.approx(25 / 100)
    # Moved right by half the width: 50 of the query's lie on the record, and half of the record's in the frame.
    shift = np.array([[1.0, 0, 50], [0, 1, 0], [0, 0, 1]])
    assert density(query, query, shift, same_rows(10)) == pytest.approx(10 / 50)
    assert density(at([]), record, np.eye(3), same_rows(0)) == 0.0


def test_a_photograph_of_the_whole_is_covered() -> None:
    places = grid(0, 0, 90, 90)
    assert coverage(at(places), at(places), np.eye(3), same_rows(100)) == 1.0


def test_a_detail_two_prints_share_is_a_part_of_both() -> None:
    shared = grid(0, 0, 90, 30)  # 40 places in the upper part; each print has 60 of its own below
    own = grid(0, 40, 90, 90)
    others = [(x + 3, y + 3) for x, y in own]
    assert coverage(at(shared + own), at(shared + others), np.eye(3), same_rows(40)) == pytest.approx(0.4)


def test_a_photographed_detail_counts_what_the_frame_shows() -> None:
    # The query shows the record's upper left quarter, twice as large.
    record = at(grid(0, 0, 90, 90))
    rows = [i for i, (x, y) in enumerate(record.keypoints[:, :2].tolist()) if x <= 50 and y <= 50]
    query = at([tuple(2 * p) for p in record.keypoints[rows, :2]])
    pairs = np.column_stack([np.arange(len(rows)), rows]).astype(np.int32)
    assert coverage(query, record, np.diag([2.0, 2.0, 1.0]), pairs) == 1.0


def test_what_the_record_alone_leaves_unmatched_counts_half_as_much() -> None:
    shared, own = grid(0, 0, 90, 30), grid(0, 40, 90, 90)
    on_empty_table = coverage(at(shared), at(shared + own), np.eye(3), same_rows(40))
    assert on_empty_table == pytest.approx((2 * 1 + 0.4) / 3)
    on_pattern = coverage(at(shared + own), at(shared), np.eye(3), same_rows(40))
    assert on_pattern == pytest.approx((2 * 0.4 + 1) / 3)
