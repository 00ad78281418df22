"""The signs of old maps: compass roses, rhumb lines, molehill mountains, little towns, scales of miles."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse, points, regular_polygon, smooth
from catalog.sample.hatching import straight
from catalog.sample.lettering import ITALIC
from catalog.sample.motifs import buildings
from catalog.sample.plate import Plate


def rhumbs(plate: Plate, x: float, y: float, sea: np.ndarray, *, lines: int = 16) -> None:
    """Lines of the winds from one point, over the sea only (`sea` is 1 there)."""
    before = plate.ink.copy()
    reach = plate.width + plate.height
    spokes = [
        points((x, y), (x + reach * np.cos(a), y + reach * np.sin(a)))
        for a in np.arange(lines) * 2 * np.pi / lines
    ]
    plate.strokes(spokes, 1.1, tone=0.62, tapered=False)
    plate.ink = np.where(sea > 0.5, plate.ink, before)


def compass_rose(plate: Plate, x: float, y: float, radius: float) -> None:
    """Sixteen points, each half dark, with a lily to the north."""
    plate.erase(ellipse(x, y, radius * 0.8, radius * 0.8))
    for ring in (0.8, 0.74, 0.34):
        plate.outline(ellipse(x, y, radius * ring, radius * ring), 1)
    for length, turns in ((0.62, range(1, 16, 2)), (0.8, range(2, 16, 4)), (1, range(0, 16, 4))):
        for turn in turns:
            _ray(plate, x, y, radius * length, turn * 22.5 - 90, radius * 0.13)
    lily = smooth(
        points(
            (0, -0.34),
            (0.1, -0.16),
            (0.2, -0.2),
            (0.14, -0.02),
            (0, 0),
            (-0.14, -0.02),
            (-0.2, -0.2),
            (-0.1, -0.16),
        )
        * radius,
        5,
        closed=True,
    )
    plate.fill(lily + np.array([x, y - radius]))


def _ray(plate: Plate, x: float, y: float, length: float, degrees: float, width: float) -> None:
    a = np.radians(degrees)
    tip = np.array([x + length * np.cos(a), y + length * np.sin(a)])
    for side in (-1, 1):
        b = a + side * np.pi / 8
        waist = np.array([x + width * 1.6 * np.cos(b), y + width * 1.6 * np.sin(b)])
        half = np.stack([np.array([x, y]), waist, tip])
        plate.erase(half)
        if side > 0:
            plate.fill(half, 0.95)
        plate.outline(half, 0.9)


def molehill(plate: Plate, rng: Generator, x: float, y: float, size: float) -> None:
    """A mountain as a little hill, shaded at the right."""
    edge = smooth(
        points((-0.8, 0), (-0.4, -0.42), (-0.1, -0.85 - rng.uniform(0, 0.25)), (0.3, -0.5), (0.85, 0)) * size
    )
    edge = edge + np.array([x, y])
    plate.erase(edge)
    plate.shade(
        edge, lambda px, py: np.clip((px - x) / size + 0.28, 0, 0.75), straight(58, 3.4), thinnest=0.2
    )
    plate.line(edge, 1.2)


def place(
    plate: Plate, rng: Generator, x: float, y: float, name: str, *, size: float = 11, grand: bool = False
) -> None:
    """A town: a church or a few roofs, with its name."""
    buildings.house(plate, rng, x - size * 0.6, y, size * 0.62)
    buildings.house(plate, rng, x + size * 0.1, y + 1, size * 0.62)
    buildings.spire(plate, x, y, size * 0.36, size * (2 if grand else 1.5))
    plate.letter(
        name.upper() if grand else name,
        x + size * 1.1,
        y,
        9.5 if grand else 8.5,
        hand=ITALIC,
        align=0,
        spacing=0.12,
    )


def scale_of_miles(plate: Plate, x: float, y: float, length: float, label: str) -> None:
    """A bar with divisions, its name above and a pair of dividers over it."""
    for part in range(8):
        left = x + part * length / 8
        box = points((left, y), (left + length / 8, y), (left + length / 8, y + 6), (left, y + 6))
        if part % 2:
            plate.fill(box)
        plate.outline(box, 1)
    plate.letter(label, x + length / 2, y - 6, 9, hand=ITALIC)
    joint = np.array([x + length / 2, y - 58])
    for foot in (x + length * 0.25, x + length * 0.75):
        plate.line(np.stack([joint, points((foot, y - 18))[0]]), 2.2)
    plate.fill(ellipse(joint[0], joint[1], 5, 5))


def star_fort(cx: float, cy: float, radius: float, bastions: int, turn: float = -90) -> np.ndarray:
    """The trace of a fortress with bastions, shape (5 * bastions, 2)."""
    corners = []
    for index in range(bastions):
        a = turn + index * 360 / bastions
        step = 360 / bastions
        for offset, reach in ((-0.2, 0.8), (-0.17, 0.93), (0, 1.16), (0.17, 0.93), (0.2, 0.8)):
            angle = np.radians(a + offset * step)
            corners.append((cx + radius * reach * np.cos(angle), cy + radius * reach * np.sin(angle)))
    return np.array(corners)


def sea_monster(plate: Plate, x: float, y: float, size: float) -> None:
    """Coils that rise from the water, a head that spouts."""
    for index, (place_x, arch) in enumerate(((0, 0.55), (0.62, 0.42), (1.15, 0.28))):
        outer = smooth(points((-0.34, 0), (-0.2, -arch), (0.2, -arch), (0.34, 0)) * size)
        inner = smooth(points((-0.16, 0), (-0.08, -arch * 0.5), (0.08, -arch * 0.5), (0.16, 0)) * size)
        coil = np.concatenate([outer, inner[::-1]]) + np.array([x - place_x * size, y])
        plate.erase(coil)
        plate.hatch(coil, 0.3 + 0.15 * index, 70, 3.2)
        plate.outline(coil, 1.2)
    head = smooth(
        points(
            (0.2, 0),
            (0.22, -0.5),
            (0.5, -0.85),
            (0.95, -0.72),
            (1.05, -0.55),
            (0.7, -0.5),
            (0.95, -0.38),
            (0.62, -0.36),
            (0.46, 0),
        )
        * size
    ) + np.array([x, y])
    plate.erase(head)
    plate.hatch(head, 0.36, 60, 3.2)
    plate.outline(head, 1.3)
    plate.fill(ellipse(x + size * 0.6, y - size * 0.66, size * 0.05, size * 0.05))
    plate.strokes(
        [
            smooth(points((0.55, -0.85), (0.5 + lean, -1.2), (0.5 + lean * 2.4, -1.05)) * size)
            + np.array([x, y])
            for lean in (-0.2, 0, 0.2)
        ],
        1.4,
    )


def block_plan(plate: Plate, rng: Generator, outline: np.ndarray, angle: float) -> None:
    """One block of houses in a plan: hatched, with a light court."""
    plate.erase(outline)
    plate.hatch(outline, rng.uniform(0.36, 0.56), angle + 45, 3)
    plate.outline(outline, 1)
    middle = outline.mean(axis=0)
    court = middle + (outline - middle) * 0.4
    plate.erase(court)
    plate.outline(court, 0.8)


def round_tree(plate: Plate, x: float, y: float, size: float) -> None:
    """A tree of a garden plan, with its shadow."""
    plate.fill(ellipse(x + size * 0.35, y + size * 0.25, size * 0.8, size * 0.45, 16), 0.5)
    plate.erase(regular_polygon(x, y, size * 0.7, 9))
    plate.outline(regular_polygon(x, y, size * 0.7, 9), 1)
