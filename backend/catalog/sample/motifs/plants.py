"""Leaves, stems and roots of botanical plates: outlined, hatched along the form, washed with colour."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import moved, points, rotate, smooth
from catalog.sample.plate import Plate

Colour = tuple[int, int, int]


def leaf_shape(length: float, width: float, kind: str, count: int = 40) -> tuple[np.ndarray, np.ndarray]:
    """Upper and lower edge of a leaf along the x axis from (0, 0), each of shape (count, 2)."""
    t = np.linspace(0, 1, count)
    bulge = {
        "lance": np.sin(np.pi * t**0.9) ** 0.9,
        "oval": np.sin(np.pi * t**0.75) ** 0.7,
        "heart": np.clip(np.sin(np.pi * np.clip(t + 0.1, 0, 1) ** 0.6), 0, 1) ** 0.6,
        "oak": np.sin(np.pi * t**1.25) ** 0.8 * (0.74 + 0.26 * np.cos(t * 30)),
        "fern": np.sin(np.pi * t**0.6) ** 0.8 * (0.45 + 0.55 * np.abs(np.cos(t * 28))),
        "toothed": np.sin(np.pi * t**0.8) ** 0.8 * (0.88 + 0.12 * ((t * 14) % 1)),
    }[kind]
    half = bulge * width / 2
    return np.stack([t * length, -half], 1), np.stack([t * length, half * 0.92], 1)


def leaf(
    plate: Plate,
    at: np.ndarray,
    length: float,
    width: float,
    degrees: float,
    colour: Colour,
    *,
    kind: str = "lance",
    curl: float = 0.2,
) -> None:
    """One leaf from its stalk at `at`, bent by `curl`, with midrib, veins and a shaded half."""
    upper, lower = (_bent(edge, length, curl, degrees, at) for edge in leaf_shape(length, width, kind))
    rib = _bent(np.stack([np.linspace(0, length, 40), np.zeros(40)], 1), length, curl, degrees, at)
    outline = np.concatenate([upper, lower[::-1]])
    plate.clear(outline)
    plate.tint(outline, colour, 0.62)
    plate.tint(np.concatenate([lower, rib[::-1]]), colour, 0.3)
    plate.hatch(np.concatenate([lower, rib[::-1]]), 0.36, degrees + 52, 3.4)
    plate.hatch(np.concatenate([upper, rib[::-1]]), 0.13, degrees - 52, 4)
    plate.strokes(_veins(upper, rib) + _veins(lower, rib), 1.2)
    plate.outline(outline, 1.2)
    plate.strokes([rib], 2)


def _bent(edge: np.ndarray, length: float, curl: float, degrees: float, at: np.ndarray) -> np.ndarray:
    sagged = edge + np.stack([np.zeros(len(edge)), curl * length * (edge[:, 0] / length) ** 2], 1)
    return np.asarray(rotate(sagged, degrees) + at)


def _veins(edge: np.ndarray, rib: np.ndarray) -> list[np.ndarray]:
    return [
        smooth(
            np.stack(
                [
                    rib[i],
                    rib[i] * 0.4 + edge[min(i + 3, 39)] * 0.6,
                    rib[i] * 0.06 + edge[min(i + 5, 39)] * 0.94,
                ]
            ),
            4,
        )
        for i in range(4, 34, 4)
    ]


def stem(plate: Plate, line: np.ndarray, width: float, colour: Colour) -> None:
    """A round stalk, shaded on its right."""
    taper = np.linspace(width, width * 0.55, len(line))[:, None] * (0.5, 0.12)
    outline = np.concatenate([line - taper, (line + taper)[::-1]])
    plate.clear(outline)
    plate.tint(outline, colour, 0.7)
    shade = np.concatenate([line + taper * 0.1, (line + taper)[::-1]])
    plate.hatch(shade, 0.5, 0, 3)
    plate.outline(outline, 1.1)


def bulb(plate: Plate, at: np.ndarray, size: float, rng: Generator) -> None:
    """An onion with its roots."""
    roots = [
        smooth(points((0, 0), (lean * 0.4, 0.4), (lean * 0.7, 0.75), (lean, 1.1 - abs(lean) * 0.4)) * size, 6)
        + at
        + np.array([0, size * 0.7])
        for lean in rng.uniform(-0.9, 0.9, 16)
    ]
    plate.strokes(roots, 2)
    shape = (
        smooth(
            points(
                (-0.1, -0.9),
                (-0.3, -0.4),
                (-0.68, 0.2),
                (-0.4, 0.72),
                (0, 0.82),
                (0.4, 0.72),
                (0.68, 0.2),
                (0.3, -0.4),
                (0.1, -0.9),
            )
            * size
        )
        + at
    )
    plate.clear(shape)
    plate.tint(shape, (196, 148, 96), 0.55)
    plate.shade(
        shape,
        lambda x, y: 0.22 + 0.4 * (x - at[0]) / size,
        lambda x, y: (x - at[0]) / (0.16 + np.sqrt(np.clip(1 - ((y - at[1]) / size) ** 2, 0, 1))) / 5.4,
    )
    plate.outline(shape, 1.4)


def roots(plate: Plate, at: np.ndarray, size: float, rng: Generator) -> None:
    """Branching roots below `at`."""
    for _ in range(9):
        lean = rng.uniform(-0.9, 0.9)
        line = (
            smooth(
                points((0, 0), (lean * 0.25, 0.35), (lean * 0.75, 0.6), (lean, 1 - abs(lean) * 0.35)) * size
            )
            + at
        )
        plate.strokes([line], size * 0.07)
        for start in (14, 22, 29):
            side = rng.choice([-1, 1]) * rng.uniform(0.1, 0.3) * size
            plate.strokes(
                [
                    moved(
                        smooth(points((0, 0), (side * 0.5, 0.1 * size), (side, 0.3 * size)), 5), *line[start]
                    )
                ],
                1.4,
            )
