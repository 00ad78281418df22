"""Which part of a picture is meant, and which way it is turned. Pure: pixels in, pixels out.

Crop and quad are fractions of the upright picture; turning and mirroring come after them, in this order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from catalog.images import Pixels, crop, mirror, rotate

Point = tuple[float, float]
Fractions = NDArray[np.float64]
SMALLEST_SIDE = 0.005
UNIT_SQUARE = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=np.float32)
# Where a point of a picture turned clockwise by so many degrees was before, in fractions of either.
BEFORE_TURN = {
    0: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    90: [[0, 1, 0], [-1, 0, 1], [0, 0, 1]],
    180: [[-1, 0, 1], [0, -1, 1], [0, 0, 1]],
    270: [[0, -1, 1], [1, 0, 0], [0, 0, 1]],
}


@dataclass(frozen=True)
class Area:
    """A rectangle, as fractions of width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Framing:
    """How to look at a picture. `quad`: four corners, clockwise from the one that belongs at the top left."""

    area: Area | None = None
    quad: tuple[Point, Point, Point, Point] | None = None
    degrees: int = 0
    mirrored: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the picture stays as it is."""
        return self == Framing()

    def enlargement(self) -> float:
        """How much larger the picture must be decoded so that the framed part has the size asked for."""
        if self.area is not None:
            return 1 / max(self.area.width, self.area.height)
        if self.quad is not None:
            corners = np.array(self.quad)
            return float(1 / max(np.ptp(corners, axis=0).max(), SMALLEST_SIDE))
        return 1.0


def framing_of(values: Mapping[str, Any]) -> Framing:
    """From what a request or a kept search has: `crop`, `quad`, `rotate`, `mirror`, none of them needed."""
    return Framing(
        area=Area(*values["crop"]) if values.get("crop") else None,
        quad=corners_of(values["quad"]) if values.get("quad") else None,
        degrees=int(values.get("rotate", 0)),
        mirrored=bool(values.get("mirror", False)),
    )


def corners_of(numbers: Sequence[float]) -> tuple[Point, Point, Point, Point]:
    """x, y of four corners, one after the other, as points."""
    a, b, c, d = zip(numbers[0::2], numbers[1::2], strict=True)
    return a, b, c, d


def framed(pixels: Pixels, framing: Framing) -> Pixels:
    """The framed part of a picture, uint8 RGB of shape (h, w, 3)."""
    if framing.area is not None:
        area = framing.area
        pixels = crop(pixels, x=area.x, y=area.y, width=area.width, height=area.height)
    if framing.quad is not None:
        pixels = rectified(pixels, framing.quad)
    pixels = rotate(pixels, degrees=framing.degrees)
    return mirror(pixels) if framing.mirrored else pixels


def upright_points(points: Fractions, framing: Framing) -> Fractions:
    """Points of the framed part, float64 (n, 2), fractions of it, as fractions of the upright whole picture.

    The inverse of `framed`; points beside the framed part stay beside it.
    """
    places = np.column_stack([points, np.ones(len(points))]) @ _upright_from_framed(framing).T
    # A point on the horizon of a slanted quad is infinitely far away.
    return np.asarray(places[:, :2] / np.where(np.abs(places[:, 2:]) < 1e-9, 1e-9, places[:, 2:]))


def _upright_from_framed(framing: Framing) -> Fractions:
    mirror_back = np.diag([-1.0, 1.0, 1.0]) if framing.mirrored else np.eye(3)
    mirror_back[0, 2] = float(framing.mirrored)
    return np.asarray(_upright_from_cut(framing) @ np.array(BEFORE_TURN[framing.degrees]) @ mirror_back)


def _upright_from_cut(framing: Framing) -> Fractions:
    if framing.quad is not None:
        corners = np.array(framing.quad, dtype=np.float32)
        return np.asarray(cv2.getPerspectiveTransform(UNIT_SQUARE, corners), dtype=np.float64)
    area = framing.area or Area(0, 0, 1, 1)
    return np.array([[area.width, 0, area.x], [0, area.height, area.y], [0, 0, 1]])


def rectified(pixels: Pixels, quad: tuple[Point, Point, Point, Point]) -> Pixels:
    """The quadrangle pulled straight to a rectangle as long as its longer sides."""
    height, width = pixels.shape[:2]
    corners = np.array(quad, dtype=np.float32) * np.array([width, height], dtype=np.float32)
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    out_width, out_height = (max(1, round(max(sides[i], sides[i + 2]))) for i in (0, 1))
    target = np.array([[0, 0], [out_width, 0], [out_width, out_height], [0, out_height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    straight = cv2.warpPerspective(pixels, matrix, (out_width, out_height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(straight, dtype=np.uint8)


def is_convex(quad: tuple[Point, Point, Point, Point]) -> bool:
    """Whether the corners go clockwise around an area that is worth looking at."""
    corners = np.array(quad)
    sides = np.roll(corners, -1, axis=0) - corners
    following = np.roll(sides, -1, axis=0)
    turns = sides[:, 0] * following[:, 1] - sides[:, 1] * following[:, 0]
    return bool((turns > SMALLEST_SIDE**2).all())
