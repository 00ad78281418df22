"""Butterflies and beetles, pinned and spread."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse, mirror, points, ribbon, smooth
from catalog.sample.hatching import rings, straight
from catalog.sample.motifs.colours import Colour
from catalog.sample.plate import Plate

FORE_WING = points(
    (0.04, -0.1),
    (0.3, -0.5),
    (0.8, -0.82),
    (1.02, -0.74),
    (0.94, -0.4),
    (0.86, -0.08),
    (0.4, 0.04),
    (0.06, 0.02),
)
BODY = points(
    (0, -0.26),
    (0.06, -0.14),
    (0.05, 0.1),
    (0.03, 0.46),
    (0, 0.56),
    (-0.03, 0.46),
    (-0.05, 0.1),
    (-0.06, -0.14),
)
LEGS = (
    points((0.34, -0.34), (0.7, -0.62), (0.86, -0.96)),
    points((0.42, 0.0), (0.84, 0.02), (1.0, 0.34)),
    points((0.36, 0.3), (0.72, 0.56), (0.76, 1.02)),
)
ARMOUR = (
    points((0, -0.42), (0.44, -0.36), (0.56, 0.1), (0.4, 0.66), (0, 0.94)),
    points((0, -0.72), (0.34, -0.66), (0.46, -0.44), (0.3, -0.36), (0, -0.36)),
    points((0, -0.98), (0.2, -0.9), (0.22, -0.74), (0, -0.68)),
)


def butterfly(
    plate: Plate, rng: Generator, at: np.ndarray, size: float, colours: tuple[Colour, Colour]
) -> None:
    """Spread wings with veins, margins and eyes."""
    tail, wave = rng.uniform(0, 0.3), rng.uniform(0, 0.03)
    hind = points(
        (0.05, 0),
        (0.5, -0.02),
        (0.82, 0.16),
        (0.74, 0.5),
        (0.52 + tail * 0.2, 0.72 + tail),
        (0.36, 0.6),
        (0.14, 0.42),
    )
    for knots, eye_at in ((hind, 0.56), (FORE_WING, 0.42)):
        shape = smooth(knots, 9, closed=True)
        shape = shape * (1 + wave * np.sin(np.linspace(0, 60, len(shape)))[:, None])
        eye = shape[int(len(shape) * eye_at)] * 0.66
        for side in (1, -1):
            _wing(plate, at, shape * (size * side, size), colours, eye * (size * side, size))
    body = smooth(BODY * size, 6, closed=True) + at
    plate.clear(body)
    plate.tint(body, colours[1], 0.7)
    plate.shade(body, 0.6, straight(0, 3.4))
    plate.outline(body, 1.4)
    for side in (-1, 1):
        feeler = smooth(points((0.02, -0.24), (0.12, -0.5), (0.3, -0.7)) * (side * size, size), 8) + at
        plate.strokes([feeler], 2)
        plate.fill(ellipse(feeler[-1][0], feeler[-1][1], 3, 3, 10))


def _wing(
    plate: Plate, at: np.ndarray, shape: np.ndarray, colours: tuple[Colour, Colour], eye: np.ndarray
) -> None:
    outline = shape + at
    plate.clear(outline)
    plate.tint(outline, colours[0], 0.62)
    inner = shape * 0.8 + at
    border = np.concatenate([outline, outline[:1], inner[:1], inner[::-1]])
    plate.tint(border, colours[1], 0.75)
    plate.shade(border, 0.5, rings(at[0], at[1], 3.4), tremble=0.4)
    plate.shade(
        inner, lambda x, y: 0.3 * np.exp(-np.hypot(x - at[0], y - at[1]) / 60), rings(at[0], at[1], 3.8)
    )
    veins = [
        smooth(np.stack([at + shape[0] * 0.2, at + shape[i] * 0.5, at + shape[i] * 0.97]), 6)
        for i in range(6, len(shape) - 4, 6)
    ]
    plate.strokes(veins, 1.5)
    middle = at + eye
    spot = ellipse(middle[0], middle[1], 9, 9, 24)
    plate.clear(spot)
    plate.tint(spot, (236, 220, 170), 0.7)
    plate.outline(spot, 2)
    plate.fill(ellipse(middle[0], middle[1], 4.4, 4.4, 16))
    plate.outline(outline, 1.5)


def beetle(
    plate: Plate, rng: Generator, at: np.ndarray, size: float, colour: Colour, *, horned: bool
) -> None:
    """Wing cases, breastplate, head, six jointed legs."""
    for side in (-1, 1):
        _limbs(plate, at, np.array([side * size, size]), horned=horned)
    for half in ARMOUR:
        _armour(plate, at, half * size, size, colour)
    plate.line(points((at[0], at[1] - size * 0.38), (at[0], at[1] + size * 0.93)), 2)
    grooves = [
        smooth(points((s * 0.1, -0.34), (s * 0.14 * k, 0.2), (s * 0.05 * k, 0.78)) * size, 8) + at
        for s in (-1, 1)
        for k in (1.2, 2.2, 3.0)
    ]
    plate.strokes(grooves, 1.4)


def _limbs(plate: Plate, at: np.ndarray, scale: np.ndarray, *, horned: bool) -> None:
    """Legs, feeler and perhaps a horn of one side; `scale` is (side * size, size)."""
    size = scale[1]
    for joints in LEGS:
        leg = smooth(joints * scale, 8) + at
        widths = np.interp(np.linspace(0, 1, len(leg)), [0, 0.5, 0.55, 1], [0.09, 0.11, 0.05, 0.02])
        plate.fill(ribbon(leg, widths * size), 0.95)
    plate.strokes([smooth(points((0.1, -0.86), (0.3, -1.08), (0.62, -1.12)) * scale, 8) + at], 3)
    if horned:
        horn = smooth(points((0.1, -0.86), (0.3, -1.1), (0.22, -1.4), (0.04, -1.46)) * scale, 8) + at
        plate.fill(ribbon(horn, np.linspace(0.14, 0.02, len(horn)) * size))


def _armour(plate: Plate, at: np.ndarray, half: np.ndarray, size: float, colour: Colour) -> None:
    """One plate of the shell, given as its right half, with a streak of light."""
    right = smooth(half, 8)
    outline = np.concatenate([right, mirror(right, 0)[::-1]]) + at
    plate.clear(outline)
    plate.tint(outline, colour, 0.75)

    def gloss(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        light = np.exp(-(((x - at[0] + size * 0.2) / (size * 0.1)) ** 2))
        return np.asarray(np.clip(0.42 + np.abs(x - at[0]) / size - 0.9 * light, 0.03, 1))

    def growth(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.asarray((y + 0.22 * np.abs(x - at[0])) / 3.6)

    plate.shade(outline, gloss, growth, cross=(straight(64, 3.6),), tremble=0.3)
    plate.outline(outline, 1.8)
