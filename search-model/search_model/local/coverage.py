"""How much of what a query and a record could share do they share? Pure.

A detail that two prints share lies in the midst of features of both that have no counterpart; a photographed detail
of a print does not. Lines of type that happen to lie on those of another page are spread over all of it, but have
their counterparts few and far between.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from search_model.local.features import LocalFeatures
from search_model.local.homography import Homography, Points, inverse, project
from search_model.local.matching import Pairs

Mask = NDArray[np.bool_]

MARGIN = 0.03  # about the inliers, of the picture's longest side


def coverage(query: LocalFeatures, record: LocalFeatures, homography: Homography, inliers: Pairs) -> float:
    """The share, 0 to 1, of the features that could match which lie among the inliers.

    Of the query those that lie on the record could match, of the record those that the query's frame shows. What two
    prints share leaves some without a counterpart in both; a detail photographed on a table, or a reflection, in the
    record alone, which is why the query counts twice; a table's pattern in the query alone.
    """
    upon, shown = _could_match(query, record, homography)
    of_query = share_among(query.keypoints[upon, :2], query.keypoints[inliers[:, 0], :2], _margin(query))
    of_record = share_among(record.keypoints[shown, :2], record.keypoints[inliers[:, 1], :2], _margin(record))
    return (2 * of_query + of_record) / 3


def density(query: LocalFeatures, record: LocalFeatures, homography: Homography, inliers: Pairs) -> float:
    """The share, 0 to 1, of the features that could match which do, in that of the pictures that has fewer of them."""
    upon, shown = _could_match(query, record, homography)
    return len(inliers) / max(1, min(int(upon.sum()), int(shown.sum())))


def _could_match(query: LocalFeatures, record: LocalFeatures, homography: Homography) -> tuple[Mask, Mask]:
    """Which of the query's features lie on the record, and which of the record's the query's frame shows."""
    upon = _inside(project(inverse(homography), query.keypoints[:, :2]), record)
    return upon, _inside(project(homography, record.keypoints[:, :2]), query)


def share_among(places: NDArray[np.float32], inliers: NDArray[np.float32], margin: float) -> float:
    """The share of places (n, 2) inside the convex hull of the inliers (m, 2) or within `margin` of a side's line."""
    if not len(places) or len(inliers) < 3:
        return 0.0
    corners = cv2.convexHull(inliers.astype(np.float32)).reshape(-1, 2).astype(np.float64)
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.maximum(np.hypot(*sides.T), 1e-9)
    normals = np.column_stack([-sides[:, 1], sides[:, 0]]) / lengths[:, None]
    normals *= np.sign(((corners.mean(axis=0) - corners) * normals).sum(axis=1, keepdims=True))
    depth = places.astype(np.float64) @ normals.T - (corners * normals).sum(axis=1)
    return float((depth >= -margin).all(axis=1).mean())


def _margin(picture: LocalFeatures) -> float:
    return MARGIN * max(picture.width, picture.height)


def _inside(points: Points, picture: LocalFeatures) -> Mask:
    return np.asarray(((points >= 0) & (points <= [picture.width, picture.height])).all(axis=1))
