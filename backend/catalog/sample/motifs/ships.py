"""Sailing ships, near and far; the wind blows from the left."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import points, rectangle, smooth
from catalog.sample.hatching import waves
from catalog.sample.plate import Plate


def ship(
    plate: Plate, rng: Generator, x: float, water: float, size: float, *, masts: int = 3, flag: bool = True
) -> None:
    """A square-rigged ship `size` pixels long, sailing to the right."""
    for index in range(masts):
        share = (index + 0.6) / masts
        mast_x = x - size * 0.42 + share * size * 0.82
        tall = size * (0.92 - 0.28 * abs(share - 0.55) * 2)
        _mast(plate, mast_x, water - size * 0.16, tall, size, flag=flag)
        for level in range(3 if size > 70 else 2):
            _sail(
                plate,
                mast_x,
                water - size * 0.24 - level * tall * 0.27,
                size * (0.3 - 0.05 * level),
                tall * 0.24,
            )
    _jib(plate, x, water, size)
    _hull(plate, x, water, size)
    _rigging(plate, rng, x, water, size)


def _mast(plate: Plate, x: float, foot: float, tall: float, size: float, *, flag: bool) -> None:
    plate.line(points((x, foot), (x, foot - tall)), max(1.2, size * 0.014))
    if flag:
        streamer = smooth(
            points((0, 0), (0.08, -0.02), (0.15, 0.02), (0.24, -0.01), (0.14, 0.045), (0.07, 0.03), (0, 0.05))
            * size,
            5,
        )
        plate.fill(streamer + np.array([x, foot - tall]), 0.8)


def _sail(plate: Plate, x: float, foot: float, wide: float, high: float) -> None:
    """One square sail, bellying to the right."""
    left, right = x - wide * 0.45, x + wide * 0.5
    edge = np.concatenate(
        [
            points((left, foot - high), (right - wide * 0.08, foot - high)),
            smooth(
                points(
                    (right - wide * 0.08, foot - high),
                    (right + wide * 0.2, foot - high * 0.45),
                    (right, foot),
                ),
                8,
            ),
            smooth(points((right, foot), (x, foot - high * 0.12), (left, foot)), 8),
            smooth(points((left, foot), (left + wide * 0.2, foot - high * 0.5), (left, foot - high)), 8),
        ]
    )
    plate.erase(edge)
    plate.hatch(
        edge,
        lambda px, py: np.clip(0.62 - 0.75 * (px - left) / (right - left) + 0.1 * np.sin(py / 3), 0, 0.8),
        84,
        3.4,
    )
    plate.outline(edge, 1.1)
    plate.line(points((left - wide * 0.06, foot - high), (right, foot - high)), 1.8)


def _jib(plate: Plate, x: float, water: float, size: float) -> None:
    bow = points((x + size * 0.46, water - size * 0.16), (x + size * 0.8, water - size * 0.36))
    plate.line(bow, max(1.3, size * 0.014))
    sail = np.concatenate(
        [
            points((x + size * 0.36, water - size * 0.7)),
            smooth(
                points(
                    (x + size * 0.72, water - size * 0.32),
                    (x + size * 0.52, water - size * 0.3),
                    (x + size * 0.4, water - size * 0.22),
                ),
                6,
            ),
        ]
    )
    plate.erase(sail)
    plate.hatch(sail, 0.22, 70, 3.4)
    plate.outline(sail, 1)


def _hull(plate: Plate, x: float, water: float, size: float) -> None:
    shape = np.array(
        [
            (-0.52, -0.34),
            (-0.42, -0.33),
            (-0.4, -0.2),
            (0.3, -0.17),
            (0.36, -0.24),
            (0.52, -0.22),
            (0.47, -0.06),
            (0.4, 0.03),
            (-0.4, 0.03),
            (-0.49, -0.08),
        ]
    ) * size + (x, water)
    plate.erase(shape)
    plate.shade(
        shape,
        lambda px, py: np.clip(0.62 + 0.5 * (py - water) / size * 2 + 0.2 * (px - x) / size, 0.2, 0.9),
        waves(3, max(2.6, size * 0.028), height=2, length=size),
        tremble=0.4,
    )
    plate.outline(shape, 1.3)
    if size > 60:
        for port in np.linspace(-0.34, 0.32, 8):
            at = x + port * size
            plate.fill(rectangle(at, water - size * 0.105, at + size * 0.03, water - size * 0.075))


def _rigging(plate: Plate, rng: Generator, x: float, water: float, size: float) -> None:
    ropes = [
        points((x + a * size, water - 0.2 * size), (x + b * size, water - 0.88 * size))
        for a, b in ((-0.48, -0.02), (-0.3, -0.03), (0.2, 0.02), (0.44, 0.0))
    ]
    plate.strokes(ropes, 0.9)
    spray = [
        points((x + t * size, water + rng.uniform(0, 6)), (x + (t + 0.12) * size, water + rng.uniform(0, 6)))
        for t in np.linspace(-0.6, 0.5, 14)
    ]
    plate.strokes(spray, 1.6)


def boat(plate: Plate, x: float, water: float, size: float) -> None:
    """A small boat with one lateen sail."""
    sail = smooth(points((0.08, -0.95), (0.42, -0.5), (0.5, -0.14), (-0.28, -0.18)) * size, 6) + np.array(
        [x, water]
    )
    plate.erase(sail)
    plate.hatch(sail, 0.28, 80, 3)
    plate.outline(sail, 1)
    hull = points((-0.42, -0.12), (0.46, -0.14), (0.3, 0.04), (-0.3, 0.04)) * size + np.array([x, water])
    plate.erase(hull)
    plate.fill(hull, 0.8)
    plate.line(points((x, water - size * 0.1), (x + size * 0.09, water - size)), 1.2)


def swell(
    plate: Plate, rng: Generator, horizon: float, *, tone: float = 0.5, storm: float = 0.3
) -> list[float]:
    """A sea of rolling crests from the horizon to the foot of the plate; returns the height of each crest."""
    levels, y = [], horizon
    while y < plate.height + 30:
        near = (y - horizon) / (plate.height - horizon)
        crest(plate, rng, y, near, tone=tone, storm=storm)
        levels.append(y)
        y += 9 + 34 * near
    return levels


def crest(plate: Plate, rng: Generator, y: float, near: float, *, tone: float, storm: float) -> None:
    """One row of waves that hides what lies behind its foot."""
    length = 40 + 190 * near
    x = np.arange(0, plate.width + 4, 3.0)
    phase = 2 * np.pi * x / length + rng.uniform(0, 6)
    peaked = 1 - np.abs(np.sin(phase / 2 + 0.35 * np.sin(phase)))
    top = y - (2 + 42 * storm * near) * peaked + 2 * near * np.sin(phase * 0.37)
    body = np.concatenate([np.stack([x, top], 1), points((plate.width + 4, y + 60), (0, y + 60))])
    plate.erase(body)
    line = np.interp(np.arange(plate.width + 60), x, top)

    def depth(px: np.ndarray, py: np.ndarray) -> np.ndarray:
        below = py - line[np.clip(px.astype(int), 0, len(line) - 1)]
        slope = np.gradient(line)[np.clip(px.astype(int), 0, len(line) - 1)]
        return np.asarray(
            np.clip(tone * (0.75 + 0.9 * slope) * np.exp(-below / (14 + 46 * near)) + 0.1, 0, 1)
        )

    plate.shade(
        body, depth, lambda px, py: (py - 0.8 * np.interp(px, x, top)) / (3.6 + 1.6 * near), tremble=1.5
    )
    plate.line(np.stack([x, top], 1), 0.8 + near)
