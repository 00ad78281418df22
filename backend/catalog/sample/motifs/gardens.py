"""Gardens and mazes seen from straight above."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, rectangle, spiral
from catalog.sample.hatching import rays, rings, straight
from catalog.sample.lettering import ITALIC
from catalog.sample.motifs import cartography as signs
from catalog.sample.motifs import nature
from catalog.sample.motifs.frames import palmette, rosette
from catalog.sample.plate import Plate
from catalog.sample.sheets import Sheet


def garden(sheet: Sheet, rng: Generator) -> Plate:
    """A parterre from above with hedges, basins and avenues."""
    plate = Plate(640, 760, rng)
    plate.shade(None, 0.1, straight(0, 7))
    for x in (22, 618):
        for y in np.arange(20, 760, 24).tolist():
            signs.round_tree(plate, x, y, 11)
    for row in range(3):
        for column in range(2):
            _parterre(plate, 70 + column * 262, 40 + row * 238, 238, 206, row)
    for middle in (262, 500):
        basin = ellipse(320, middle, 40, 40)
        plate.erase(ellipse(320, middle, 54, 54))
        plate.outline(ellipse(320, middle, 54, 54), 1.6)
        plate.shade(basin, 0.42, rings(320, middle, 4))
        plate.outline(basin, 2)
        palmette(plate, 320, middle + 8, 26)
    return plate


def _parterre(plate: Plate, left: float, top: float, wide: float, high: float, kind: int) -> None:
    """One bed of embroidery in box, symmetrical both ways."""
    bed = rectangle(left, top, left + wide, top + high)
    plate.erase(bed)
    for inset, width in ((0, 4), (9, 1.2)):
        plate.outline(rectangle(left + inset, top + inset, left + wide - inset, top + high - inset), width)
    cx, cy = left + wide / 2, top + high / 2
    for sx in (-1, 1):
        for sy in (-1, 1):
            line = spiral(wide * 0.27, high * 0.26, wide * 0.17, 1.8 + 0.2 * kind, start=200 + 40 * kind)
            plate.strokes([line * (sx, sy) + np.array([cx, cy])], 7)
            second = spiral(wide * 0.1, high * 0.12, wide * 0.09, -1.4, start=30)
            plate.strokes([second * (sx, sy) + np.array([cx, cy])], 5)
            signs.round_tree(plate, cx + sx * wide * 0.44, cy + sy * high * 0.42, 9)
    rosette(plate, cx, cy, 20)


def labyrinth(sheet: Sheet, rng: Generator) -> Plate:
    """Concentric hedges with gates."""
    plate = Plate(660, 660, rng)
    c = 330.0
    plate.shade(None, 0.34 * (np.hypot(plate.x - c, plate.y - c) > 312), straight(45, 4.2), tremble=0.3)
    for index, radius in enumerate(np.arange(56, 312, 32.0)):
        gate = float(rng.uniform(0, 360))
        opening = 26 * 16 / radius * 2
        band = np.concatenate(
            [
                arc(c, c, radius + 9, radius + 9, gate + opening, gate + 360, 120),
                arc(c, c, radius - 9, radius - 9, gate + 360, gate + opening, 120),
            ]
        )
        plate.erase(band)
        plate.shade(
            band,
            lambda x, y: 0.62 + 0.3 * ((x - c) + (y - c)) / 500,
            rays(c, c, int(radius * 1.5)),
            tremble=1.6,
        )
        plate.outline(band, 1.8)
        if index < 7:
            for spoke in (gate + 90, gate + 210):
                a = np.radians(spoke)
                ray = np.array([np.cos(a), np.sin(a)])
                plate.line(
                    np.stack([np.array([c, c]) + (radius + 9) * ray, np.array([c, c]) + (radius + 23) * ray]),
                    9,
                )
    nature.tree(plate, rng, c, c + 26, 76)
    plate.letter_round("QVAERENDO INVENIETIS", (c, c), 292, -90, 13, hand=ITALIC)
    return plate
