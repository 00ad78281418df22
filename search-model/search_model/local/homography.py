"""Homographies between two flat pictures: estimated robustly, judged sane, and what part of the record they show.

A homography here takes pixels of the record to pixels of the query: float64 (3, 3), its last number 1.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Homography = NDArray[np.float64]
Points = NDArray[np.float64]

INLIER_PIXELS = 5.0  # of a query with a longest side of 720
SMALLEST_SCALE, LARGEST_SCALE = 0.05, 12.0  # of the query to the record, lengths
MOST_STRETCH = 4.0  # one direction against the other
MOST_FORESHORTENING = 3.0  # nearest corner against the farthest
NEAR_FRAME = 0.06  # a corner this far outside the query (fraction of its side) counts as shown
UNIT_SQUARE = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float64)


def estimate(
    record_points: Points, query_points: Points, *, pixels: float, in_mirror: bool = False
) -> Homography | None:
    """MAGSAC++ (Barath et al., CVPR 2020) over pairs of points (n, 2), n >= 4; the same answer every time."""
    # OpenCV refuses every sample that turns a triangle over, so a mirrored record is turned over beforehand.
    turned = np.diag([-1.0 if in_mirror else 1.0, 1.0, 1.0])
    upright = record_points * turned.diagonal()[:2]
    found = _magsac(upright, query_points, pixels)
    return None if found is None else found @ turned


def _magsac(record_points: Points, query_points: Points, pixels: float) -> Homography | None:
    params = cv2.UsacParams()
    params.threshold = pixels
    params.confidence = 0.999
    params.maxIterations = 1000
    params.score = cv2.SCORE_METHOD_MAGSAC
    params.loMethod = cv2.LOCAL_OPTIM_SIGMA
    params.final_polisher = cv2.MAGSAC
    params.randomGeneratorState = 0
    try:
        found, _ = cv2.findHomography(record_points.astype(np.float32), query_points.astype(np.float32), params)
    except cv2.error:  # all points on one line, or the same point again and again
        return None
    return _checked(found)


def refine(record_points: Points, query_points: Points) -> Homography | None:
    """Least squares over pairs of points (n, 2) that are all believed, n >= 4."""
    found, _ = cv2.findHomography(record_points.astype(np.float32), query_points.astype(np.float32), 0)
    return _checked(found)


def _checked(found: Any) -> Homography | None:
    usable = found is not None and found.shape == (3, 3) and np.isfinite(found).all()
    return np.asarray(found, dtype=np.float64) if usable else None


def affine(record_points: Points, query_points: Points) -> Homography | None:
    """Least squares without perspective over pairs of points (n, 2), n >= 3, for too few to tell perspective."""
    rows = np.column_stack([record_points, np.ones(len(record_points))])
    solution, _, rank, _ = np.linalg.lstsq(rows, query_points, rcond=1e-6)
    return np.vstack([solution.T, [0.0, 0.0, 1.0]]) if rank == 3 else None


def facing(homography: Homography, points: Points) -> Homography:
    """The same homography, scaled so that its third coordinate is 1 in the middle of these points of the record."""
    depth = float(points.mean(axis=0) @ homography[2, :2] + homography[2, 2])
    return homography / depth if depth else homography


def project(homography: Homography, points: NDArray[np.generic]) -> Points:
    """Points (n, 2) of the record in the query, float64 (n, 2); infinite for those behind the camera."""
    homogeneous = np.asarray(points, dtype=np.float64) @ homography[:, :2].T + homography[:, 2]
    depth = homogeneous[:, 2:]
    return np.divide(homogeneous[:, :2], depth, out=np.full_like(homogeneous[:, :2], np.inf), where=depth > 1e-9)


def inverse(homography: Homography) -> Homography:
    """From the query to the record; what lay before the camera still does."""
    return np.asarray(np.linalg.inv(homography), dtype=np.float64)


def project_keypoints(homography: Homography, keypoints: NDArray[np.float32]) -> Points:
    """Keypoints (n, 4) of the record as the query should show them: float64 (n, 4), x, y, diameter, angle.

    A small patch is moved by the Jacobian at its place: its direction by the matrix, its diameter by the root of the
    determinant. What lies behind the camera is infinitely far away.
    """
    there = keypoints.astype(np.float64)
    depth = there[:, :2] @ homography[2, :2] + homography[2, 2]
    ahead = np.where(depth > 1e-9, depth, 1.0)
    here = (there[:, :2] @ homography[:2, :2].T + homography[:2, 2]) / ahead[:, None]
    jacobians = (homography[:2, :2] - here[:, :, None] * homography[2, :2]) / ahead[:, None, None]
    turn = np.deg2rad(there[:, 3])
    across, down = np.einsum("nij,nj->in", jacobians, np.column_stack([np.cos(turn), np.sin(turn)]))
    diameter = there[:, 2] * np.sqrt(abs(np.linalg.det(homography)) / ahead**3)
    expected = np.column_stack([here, diameter, np.rad2deg(np.arctan2(down, across)) % 360])
    expected[depth <= 1e-9, :2] = np.inf
    return expected


def rectangle_around(points: Points, *, margin: float = 0.0) -> Points:
    """Corners, float64 (4, 2), of the upright rectangle about the points, wider by `margin` of its sides all round."""
    low, high = points.min(axis=0), points.max(axis=0)
    room = margin * (high - low)
    return np.asarray(low - room + UNIT_SQUARE * (high - low + 2 * room), dtype=np.float64)


def is_sane(homography: Homography, rectangle: Points, *, in_mirror: bool) -> bool:
    """Whether a camera before a flat sheet could have made this homography of a rectangle of the record.

    The determinant of the Jacobian at a point is det(H) / w^3, w being the point's third coordinate. w is linear, so
    what holds at the four corners holds all over the rectangle: w > 0 there means that no part lies behind the camera,
    that the projection is convex, and that det(H) tells picture from mirror image.
    """
    depth = rectangle @ homography[2, :2] + homography[2, 2]
    if depth.min() <= 0 or depth.max() > MOST_FORESHORTENING * depth.min():
        return False
    determinant = float(np.linalg.det(homography))
    if (determinant < 0) != in_mirror or determinant == 0:
        return False
    longest, shortest = np.linalg.svd(_jacobian(homography, *rectangle.mean(axis=0)), compute_uv=False)
    return bool(longest <= LARGEST_SCALE and shortest >= SMALLEST_SCALE and longest <= MOST_STRETCH * shortest)


def _jacobian(homography: Homography, x: float, y: float) -> Points:
    u, v, w = homography @ [x, y, 1.0]
    return np.asarray((homography[:2, :2] - np.outer([u / w, v / w], homography[2, :2])) / w)


def shown_rectangle(
    homography: Homography, record_size: tuple[int, int], query_size: tuple[int, int], believed: Points
) -> Points:
    """The upright rectangle of the record that the query shows: float64 (4, 2), fractions of the record.

    The whole record when all its corners lie in the query's frame or near it. Where the homography puts a part of the
    record behind the camera it cannot be asked, and the rectangle about the believed points (n, 2) has to do.
    """
    corners = project(homography, UNIT_SQUARE * record_size)
    if not np.isfinite(corners).all():
        return (rectangle_around(believed) / record_size).clip(0, 1)
    inside = (corners / query_size > -NEAR_FRAME) & (corners / query_size < 1 + NEAR_FRAME)
    if inside.all():
        return UNIT_SQUARE.copy()
    area, common = cv2.intersectConvexConvex(corners.astype(np.float32), (UNIT_SQUARE * query_size).astype(np.float32))
    if area <= 0:
        return (rectangle_around(believed) / record_size).clip(0, 1)
    back = project(inverse(homography), common.reshape(-1, 2)) / record_size
    return rectangle_around(back).clip(0, 1)
