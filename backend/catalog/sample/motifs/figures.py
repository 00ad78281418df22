"""Small figures that give a view its scale."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse, points
from catalog.sample.plate import Plate


def wanderers(plate: Plate, rng: Generator, x: float, foot: float, size: float, count: int) -> None:
    """People on foot, one behind the other, with hats, cloaks and staffs."""
    for index in range(count):
        at = x + (index - count / 2) * size * rng.uniform(0.55, 0.75)
        wanderer(plate, at, foot + rng.uniform(-2, 2), size * rng.uniform(0.85, 1.05), cloak=bool(index % 2))


def wanderer(plate: Plate, x: float, foot: float, size: float, *, cloak: bool) -> None:
    """One figure of height `size`."""
    body = np.array([(-0.05, 0.5), (-0.13, 0.78), (-0.05, 0.84), (0.06, 0.84), (0.14, 0.76), (0.09, 0.5)])
    skirt = np.array([(-0.1, 0.62), (-0.2, 0.2), (0.2, 0.18), (0.11, 0.62)])
    legs = np.array(
        [(-0.06, 0.5), (-0.12, 0.02), (-0.05, 0.02), (0.0, 0.36), (0.08, 0.02), (0.15, 0.02), (0.07, 0.5)]
    )
    for shape, tone in ((legs, 0.9), (body, 0.75), *(((skirt, 0.8),) if cloak else ())):
        outline = shape * (size, -size) + (x, foot)
        plate.erase(outline)
        plate.fill(outline, tone)
    plate.erase(ellipse(x, foot - size * 0.9, size * 0.06, size * 0.07))
    plate.outline(ellipse(x, foot - size * 0.9, size * 0.055, size * 0.065), 1)
    plate.fill(
        np.array([(-0.13, 0.93), (-0.05, 0.96), (-0.04, 1.04), (0.05, 1.04), (0.06, 0.96), (0.14, 0.93)])
        * (size, -size)
        + (x, foot)
    )
    if not cloak:
        plate.line(
            points((x + size * 0.24, foot), (x + size * 0.16, foot - size * 0.85)), max(1, size * 0.035)
        )
