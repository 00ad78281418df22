"""Beasts, plants and ships of emblems."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, mirror, moved, points, rectangle, ribbon, smooth
from catalog.sample.hatching import rings
from catalog.sample.motifs import nature, ships
from catalog.sample.motifs.devices import body
from catalog.sample.motifs.frames import leaf, veined_leaf
from catalog.sample.plate import Plate


def dolphin(plate: Plate, x: float, y: float, size: float) -> None:
    """A fish of fable that winds downwards."""
    spine = smooth(
        points((-0.28, -0.62), (0.25, -0.42), (0.2, -0.05), (-0.22, 0.2), (-0.12, 0.55), (0.24, 0.66)) * size,
        12,
    )
    outline = moved(
        ribbon(
            spine, np.interp(np.linspace(0, 1, len(spine)), [0, 0.12, 0.4, 1], [0.2, 0.42, 0.34, 0.06]) * size
        ),
        x,
        y,
    )
    body(plate, outline, tone=0.42)
    for lean in (-40, 40):
        veined_leaf(plate, x + 0.24 * size, y + 0.66 * size, size * 0.34, size * 0.16, lean, tone=0.4)
    plate.fill(ellipse(x - size * 0.17, y - size * 0.66, size * 0.035, size * 0.035))
    scales = [
        arc(x + cx * size, y + cy * size, size * 0.06, size * 0.05, 20, 160, 8)
        for cx, cy in spine[10:-14:2] / size + np.array([0.0, -0.02])
    ]
    plate.strokes(scales, 1.6)


def serpent(plate: Plate, x: float, y: float, size: float) -> None:
    """A snake that bites its tail."""
    ring = arc(x, y, size * 0.72, size * 0.72, -70, 272, 120)
    widths = np.interp(np.linspace(0, 1, 120), [0, 0.04, 0.1, 0.6, 1], [0.3, 0.34, 0.2, 0.2, 0.03]) * size
    outline = ribbon(ring, widths)
    plate.erase(outline)
    plate.shade(
        outline,
        lambda px, py: 0.3 + 0.3 * np.sin(np.arctan2(py - y, px - x) * 2 + 1),
        lambda px, py: np.arctan2(py - y, px - x) * 26,
        cross=(rings(x, y, 4),),
    )
    plate.outline(outline, 1.8)
    head = ring[3]
    plate.fill(ellipse(head[0] - 2, head[1] + size * 0.06, size * 0.03, size * 0.03))


def phoenix(plate: Plate, x: float, y: float, size: float) -> None:
    """A bird with spread wings above flames."""
    for side in (-1, 1):
        for index, spread in enumerate(np.linspace(-82, 8, 11)):
            length = size * (1.05 - 0.045 * index)
            feather = leaf(x + side * size * 0.14, y - size * 0.05, length, size * 0.15, spread)
            body(plate, feather if side > 0 else mirror(feather, x), tone=0.28, width=1.2)
    flames = [
        smooth(
            points((lean, 1.0), (lean * 0.8 + 0.08, 0.7), (lean * 0.9 - 0.05, 0.5), (lean * 0.6, 0.28))
            * size,
            7,
        )
        + np.array([x, y])
        for lean in np.linspace(-0.7, 0.7, 15)
    ]
    plate.strokes(flames, size * 0.07)
    torso = smooth(
        points((0, -0.5), (-0.16, -0.2), (-0.2, 0.2), (0, 0.55), (0.2, 0.2), (0.16, -0.2)) * size,
        8,
        closed=True,
    )
    body(plate, moved(torso, x, y), tone=0.35)
    head = smooth(
        points(
            (-0.1, -0.4),
            (-0.12, -0.62),
            (0.02, -0.76),
            (0.14, -0.68),
            (0.32, -0.62),
            (0.14, -0.58),
            (0.1, -0.4),
        )
        * size,
        6,
        closed=True,
    )
    body(plate, moved(head, x, y), tone=0.2)
    plate.fill(ellipse(x + size * 0.05, y - size * 0.66, size * 0.025, size * 0.025))


def oak(plate: Plate, rng: Generator, x: float, y: float, size: float) -> None:
    """An oak in full leaf."""
    nature.tree(plate, rng, x, y + size, size * 1.9, spread=0.3)


def sailing(plate: Plate, rng: Generator, x: float, y: float, size: float) -> None:
    """A ship under sail."""
    ships.ship(plate, rng, x, y + size * 0.7, size * 1.5)


def beehive(plate: Plate, rng: Generator, x: float, y: float, size: float) -> None:
    """A skep on a bench, bees about it."""
    for level in np.linspace(0, 1, 9)[::-1]:
        wide = size * (0.18 + 0.5 * np.sin(np.pi * (0.22 + 0.5 * (1 - level) + 0.05)))
        ring = ellipse(x, y + size * (0.66 - 1.2 * level), wide, size * 0.13)
        body(plate, ring, tone=0.34, degrees=80, width=1.6)
    plate.fill(ellipse(x, y + size * 0.6, size * 0.12, size * 0.1))
    body(plate, rectangle(x - size * 0.9, y + size * 0.8, x + size * 0.9, y + size * 0.9), tone=0.35)
    for _ in range(16):
        bx, by = x + rng.normal(0, size * 0.75), y - size * 0.3 + rng.normal(0, size * 0.4)
        plate.fill(ellipse(bx, by, 4.2, 2.6, 12))
        plate.outline(ellipse(bx - 2, by - 4, 4, 2, 12), 1)
        plate.outline(ellipse(bx + 3, by - 4, 4, 2, 12), 1)
