"""Charts of the sky: the ring of the signs, stars joined to figures."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse, points, star
from catalog.sample.plate import Plate

SIGNS = (
    "ARIES",
    "TAVRVS",
    "GEMINI",
    "CANCER",
    "LEO",
    "VIRGO",
    "LIBRA",
    "SCORPIVS",
    "SAGITTARIVS",
    "CAPRICORNVS",
    "AQVARIVS",
    "PISCES",
)


def zodiac(plate: Plate, cx: float, cy: float, outer: float) -> None:
    """Twelve fields with the names of the signs, and a scale of degrees."""
    for radius, width in ((outer, 2.2), (outer - 9, 1), (outer - 36, 1.6)):
        plate.outline(ellipse(cx, cy, radius, radius, 180), width)
    for degree in range(0, 360, 5):
        a, b = np.radians(degree), np.radians(degree + 2.5)
        cell = [
            (r * np.cos(t) + cx, r * np.sin(t) + cy)
            for r, t in ((outer, a), (outer, b), (outer - 9, b), (outer - 9, a))
        ]
        plate.fill(points(*cell), 0.9)
    for index, name in enumerate(SIGNS):
        a = np.radians(index * 30)
        plate.line(
            points(
                (cx + (outer - 36) * np.cos(a), cy + (outer - 36) * np.sin(a)),
                (cx + (outer - 9) * np.cos(a), cy + (outer - 9) * np.sin(a)),
            ),
            1.4,
        )
        plate.letter_round(name, (cx, cy), outer - 28, index * 30 + 15, 11.5)


def rotate_field(plate: Plate, cx: float, cy: float, degrees: float) -> np.ndarray:
    """Distance of each pixel from a line through (cx, cy)."""
    a = np.radians(degrees)
    return np.asarray((plate.x - cx) * np.sin(a) - (plate.y - cy) * np.cos(a))


def figures(plate: Plate, rng: Generator, cx: float, cy: float, radius: float, *, night: bool) -> None:
    """Scattered stars, and some joined to constellations."""
    put: Callable[[np.ndarray], None] = plate.erase if night else plate.fill
    join = plate.scratch if night else plate.strokes
    for _ in range(260):
        a, r = rng.uniform(0, 2 * np.pi), radius * np.sqrt(rng.random()) * 0.98
        size = float(rng.uniform(0.8, 1.8))
        put(ellipse(cx + r * np.cos(a), cy + r * np.sin(a), size, size, 8))
    for index in range(17):
        a, r = index * 2.4, radius * (0.14 + 0.78 * np.sqrt(index / 17))
        at = np.array([cx + r * np.cos(a), cy + r * np.sin(a)])
        walk = at + np.cumsum(rng.normal(0, 24, (int(rng.integers(5, 9)), 2)), axis=0)
        walk = walk[np.hypot(*(walk - (cx, cy)).T) < radius - 12]
        if len(walk) > 2:
            join([walk[i : i + 2] for i in range(len(walk) - 1)], 1.6)
            for spot in walk:
                size = float(rng.choice([4, 5.5, 7.5]))
                put(star(spot[0], spot[1], size, size * 0.42, 6, float(rng.uniform(0, 60))))
