"""The things that emblems and printers' devices show, each about a point and of a size in pixels."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, mirror, moved, points, rectangle, ribbon, smooth, spiral, star
from catalog.sample.hatching import ramp, rings, straight
from catalog.sample.motifs import buildings
from catalog.sample.motifs.frames import leaf, veined_leaf
from catalog.sample.plate import Plate


def body(
    plate: Plate, outline: np.ndarray, *, tone: float = 0.3, degrees: float = 55, width: float = 1.8
) -> None:
    """A solid thing: cleared, shaded to the right and outlined."""
    plate.erase(outline)
    left, right = outline[:, 0].min(), outline[:, 0].max()
    plate.hatch(outline, lambda x, y: tone * (0.3 + 1.5 * (x - left) / (right - left + 1)), degrees, 3.6)
    plate.outline(outline, width)


def anchor(plate: Plate, x: float, y: float, size: float) -> None:
    """An anchor with its stock and ring."""
    shank = rectangle(x - size * 0.05, y - size * 0.75, x + size * 0.05, y + size * 0.85)
    stock = rectangle(x - size * 0.42, y - size * 0.62, x + size * 0.42, y - size * 0.5)
    arms = np.concatenate(
        [
            arc(x, y + size * 0.25, size * 0.72, size * 0.62, 165, 15, 30),
            arc(x, y + size * 0.12, size * 0.62, size * 0.6, 20, 160, 30),
        ]
    )
    for shape in (arms, shank, stock):
        body(plate, shape, tone=0.4)
    for side in (-1, 1):
        fluke = points((0.84, 0.12), (0.62, 0.42), (0.5, 0.3)) * (side * size, size) + np.array([x, y])
        body(plate, fluke, tone=0.5)
    plate.outline(ellipse(x, y - size * 0.88, size * 0.13, size * 0.13), size * 0.05)


def heart(plate: Plate, x: float, y: float, size: float) -> None:
    """A burning heart."""
    half = smooth(
        points((0, 0.8), (-0.4, 0.4), (-0.78, -0.08), (-0.66, -0.52), (-0.28, -0.58), (0, -0.28)) * size, 10
    )
    outline = moved(np.concatenate([half, mirror(half, 0)[::-1]]), x, y)
    plate.erase(outline)
    plate.shade(
        outline,
        lambda px, py: 0.1 + 0.55 * np.clip(np.hypot(px - x + size * 0.3, py - y + size * 0.25) / size, 0, 1),
        rings(x - size * 0.3, y - size * 0.25, 4),
        cross=(straight(40, 4),),
    )
    plate.outline(outline, 2.4)
    flames = [
        smooth(
            points((lean * 0.5, -0.38), (lean * 0.9 - 0.08, -0.7), (lean + 0.05, -0.95 - 0.1 * (index % 2)))
            * size,
            7,
        )
        + np.array([x, y])
        for index, lean in enumerate(np.linspace(-0.34, 0.34, 9))
    ]
    plate.strokes(flames, size * 0.055)


def sun_face(plate: Plate, x: float, y: float, size: float) -> None:
    """The sun with a face, straight and wavy rays by turns."""
    for index in range(16):
        a = index * 22.5
        if index % 2:
            wave = smooth(points((0.5, 0), (0.66, 0.06), (0.8, -0.06), (0.98, 0)) * size, 6)
            shape = ribbon(wave, np.linspace(0.14, 0.01, len(wave)) * size)
        else:
            shape = points((0.5, -0.09), (1.04, 0), (0.5, 0.09)) * size
        turned = shape @ np.array(
            [[np.cos(np.radians(a)), np.sin(np.radians(a))], [-np.sin(np.radians(a)), np.cos(np.radians(a))]]
        )
        body(plate, moved(turned, x, y), tone=0.25, width=1.4)
    disc = ellipse(x, y, size * 0.52, size * 0.52)
    plate.erase(disc)
    plate.shade(
        disc, lambda px, py: np.clip(0.1 + 0.5 * ((px - x) + (py - y)) / size, 0, 0.7), rings(x, y, 4.2)
    )
    plate.outline(disc, 2)
    face(plate, x, y, size * 0.5)


def face(plate: Plate, x: float, y: float, size: float) -> None:
    """Eyes, nose and mouth seen from the front."""
    lines = []
    for side in (-1, 1):
        lines += [
            arc(x + side * size * 0.36, y - size * 0.14, size * 0.17, size * 0.12, 190, 350, 12),
            arc(x + side * size * 0.36, y - size * 0.14, size * 0.17, size * 0.09, 10, 170, 12),
            arc(x + side * size * 0.36, y - size * 0.26, size * 0.24, size * 0.18, 205, 335, 12),
        ]
        plate.fill(ellipse(x + side * size * 0.36, y - size * 0.15, size * 0.06, size * 0.07, 12))
    lines += [
        smooth(points((-0.1, -0.2), (-0.06, 0.1), (-0.13, 0.24), (0.0, 0.29), (0.13, 0.22)) * size, 6)
        + np.array([x, y]),
        smooth(points((-0.3, 0.48), (-0.1, 0.46), (0, 0.49), (0.1, 0.46), (0.3, 0.48)) * size, 5)
        + np.array([x, y]),
        arc(x, y + size * 0.48, size * 0.2, size * 0.12, 20, 160, 12),
    ]
    plate.strokes(lines, max(1.6, size * 0.06))


def hand_from_cloud(plate: Plate, rng: Generator, x: float, y: float, size: float) -> None:
    """A hand that holds a pair of compasses, reaching out of a cloud at the right."""
    for leg in (-0.22, 0.2):
        body(
            plate,
            ribbon(
                points(
                    (x, y), (x + leg * 0.6 * size, y + size * 0.5), (x + leg * 1.6 * size, y + size * 1.05)
                ),
                np.array([0.09, 0.07, 0.02]) * size,
            ),
            tone=0.5,
        )
    sleeve = smooth(
        points((0.36, -0.16), (0.7, -0.28), (1.1, -0.3), (1.1, 0.22), (0.7, 0.2), (0.36, 0.12)) * size,
        5,
        closed=True,
    )
    body(plate, moved(sleeve, x, y), tone=0.5)
    palm = smooth(
        points((-0.12, -0.1), (0.1, -0.18), (0.4, -0.12), (0.42, 0.1), (0.2, 0.16), (0.02, 0.1), (-0.1, 0.06))
        * size,
        6,
        closed=True,
    )
    body(plate, moved(palm, x, y), tone=0.22)
    for offset in (-0.1, -0.02, 0.06):
        plate.line(
            moved(smooth(points((-0.1, offset * 0.6), (0.06, offset), (0.2, offset)) * size, 5), x, y), 1.5
        )
    cloud(plate, rng, x + size * 1.2, y, size * 0.6)


def cloud(plate: Plate, rng: Generator, x: float, y: float, size: float) -> None:
    """A cushion of curls."""
    for dx, dy, share in (
        (-0.3, 0.3, 0.5),
        (0.4, 0.35, 0.55),
        (0, -0.35, 0.5),
        (0.5, -0.25, 0.5),
        (-0.4, -0.1, 0.45),
        (0.15, 0.05, 0.6),
    ):
        puff = ellipse(x + dx * size, y + dy * size, share * size, share * size)
        plate.erase(puff)
        plate.shade(
            puff,
            ramp(
                0,
                across=0.5 / (share * size),
                down=0.5 / (share * size),
                at=(x + dx * size, y + dy * size),
                high=0.5,
            ),
            rings(x + dx * size, y + dy * size, 3.8),
        )
        plate.outline(puff, 1.6)
        plate.strokes(
            [spiral(x + dx * size, y + dy * size, share * size * 0.6, 1.2, start=float(rng.uniform(0, 360)))],
            2,
        )


def tower(plate: Plate, x: float, y: float, size: float) -> None:
    """A tower with battlements and a gate."""
    buildings.crenellated(plate, x - size * 0.32, y - size * 0.6, x + size * 0.32, y + size * 0.9, shadow=0.6)
    buildings.windows(plate, x - size * 0.3, y - size * 0.4, x + size * 0.15, y + size * 0.4, 2, 2)
    gate = np.concatenate(
        [
            points((x + size * 0.12, y + size * 0.9)),
            arc(x, y + size * 0.66, size * 0.12, size * 0.16, 0, -180, 14),
            points((x - size * 0.12, y + size * 0.9)),
        ]
    )
    plate.fill(gate, 0.9)


def column(plate: Plate, x: float, y: float, size: float) -> None:
    """A broken column overgrown with ivy."""
    shaft = points(
        (x - size * 0.2, y + size * 0.8),
        (x - size * 0.17, y - size * 0.7),
        (x - size * 0.05, y - size * 0.82),
        (x + size * 0.06, y - size * 0.66),
        (x + size * 0.17, y - size * 0.78),
        (x + size * 0.2, y + size * 0.8),
    )
    plate.erase(shaft)
    plate.shade(
        shaft,
        lambda px, py: 0.18 + 0.5 * np.clip((px - x) / (size * 0.2), -0.3, 1) + 0.18 * np.sin(px / size * 50),
        straight(90, 3.6),
    )
    plate.outline(shaft, 1.8)
    for top, wide in ((0.8, 0.28), (0.9, 0.36)):
        body(
            plate,
            rectangle(x - wide * size, y + top * size, x + wide * size, y + (top + 0.1) * size),
            tone=0.35,
        )
    for t in np.linspace(0, 1, 15):
        at = x + np.sin(t * 13) * size * 0.22, y + size * (0.75 - 1.4 * t)
        veined_leaf(plate, *at, size * 0.17, size * 0.12, -60 + 100 * np.sin(t * 31), tone=0.45)


def hourglass(plate: Plate, x: float, y: float, size: float) -> None:
    """A winged hourglass."""
    for side in (-1, 1):
        for index, spread in enumerate(np.linspace(-60, 20, 7)):
            feather = leaf(x + size * 0.3, y - size * 0.2, size * (0.95 - 0.07 * index), size * 0.16, spread)
            body(plate, feather if side > 0 else mirror(feather, x), tone=0.24, width=1.2)
    glass = smooth(points((-0.34, -0.72), (-0.3, -0.3), (-0.05, 0), (-0.3, 0.3), (-0.34, 0.72)) * size, 8)
    outline = moved(np.concatenate([glass, mirror(glass, 0)[::-1]]), x, y)
    body(plate, outline, tone=0.16)
    sand = smooth(points((-0.32, 0.72), (-0.2, 0.5), (0, 0.3), (0.2, 0.5), (0.32, 0.72)) * size, 6)
    plate.hatch(moved(sand, x, y), 0.7, 20, 3.2)
    for top in (-0.84, 0.72):
        body(
            plate,
            rectangle(x - 0.44 * size, y + top * size, x + 0.44 * size, y + (top + 0.12) * size),
            tone=0.4,
        )


def book(plate: Plate, x: float, y: float, size: float) -> None:
    """An open book with a star above it."""
    for side in (-1, 1):
        page = np.concatenate(
            [
                smooth(points((0, -0.2), (0.4, -0.34), (0.9, -0.26)) * size, 8),
                smooth(points((0.9, 0.4), (0.4, 0.32), (0, 0.46)) * size, 8),
            ]
        ) * (side, 1)
        body(plate, moved(page, x, y + size * 0.3), tone=0.18)
        plate.strokes(
            [
                moved(
                    smooth(points((0.1, v), (0.45, v - 0.1), (0.8, v - 0.04)) * (side * size, size), 6),
                    x,
                    y + size * 0.3,
                )
                for v in np.linspace(-0.08, 0.3, 6)
            ],
            1.6,
        )
    body(plate, star(x, y - size * 0.5, size * 0.42, size * 0.17, 6), tone=0.3)


def crown(plate: Plate, x: float, y: float, size: float) -> None:
    """A crown with five points."""
    outline = (
        points(
            (-0.6, 0.4),
            (-0.78, -0.3),
            (-0.4, 0.02),
            (-0.22, -0.5),
            (0, 0.0),
            (0.22, -0.5),
            (0.4, 0.02),
            (0.78, -0.3),
            (0.6, 0.4),
        )
        * size
    )
    body(plate, moved(outline, x, y), tone=0.36)
    for px, py in outline[1:8:2]:
        body(plate, ellipse(x + px, y + py - size * 0.05, size * 0.08, size * 0.08), tone=0.3)
    body(plate, rectangle(x - size * 0.62, y + size * 0.34, x + size * 0.62, y + size * 0.56), tone=0.3)
    for px in np.linspace(-0.45, 0.45, 5):
        plate.outline(ellipse(x + px * size, y + size * 0.45, size * 0.07, size * 0.06), 1.6)
