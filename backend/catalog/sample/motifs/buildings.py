"""Houses, churches, castles, ruins and bridges, seen from afar; light falls from the left."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, points, rectangle
from catalog.sample.hatching import ramp
from catalog.sample.plate import Plate


def block(
    plate: Plate,
    left: float,
    top: float,
    right: float,
    bottom: float,
    *,
    shadow: float = 0.5,
    light: float = 0.08,
) -> None:
    """A wall with its lit front and shaded right side."""
    split = left + (right - left) * 0.62
    plate.erase(rectangle(left, top, right, bottom))
    plate.hatch(rectangle(left, top, split, bottom), light, 90, 4)
    plate.hatch(rectangle(split, top, right, bottom), shadow, 0, 3.4)
    plate.outline(rectangle(left, top, right, bottom), 1)


def windows(
    plate: Plate, left: float, top: float, right: float, bottom: float, columns: int, rows: int
) -> None:
    """A grid of dark openings."""
    wide, high = (right - left) / columns, (bottom - top) / rows
    for column in range(columns):
        for row in range(rows):
            x, y = left + (column + 0.32) * wide, top + (row + 0.25) * high
            plate.fill(rectangle(x, y, x + 0.36 * wide, y + 0.5 * high), 0.85)


def house(plate: Plate, rng: Generator, x: float, foot: float, size: float) -> None:
    """A gabled house, its ridge along the picture."""
    wide, high, roof = (
        size * rng.uniform(0.8, 1.3),
        size * rng.uniform(0.5, 0.8),
        size * rng.uniform(0.4, 0.6),
    )
    block(plate, x, foot - high, x + wide, foot)
    top = points(
        (x - size * 0.05, foot - high),
        (x + size * 0.14, foot - high - roof),
        (x + wide - size * 0.14, foot - high - roof),
        (x + wide + size * 0.05, foot - high),
    )
    plate.erase(top)
    plate.hatch(top, rng.uniform(0.3, 0.62), rng.choice([0, 90, 70]), 3.2)
    plate.outline(top, 1)
    if size > 13:
        windows(plate, x, foot - high, x + wide * 0.62, foot, 2, 1)


def spire(plate: Plate, x: float, foot: float, wide: float, high: float, *, cap: float = 0.55) -> None:
    """A church tower with a pointed helm."""
    block(plate, x - wide / 2, foot - high * (1 - cap), x + wide / 2, foot)
    neck = foot - high * (1 - cap)
    helm = points((x - wide * 0.62, neck), (x, foot - high), (x + wide * 0.62, neck))
    plate.erase(helm)
    plate.hatch(helm, lambda px, _: np.clip(0.35 + (px - x) / wide, 0.1, 0.9), 78, 3)
    plate.outline(helm, 1)
    plate.line(points((x, foot - high - wide * 0.5), (x, foot - high)), 1)
    windows(plate, x - wide / 2, neck + wide * 0.2, x + wide / 2, neck + wide, 1, 1)


def dome(plate: Plate, x: float, foot: float, wide: float) -> None:
    """A round hall with a dome and its lantern."""
    block(plate, x - wide / 2, foot - wide * 0.55, x + wide / 2, foot)
    windows(plate, x - wide / 2, foot - wide * 0.5, x + wide / 2, foot - wide * 0.1, 4, 1)
    shell = arc(x, foot - wide * 0.55, wide * 0.46, wide * 0.5, 180, 360)
    plate.erase(shell)
    plate.hatch(shell, lambda px, _: np.clip(0.25 + (px - x) / wide * 1.3, 0, 0.9), 90, 3)
    plate.outline(shell, 1)
    block(plate, x - wide * 0.06, foot - wide * 1.2, x + wide * 0.06, foot - wide * 1.04)


def crenellated(
    plate: Plate, left: float, top: float, right: float, bottom: float, *, shadow: float = 0.55
) -> None:
    """A tower or wall with battlements."""
    block(plate, left, top, right, bottom, shadow=shadow, light=0.12)
    teeth = max(3, int((right - left) / 6))
    wide = (right - left) / (2 * teeth - 1)
    for tooth in range(teeth):
        x = left + 2 * tooth * wide
        block(plate, x, top - wide * 1.2, x + wide, top + 0.5, shadow=shadow)


def castle(plate: Plate, rng: Generator, x: float, foot: float, size: float) -> None:
    """A keep between lower towers."""
    crenellated(plate, x - size * 0.55, foot - size * 0.42, x + size * 0.6, foot)
    for place, wide, high in ((-0.6, 0.22, 0.7), (0.5, 0.2, 0.62), (-0.08, 0.3, 1.0)):
        left = x + place * size + rng.uniform(-0.04, 0.04) * size
        crenellated(plate, left, foot - high * size * rng.uniform(0.9, 1.1), left + wide * size, foot)
        windows(plate, left, foot - high * size * 0.8, left + wide * size * 0.7, foot - size * 0.3, 1, 2)


def town(plate: Plate, rng: Generator, left: float, right: float, foot: float, size: float) -> None:
    """Roofs crowded round a few spires."""
    for row in range(3):
        level = foot - (2 - row) * size * 0.5
        for x in np.arange(left, right, size * 0.8):
            if row == 1 and rng.random() < 0.13:
                spire(plate, x, level, size * 0.42, size * rng.uniform(2.2, 3.6))
            house(
                plate, rng, x + rng.uniform(-2, 2), level + rng.uniform(-2, 2), size * rng.uniform(0.7, 1.1)
            )


def bridge(plate: Plate, left: float, right: float, deck: float, foot: float, arches: int) -> None:
    """A stone bridge; its openings show what was drawn as water below it by leaving it blank and dark."""
    wide = (right - left) / arches
    rise = wide * 0.1
    outline = np.concatenate(
        [
            points((left, foot), (left, deck), ((left + right) / 2, deck - rise), (right, deck)),
            points((right, foot)),
        ]
    )
    plate.erase(outline)
    plate.hatch(outline, 0.3, 0, 4)
    plate.outline(outline, 1.2)
    for index in range(arches):
        middle, radius = left + (index + 0.5) * wide, wide * 0.36
        opening = np.concatenate(
            [
                points((middle + radius, foot)),
                arc(middle, foot - radius * 0.2, radius, (foot - deck) * 0.72, 0, -180, 24),
                points((middle - radius, foot)),
            ]
        )
        plate.erase(opening)
        plate.hatch(opening, ramp(0.8, across=-1 / (2.6 * radius), at=(middle - radius, 0)), 90, 3.4)
        plate.outline(opening, 1.3)


def ruined_arch(plate: Plate, rng: Generator, x: float, foot: float, wide: float, high: float) -> None:
    """A broken arch of ashlar with bushes on it."""
    spring, pier = foot - high * 0.45, wide * 0.24
    crest = [(x + wide * t, foot - high * (0.92 + rng.uniform(-0.1, 0.08))) for t in np.linspace(1, 0, 9)]
    body = np.concatenate(
        [
            points((x, foot), (x + pier, foot)),
            arc(x + wide / 2, spring, wide / 2 - pier, wide / 2 - pier, 180, 360, 30),
            points((x + wide - pier, foot), (x + wide, foot), *crest),
        ]
    )
    plate.erase(body)
    plate.hatch(body, lambda px, _: np.clip(0.22 + 0.45 * (px - x) / wide, 0, 1), 0, 4.4)
    plate.outline(body, 1.5)
    joints = [
        points((x + rng.uniform(0, 0.9) * wide, y), (x + rng.uniform(0, 0.9) * wide, y))
        for y in np.arange(foot - high * 0.84, foot, 11)
    ]
    plate.strokes(joints, 1.2)
