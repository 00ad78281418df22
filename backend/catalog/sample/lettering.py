"""Words on a plate: glyphs set along a straight line or a circle and written with a broad pen."""

from dataclasses import dataclass

import cv2
import numpy as np

from catalog.sample.curves import rotate
from catalog.sample.glyphs import glyph

Stroke = tuple[np.ndarray, float, float]  # points, thick, thin
SHARPNESS = 4  # letters are drawn this many times larger and averaged down


@dataclass(frozen=True)
class Hand:
    """A manner of writing; widths are shares of the height of the capitals, the pen's angle is in degrees."""

    thick: float
    thin: float
    slant: float
    pen: float
    serifs: bool


ROMAN = Hand(thick=0.15, thin=0.035, slant=0, pen=14, serifs=True)
BOLD = Hand(thick=0.22, thin=0.06, slant=0, pen=10, serifs=True)
ITALIC = Hand(thick=0.115, thin=0.03, slant=0.28, pen=24, serifs=False)
OPEN = Hand(thick=0.07, thin=0.05, slant=0, pen=0, serifs=True)


def text_width(text: str, height: float, *, spacing: float = 0.06) -> float:
    """Length in pixels of a line of text with capitals of this height."""
    return sum(glyph(char)[0] / 100 + spacing for char in text) * height - spacing * height * bool(text)


def strokes_of(text: str, height: float, hand: Hand, spacing: float) -> list[Stroke]:
    """The line's strokes as (points, thick, thin), starting at (0, 0) on the baseline, y downwards."""
    strokes, x = [], 0.0
    for char in text:
        advance, lines, serifs = glyph(char)
        strokes += [(_set(line, x, height, hand), hand.thick * height, hand.thin * height) for line in lines]
        if hand.serifs:
            hair = max(hand.thin, 0.035) * height
            strokes += [(_set(line, x, height, hand), hair, hair) for line in serifs]
        x += (advance / 100 + spacing) * height
    return strokes


def _set(line: np.ndarray, x: float, height: float, hand: Hand) -> np.ndarray:
    sheared = np.stack([line[:, 0] + hand.slant * line[:, 1], -line[:, 1]], axis=1)
    return sheared * (height / 100) + (x, 0)


def bend(line: np.ndarray, cx: float, cy: float, radius: float, start: float, *, inside: bool) -> np.ndarray:
    """A line of writing laid round a circle from `start` degrees, its feet inwards (or outwards)."""
    sense = -1 if inside else 1
    angle = np.radians(start) + sense * line[:, 0] / radius
    reach = radius - sense * line[:, 1]
    return np.stack([cx + reach * np.cos(angle), cy + reach * np.sin(angle)], axis=1)


def ink_of_strokes(shape: tuple[int, int], strokes: list[Stroke], pen: float) -> np.ndarray:
    """Coverage, uint8 of `shape`, of strokes whose width follows their direction as a broad pen's does."""
    mask = np.zeros((shape[0] * SHARPNESS, shape[1] * SHARPNESS), np.uint8)
    for line, thick, thin in strokes:
        for quad in _quads(line * SHARPNESS, thick * SHARPNESS, max(thin * SHARPNESS, 1.6), pen):
            cv2.fillConvexPoly(mask, quad, 255, shift=4)
    return cv2.resize(mask, (shape[1], shape[0]), interpolation=cv2.INTER_AREA)


def _quads(line: np.ndarray, thick: float, thin: float, pen: float) -> np.ndarray:
    """One four-sided piece of ink for each step of the line; steps of a curve share their corners."""
    step = np.diff(line, axis=0)
    along = step / np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-6)[:, None]
    upright = np.abs(np.sin(np.arctan2(-along[:, 1], along[:, 0]) - np.radians(pen)))[:, None]
    side = np.stack([along[:, 1], -along[:, 0]], axis=1) * (thin + (thick - thin) * upright**1.3) / 2
    first, last = side.copy(), side.copy()
    bends = (along[1:] * along[:-1]).sum(axis=1) > 0.8
    first[1:][bends] = last[:-1][bends] = ((side[1:] + side[:-1]) / 2)[bends]
    a, b = line[:-1], line[1:]
    return np.round(np.stack([a + first, b + last, b - last, a - first], axis=1) * 16).astype(np.int32)


def turned(strokes: list[Stroke], degrees: float) -> list[Stroke]:
    """The same strokes turned clockwise about (0, 0)."""
    return [(rotate(line, degrees), thick, thin) for line, thick, thin in strokes]
