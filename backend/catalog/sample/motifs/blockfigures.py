"""Figures of a woodcutter: passers-by, ravens, a breaking wave."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, moved, points, rectangle, smooth
from catalog.sample.motifs.gouges import gouges
from catalog.sample.plate import Plate


def breaker(plate: Plate, rng: Generator, x: float, foot: float, size: float) -> None:
    """One curling wave with claws of foam."""
    back = smooth(points((0.9, 0.1), (0.75, -0.5), (0.35, -0.95), (-0.2, -1.05), (-0.6, -0.82)) * size, 20)
    front = smooth(
        points((-0.6, -0.82), (-0.3, -0.8), (0.0, -0.6), (0.06, -0.3), (-0.3, 0.0), (-0.9, 0.1)) * size, 20
    )
    body = moved(np.concatenate([back, front]), x, foot)
    plate.erase(body)
    plate.fill(body)
    for share in np.linspace(0.12, 0.92, 12):
        inner = back[::-1][: len(front)] if len(back) > len(front) else back[::-1]
        count = min(len(inner), len(front))
        line = inner[:count] * (1 - share) + front[:count] * share
        gouges(plate, rng, [moved(line[6:-4], x, foot)], 6.5)
    for at in back[24::5]:
        for _ in range(3):
            spot = at + rng.normal(0, size * 0.035, 2)
            plate.erase(ellipse(x + spot[0], foot + spot[1], size * 0.045, size * 0.04, 14))
            plate.outline(ellipse(x + spot[0], foot + spot[1], size * 0.045, size * 0.04, 14), 2.6)
    for _ in range(60):
        spot = points((x - 0.5 * size, foot - 0.9 * size))[0] + rng.normal(0, size * 0.22, 2)
        plate.fill(ellipse(spot[0], spot[1], 2.2, 2.2, 8))


def facade(plate: Plate, rng: Generator, foot: float) -> None:
    """House fronts with blinds, and wet cobbles before them."""
    plate.fill(rectangle(0, 0, plate.width, foot))
    for x in np.arange(26, plate.width - 50, 84).tolist():
        for y in (24, 150):
            plate.erase(rectangle(x, y, x + 44, y + 84))
            if rng.random() < 0.5:
                plate.strokes([points((x, y + s), (x + 44, y + s)) for s in range(6, 84, 9)], 4)
            plate.line(points((x + 22, y), (x + 22, y + 84)), 4)
    plate.strokes(
        [
            points((rng.uniform(0, plate.width * 0.5), y), (plate.width * rng.uniform(0.5, 1), y))
            for y in np.linspace(foot + 20, plate.height, 20)
        ],
        3,
    )


def passer_by(plate: Plate, rng: Generator, x: float, foot: float, size: float) -> None:
    """Somebody in a long coat under an umbrella."""
    coat = smooth(
        points((-0.08, -0.72), (-0.2, -0.5), (-0.3, -0.08), (0.24, -0.06), (0.2, -0.5), (0.08, -0.72)) * size,
        5,
    )
    coat = moved(coat, x, foot)
    plate.erase(coat)
    if rng.random() < 0.7:
        plate.fill(coat)
        plate.scratch([moved(points((0.02, -0.66), (-0.02, -0.1)) * size, x, foot)], 3)
    else:
        plate.outline(coat, 3)
        plate.strokes([moved(points((a, -0.6), (a * 2, -0.12)) * size, x, foot) for a in (-0.08, 0, 0.08)], 3)
    plate.fill(moved(points((-0.14, -0.08), (-0.12, 0), (0, 0), (-0.04, -0.08)) * size, x, foot))
    canopy = (
        np.concatenate(
            [
                arc(0, -0.84, 0.52, 0.4, 180, 360, 30),
                *[arc(0.52 - 0.26 * (k + 0.5), -0.84, 0.13, 0.06, 0, -180, 8) for k in range(4)],
            ]
        )
        * size
    )
    canopy = moved(canopy, x + 0.06 * size, foot)
    plate.erase(canopy)
    plate.fill(canopy)
    ribs = [
        smooth(points((0, -1.2), (a * 0.7, -1.08), (a, -0.86)) * size, 6) for a in (-0.3, -0.1, 0.12, 0.32)
    ]
    plate.scratch([moved(rib, x + 0.06 * size, foot) for rib in ribs], max(2.0, size * 0.022))


def raven(plate: Plate, rng: Generator, x: float, foot: float, size: float, face: int) -> None:
    """A black bird that looks to the right (`face` 1) or the left (-1)."""
    body = smooth(
        points(
            (-0.7, 0.28),
            (-0.4, -0.1),
            (-0.1, -0.55),
            (0.06, -0.82),
            (0.24, -0.9),
            (0.36, -0.8),
            (0.6, -0.7),
            (0.36, -0.66),
            (0.3, -0.4),
            (0.12, -0.06),
            (-0.1, 0.04),
            (-0.4, 0.16),
        )
        * size,
        7,
        closed=True,
    )
    outline = moved(body * (face, 1), x, foot)
    plate.erase(moved(body * (face * 1.04, 1.04), x, foot + size * 0.02))
    plate.fill(outline)
    plate.erase(ellipse(x + face * 0.25 * size, foot - 0.78 * size, size * 0.028, size * 0.028))
    wing = [
        smooth(
            points((0.04, -0.4), (-0.2 - k * 0.06, -0.2 + k * 0.02), (-0.5, 0.1 + k * 0.02))
            * size
            * (face, 1),
            8,
        )
        + np.array([x + face * k * 7, foot - k * 7])
        for k in range(4)
    ]
    gouges(plate, rng, wing, size * 0.024)
