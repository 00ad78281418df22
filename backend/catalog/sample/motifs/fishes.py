"""Fishes with every scale, and feathers."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, moved, points, ribbon, smooth
from catalog.sample.hatching import rays, straight
from catalog.sample.motifs.colours import Colour
from catalog.sample.plate import Plate


def fish(plate: Plate, rng: Generator, at: np.ndarray, size: float, colours: tuple[Colour, Colour]) -> None:
    """A fish that swims to the left, with every scale."""
    high = size * rng.uniform(0.26, 0.36)
    t = np.linspace(0, 1, 60)
    along = -size + 1.7 * size * t
    back = np.stack([along, -high * np.sin(np.pi * t**0.75) ** 0.8 * (1 - 0.3 * t)], 1) + at
    belly = np.stack([along, high * 0.86 * np.sin(np.pi * t**0.7) ** 0.8 * (1 - 0.34 * t)], 1) + at
    tail = smooth(points((0.6, 0), (0.98, -0.34), (0.9, 0), (0.98, 0.34)) * size, 8, closed=True) + at
    _rayed(plate, tail, moved(at, size * 0.4, 0), colours[1])
    _rayed(plate, _fin(back[16:46], size * 0.08, -high * 0.5), moved(at, 0, high * 2), colours[1])
    _rayed(plate, _fin(belly[26:40], size * 0.1, high * 0.5), moved(at, 0, -high * 2), colours[1])
    body = np.concatenate([back, belly[::-1]])
    plate.clear(body)
    plate.tint(body, colours[0], lambda x, y: 0.5 - 0.35 * (y - at[1]) / high)
    _scales(plate, body, at, size, high)
    plate.outline(body, 1.8)
    _fish_face(plate, at, size, high)


def _fin(root: np.ndarray, sweep: float, reach: float) -> np.ndarray:
    """A fin that stands on a piece of the fish's outline."""
    count = len(root)
    rise = reach * np.sin(np.linspace(0.35, np.pi, count))
    return np.concatenate([root, root[::-1] + np.stack([np.full(count, sweep), rise], 1)])


def _rayed(plate: Plate, fin: np.ndarray, centre: np.ndarray, colour: Colour) -> None:
    """A fin with its rays."""
    plate.clear(fin)
    plate.tint(fin, colour, 0.5)
    plate.shade(fin, 0.34, rays(centre[0], centre[1], 289), tremble=0.3)
    plate.outline(fin, 1.4)


def _fish_face(plate: Plate, at: np.ndarray, size: float, high: float) -> None:
    """Gill, eye and mouth."""
    gill = smooth(points((-0.58, -0.15), (-0.5, 0), (-0.58, 0.16)) * size, 8) + at
    plate.strokes([gill, moved(gill, -size * 0.03, 0)], 2.4)
    x, y = at[0] - size * 0.78, at[1] - high * 0.2
    eye = ellipse(x, y, size * 0.05, size * 0.05, 24)
    plate.clear(eye)
    plate.outline(eye, 1.6)
    plate.fill(ellipse(x, y, size * 0.024, size * 0.024, 24))
    plate.strokes([smooth(points((-0.98, 0.04), (-0.9, 0.05), (-0.84, 0.1)) * size, 6) + at], 2)


def _scales(plate: Plate, body: np.ndarray, at: np.ndarray, size: float, high: float) -> None:
    layer = Plate(plate.width, plate.height, np.random.default_rng(1))
    rows = np.arange(-high, high, 11)
    arcs = [
        arc(at[0] - size * 0.48 + column * 13 + (6.5 if row % 2 else 0), at[1] + y, 7, 6.4, -80, 80, 8)
        for row, y in enumerate(rows)
        for column in range(int(size * 1.16 / 13))
    ]
    layer.strokes(arcs, 1.5)
    layer.shade(
        None,
        lambda x, y: np.clip(0.2 + 0.5 * np.abs((y - at[1]) / high) ** 2 + 0.2 * (y - at[1]) / high, 0, 0.8),
        straight(2, 3.8),
        cross=(straight(50, 3.8),),
    )
    window, mask = plate.cover([body])
    plate.add(window, mask * layer.ink[window].astype(np.float32) / 255)


def feather(
    plate: Plate, rng: Generator, at: np.ndarray, size: float, colours: tuple[Colour, Colour]
) -> None:
    """One quill with bars across its vane."""
    lean = rng.uniform(-0.24, 0.24)
    quill = smooth(points((0, 0), (lean * 0.2, -0.5), (lean, -1)) * size, 40) + at
    count = len(quill)
    t = np.linspace(0, 1, count)
    half = size * 0.13 * np.sin(np.pi * np.clip((t - 0.16) / 0.84, 0, 1) ** 0.7) ** 0.7
    vane = ribbon(quill, half * 2)
    plate.clear(vane)
    plate.tint(vane, colours[0], 0.55)
    for start in np.arange(0.24, 0.95, 0.13):
        a, b = int(start * count), int((start + 0.06) * count)
        bar = np.concatenate([vane[a:b], vane[2 * count - b : 2 * count - a]])
        plate.tint(bar, colours[1], 0.7)
        plate.hatch(bar, 0.35, 30, 3.4)
    barbs = [
        np.linspace(quill[i], vane[min(i + 7, count - 1)], 6) for i in range(int(0.16 * count), count - 2)
    ]
    barbs += [
        np.linspace(quill[i], vane[2 * count - 1 - min(i + 7, count - 1)], 6)
        for i in range(int(0.16 * count), count - 2)
    ]
    plate.strokes(barbs, 1.3)
    plate.fill(ribbon(quill, np.linspace(0.024, 0.004, count) * size))
    plate.outline(vane, 0.9)
