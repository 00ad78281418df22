"""Pictures with details that local features can tell apart, and what a phone makes of them."""

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
WIDTH, HEIGHT = 520, 400


def engraving(seed: int) -> Pixels:
    """Black strokes, arcs and hatchings on paper, uint8 RGB (400, 520, 3)."""
    rng = np.random.default_rng(1000 + seed)
    sheet = np.full((HEIGHT, WIDTH), 235, np.uint8)
    for _ in range(60):
        centre = _place(rng)
        axes = tuple(int(a) for a in rng.integers(6, 60, 2))
        start, angle = float(rng.uniform(0, 360)), float(rng.uniform(0, 180))
        cv2.ellipse(
            sheet, centre, axes, angle, start, start + float(rng.uniform(60, 360)), 20, 2, cv2.LINE_AA
        )
    for _ in range(40):
        _hatch(sheet, rng)
    return cv2.cvtColor(cv2.GaussianBlur(sheet, (3, 3), 0), cv2.COLOR_GRAY2RGB).astype(np.uint8, copy=False)


def _place(rng: np.random.Generator) -> tuple[int, int]:
    return int(rng.integers(20, WIDTH - 20)), int(rng.integers(20, HEIGHT - 20))


def _hatch(sheet: Pixels, rng: np.random.Generator) -> None:
    x, y = _place(rng)
    length, slope, gap = rng.integers(10, 40), rng.uniform(-1, 1), rng.integers(4, 9)
    for line in range(int(rng.integers(3, 9))):
        begin = (x, y + int(line * gap))
        cv2.line(sheet, begin, (x + int(length), begin[1] + int(slope * length)), 30, 1, cv2.LINE_AA)


def side_by_side(left: Pixels, right: Pixels) -> Pixels:
    """Two sheets on a grey table, uint8 RGB (600, 1200, 3): one at (40, 100), the other at (640, 100)."""
    table = np.full((600, 1200, 3), 120, np.uint8)
    table[100 : 100 + HEIGHT, 40 : 40 + WIDTH] = left
    table[100 : 100 + HEIGHT, 640 : 640 + WIDTH] = right
    return table


def on_table(sheet: Pixels) -> tuple[Pixels, NDArray[np.float64]]:
    """A sheet seen at an angle, uint8 RGB (700, 900, 3); its corners as fractions, its top left one first."""
    corners = np.array([[160, 120], [720, 150], [760, 590], [120, 560]], np.float32)
    source = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    table = np.full((700, 900, 3), 120, np.uint8)
    matrix = cv2.getPerspectiveTransform(source, corners)
    seen = cv2.warpPerspective(
        sheet, matrix, (900, 700), dst=table, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_TRANSPARENT
    )
    return np.asarray(seen, dtype=np.uint8), corners.astype(float) / [900, 700]


def outline_of(photograph: Pixels) -> NDArray[np.float64]:
    """The corners of the one sheet that `on_table` put there, however turned, as fractions."""
    paper = cv2.morphologyEx(photograph[..., 0], cv2.MORPH_CLOSE, np.ones((15, 15))) > 180
    hull = cv2.convexHull(np.argwhere(paper)[:, ::-1].astype(np.int32))
    corners = cv2.approxPolyDP(hull, 20, closed=True).reshape(4, 2)
    return np.asarray(corners / [photograph.shape[1], photograph.shape[0]], dtype=np.float64)
