"""Wide views of a woodcutter: ploughed land, the sea, a lake by night."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse, moved, points, rectangle, smooth
from catalog.sample.motifs.blockfigures import breaker
from catalog.sample.motifs.gouges import (
    all_black,
    level_cuts,
    level_cuts_dark,
    poplar,
)
from catalog.sample.noise import fractal_noise, rough_line
from catalog.sample.plate import Plate
from catalog.sample.sheets import Sheet


def great_wave(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """Rows of swell with foam, the last one breaking."""
    width, height = plate.width, plate.height
    level_cuts_dark(plate, rng, height * 0.34)
    plate.fill(ellipse(width * 0.3, height * 0.17, 46, 46))
    for row in range(6):
        base = height * (0.36 + row * 0.11)
        t = np.linspace(0, width, 160)
        size = 16 + 11 * row
        top = base - size * np.abs(np.sin(t / (46 + 20 * row) + rng.uniform(0, 3))) ** 0.7
        body = np.concatenate([np.stack([t, top], 1), points((width, height), (0, height))])
        plate.erase(body)
        plate.line(np.stack([t, top], 1), 3 + row * 0.6)
        lines = [np.stack([t, top + 8 + k * (5 + row) + k**1.4], 1) for k in range(1, 7)]
        for k, line in enumerate(lines):
            pieces = [
                line[a : a + int(rng.integers(10, 26))] for a in range(int(rng.integers(0, 8)), 150, 27)
            ]
            plate.strokes(pieces, 2.4 + row * 0.7 + k * 0.4)
    breaker(plate, rng, width * 0.72, height * 0.92, width * 0.44)


def furrows(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """Ploughed land that runs to the horizon under a sun of rays."""
    width, height = plate.width, plate.height
    horizon = height * 0.4
    sun = points((width * 0.64, horizon * 0.62))[0]
    wedges = [(a, a + 0.055) for a in np.arange(0, 2 * np.pi, 0.13)]
    for a, b in wedges:
        plate.fill(
            sun
            + np.array(
                [
                    (60 * np.cos(a), 60 * np.sin(a)),
                    (1200 * np.cos(a), 1200 * np.sin(a)),
                    (1200 * np.cos(b), 1200 * np.sin(b)),
                ]
            )
        )
    plate.erase(rectangle(0, horizon, width, height))
    vanish = points((width * 0.36, horizon - 6))[0]
    for x in np.linspace(-2.4, 3.2, 42) * width:
        strip = np.array([vanish, (x, height), (x + width * 0.075, height)])
        plate.fill(strip)
    level_cuts(plate, rng, 0, width, horizon + 30, height - 6, 26, 3, length=60)
    hedge = horizon - 14 * np.abs(rough_line(rng, width))
    plate.fill(
        np.concatenate(
            [np.stack([np.arange(width), hedge - 4], 1), points((width, horizon + 8), (0, horizon + 8))]
        )
    )
    for x, size in ((0.14, 120), (0.22, 90), (0.88, 150)):
        poplar(plate, rng, x * width, horizon + 10, size)


def lake_moon(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """One boat in the path of the moon."""
    width, height = plate.width, plate.height
    all_black(plate)
    horizon = height * 0.4
    mx = width * 0.5
    clouds = fractal_noise(rng, plate.ink.shape, 170, 3)
    level_cuts(plate, rng, 0, width, 20, horizon - 60, 22, 4, length=170)
    plate.ink[(clouds > 0.1) & (plate.y < horizon)] = 255
    plate.erase(ellipse(mx, horizon * 0.5, 40, 40))
    far = horizon - 30 - 26 * rough_line(rng, width)
    plate.fill(np.concatenate([np.stack([np.arange(width), far], 1), points((width, horizon), (0, horizon))]))
    plate.scratch([np.stack([np.arange(0, width, 6.0), far[::6]], 1)], 4)
    for y in np.arange(horizon + 8, height, 11):
        spread = 30 + (y - horizon) * 0.42
        level_cuts(plate, rng, mx - spread, mx + spread, y, y + 2, 11, 6.5, length=spread * 0.8)
    level_cuts(plate, rng, 0, width, horizon + 12, height, 24, 2.4, length=70)
    hull = smooth(
        points((-0.5, -0.14), (-0.3, 0.06), (0.3, 0.06), (0.55, -0.18), (0, -0.06)) * 180, 8, closed=True
    )
    plate.erase(moved(hull * 1.08, mx, height * 0.72))
    plate.fill(moved(hull, mx, height * 0.72))
    rower = smooth(
        points((-0.1, -0.06), (-0.14, -0.34), (-0.02, -0.46), (0.1, -0.34), (0.1, -0.06)) * 180,
        6,
        closed=True,
    )
    plate.fill(moved(rower, mx, height * 0.72))
    plate.fill(ellipse(mx - 6, height * 0.72 - 92, 16, 19))
    plate.line(points((mx - 20, height * 0.66), (mx - 160, height * 0.79)), 6)
