"""Snails, ammonites and cockles."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, moved, points, rotate, smooth
from catalog.sample.hatching import rings, straight
from catalog.sample.motifs.colours import WINGS, Colour
from catalog.sample.plate import Plate


def shadow(plate: Plate, at: np.ndarray, size: float) -> None:
    """The level shadow of a shell."""
    plate.shade(
        ellipse(at[0] + size * 0.28, at[1] + size * 0.86, size * 0.8, size * 0.16),
        0.5,
        straight(0, 3.8),
        tremble=0.4,
    )


def spire(plate: Plate, rng: Generator, at: np.ndarray, size: float) -> None:
    """A turret of whorls seen from the side, its mouth at the lower right."""
    colour = WINGS[int(rng.integers(len(WINGS)))][0]
    turns = int(rng.integers(6, 9))
    tops = at[1] - size + size * 1.75 * (np.arange(turns + 1) / turns) ** 1.35
    for index in range(turns):
        top, bottom = tops[index], tops[index + 1]
        wide = size * 0.58 * ((index + 1) / turns) ** 1.15
        lean = size * 0.05 * ((index + 1) / turns)
        whorl = _whorl(at[0], (top, bottom), wide, lean)
        plate.clear(whorl)
        _round_whorl(plate, whorl, at, wide, (top, bottom), colour)
        plate.outline(whorl, 1.3)
    mouth = rotate(
        ellipse(at[0] + size * 0.2, at[1] + size * 0.74, size * 0.22, size * 0.36),
        -20,
        (at[0] + size * 0.2, at[1] + size * 0.74),
    )
    plate.clear(mouth)
    plate.tint(mouth, (226, 170, 150), 0.6)
    plate.shade(
        mouth,
        lambda x, y: np.clip(0.8 - (x - at[0]) / size * 2.2, 0, 0.9),
        rings(at[0] + size * 0.5, at[1] + size * 0.7, 3.8),
    )
    plate.outline(mouth, 1.8)


def _whorl(x: float, ends: tuple[float, float], wide: float, lean: float) -> np.ndarray:
    """The outline of one turn between its two seams."""
    top, bottom = ends
    middle, slim = (top + bottom) / 2, wide * 0.86
    right = points((x + slim, top + lean), (x + wide, middle), (x + wide * 0.94, bottom))
    left = points((x - wide * 0.94, bottom - lean), (x - wide, middle), (x - slim, top))
    upper = arc(x, top + lean, slim, (bottom - top) * 0.2, 180, 360, 20)
    lower = arc(x, bottom, wide * 0.94, (bottom - top) * 0.34, 0, 180, 20)
    return np.concatenate([upper, smooth(right, 6), lower, smooth(left, 6)])


def _round_whorl(
    plate: Plate, whorl: np.ndarray, at: np.ndarray, wide: float, ends: tuple[float, float], colour: Colour
) -> None:
    """Flames of colour and shade on one turn of the spire."""
    top, bottom = ends

    def flames(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.asarray(0.3 + 0.25 * np.sin(np.arcsin(np.clip((x - at[0]) / wide, -1, 1)) * 9))

    def shade(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        side = 0.6 * np.clip((x - at[0]) / wide, -0.2, 1) ** 2
        groove = 0.5 * np.clip((y - bottom) / (bottom - top) + 0.1, 0, 1)
        return np.asarray(np.clip(0.06 + side + groove, 0, 0.9))

    def growth_lines(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.asarray(
            np.arcsin(np.clip((x - at[0] + (y - at[1]) * 0.1) / wide / 1.1, -1, 1)) * wide / 4.6
        )

    plate.tint(whorl, colour, flames)
    plate.shade(whorl, shade, growth_lines, cross=(straight(8, 3.8),), tremble=0.6)


def ammonite(plate: Plate, rng: Generator, at: np.ndarray, size: float) -> None:
    """A flat ribbed spiral."""
    t = np.linspace(0, 1, 420)
    angle = 2 * np.pi * 3.4 * t
    growth = size * 0.94 * np.exp(2.35 * (t - 1))
    outer = at + np.stack([growth * np.cos(angle), growth * np.sin(angle)], 1)
    inner = at + np.stack([growth * 0.52 * np.cos(angle), growth * 0.52 * np.sin(angle)], 1)
    for start in range(0, 414, 6):
        piece = np.concatenate([outer[start : start + 8], inner[start : start + 8][::-1]])
        plate.clear(piece)
        plate.tint(piece, (206, 170, 116), 0.5)
    edge = np.concatenate([outer, inner[::-1]])
    tone = _ammonite_tone(plate, at, size)
    plate.shade(
        edge[::1],
        tone,
        lambda x, y: np.arctan2(y - at[1], x - at[0]) * 26 + np.log(np.hypot(x - at[0], y - at[1]) + 1) * 5,
        cross=(rings(at[0], at[1], 4),),
        tremble=0.4,
    )
    plate.line(outer, 2)
    plate.line(inner[120:], 1.4)
    ribs = [
        smooth(
            np.stack(
                [inner[i], (inner[i] + outer[i]) / 2 + (outer[i] - inner[i]) * 0.04, outer[min(i + 5, 419)]]
            ),
            6,
        )
        for i in range(60, 415, 5)
    ]
    plate.strokes(ribs, size * 0.02)
    plate.strokes(
        [smooth(np.stack([inner[-1], (inner[-1] + outer[-1]) / 2 + (0, size * 0.08), outer[-1]]), 8)], 3
    )


def _ammonite_tone(plate: Plate, at: np.ndarray, size: float) -> np.ndarray:
    """Shade of the whorls: dark in the grooves between them and at the lower right."""
    dx, dy = plate.x - at[0], plate.y - at[1]
    reach = np.hypot(dx, dy) + 1e-3
    turn = np.log(reach / (size * 0.94)) / 2.35 * 3.4 - np.arctan2(dy, dx) / (2 * np.pi)
    place = turn - np.floor(turn)
    return np.asarray(
        np.clip(
            0.2 + 0.4 * np.cos(2 * np.pi * place) ** 2 * (place > 0.5) + 0.3 * (dx + dy) / size, 0, 0.9
        ).astype(np.float32)
    )


def cockle(plate: Plate, rng: Generator, at: np.ndarray, size: float) -> None:
    """A fan of ribs."""
    hinge = moved(at, 0, size * 0.72)
    ribs = 17
    edges = np.radians(np.linspace(-158, -22, ribs + 1))
    colour = WINGS[int(rng.integers(len(WINGS)))][0]
    for index in range(ribs):
        a, b = edges[index], edges[index + 1]
        middle = (a + b) / 2
        reach = size * (1.5 - 0.26 * abs(np.degrees(middle) + 90) / 68)
        fan = np.stack(
            [
                hinge,
                hinge + reach * 0.98 * np.array([np.cos(a), np.sin(a)]),
                hinge + reach * 1.05 * np.array([np.cos(middle), np.sin(middle)]),
                hinge + reach * 0.98 * np.array([np.cos(b), np.sin(b)]),
            ]
        )
        plate.clear(fan)
        _round_rib(plate, fan, hinge, size, middle, colour)
        plate.outline(fan, 1.1)
    for side in (-1, 1):
        ear = np.stack(
            [
                hinge,
                moved(hinge, side * size * 0.34, -size * 0.02),
                moved(hinge, side * size * 0.3, -size * 0.2),
            ]
        )
        plate.clear(ear)
        plate.hatch(ear, 0.4, 90, 3.4)
        plate.outline(ear, 1.3)


def _round_rib(
    plate: Plate, fan: np.ndarray, hinge: np.ndarray, size: float, middle: float, colour: Colour
) -> None:
    """Bands of colour and the shade of one rib."""

    def bands(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.asarray(0.24 + 0.34 * np.sin(np.hypot(x - hinge[0], y - hinge[1]) / size * 13) ** 2)

    def shade(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        turn = np.arctan2(y - hinge[1], x - hinge[0]) - middle
        return np.asarray(np.clip(0.28 + 2.4 * turn + 0.25 * np.cos(middle), 0, 0.85))

    plate.tint(fan, colour, bands)
    plate.shade(fan, shade, rings(hinge[0], hinge[1], 3.8), tremble=0.3)
