"""Where the sheet lies in a photograph of it, by its edges alone. Pure."""

import cv2
import numpy as np
from numpy.typing import NDArray

LONGEST_SIDE = 320  # pixels that the search runs at
SMALLEST_SHARE, LARGEST_SHARE = 0.12, 0.97  # of the photograph's area


def find_sheet(rgb: NDArray[np.uint8]) -> NDArray[np.float64] | None:
    """The sheet's corners, float64 (4, 2), fractions of the picture, clockwise from top left; None when unsure.

    Args:
        rgb: the photograph, uint8 (h, w, 3).
    """
    scale = LONGEST_SIDE / max(rgb.shape[:2])
    size = (max(8, round(rgb.shape[1] * scale)), max(8, round(rgb.shape[0] * scale)))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    edges = cv2.Canny(cv2.GaussianBlur(small, (5, 5), 0), 40, 120)
    outlines, _ = cv2.findContours(cv2.dilate(edges, np.ones((3, 3))), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    quads = [q for q in (_quadrilateral(outline, size) for outline in outlines) if q is not None]
    if not quads:
        return None
    best = max(quads, key=cv2.contourArea)
    return from_top_left(best / np.array(size, dtype=np.float64))


def _quadrilateral(outline: NDArray[np.int32], size: tuple[int, int]) -> NDArray[np.float32] | None:
    hull = cv2.convexHull(outline)
    share = cv2.contourArea(hull) / (size[0] * size[1])
    if not SMALLEST_SHARE <= share <= LARGEST_SHARE:
        return None
    corners = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, True), True).reshape(-1, 2)
    return corners.astype(np.float32) if len(corners) == 4 else None


def from_top_left(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """The four corners clockwise on the screen, that one first which is nearest to the top left."""
    around = corners - corners.mean(axis=0)
    clockwise = corners[np.argsort(np.arctan2(around[:, 1], around[:, 0]))]
    return np.roll(clockwise, -int(clockwise.sum(axis=1).argmin()), axis=0)
