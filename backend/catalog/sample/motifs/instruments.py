"""Armillary spheres."""

import numpy as np

from catalog.sample.curves import arc, moved, rotate
from catalog.sample.hatching import rays, straight
from catalog.sample.plate import Plate


def hoop(plate: Plate, cx: float, cy: float, rx: float, ry: float, turn: float, *, front: bool) -> None:
    """The far or near half of a ring, with a scale on it."""
    start = 0 if front else 180
    outer, inner = (
        arc(0, 0, rx, ry, start, start + 180, 70),
        arc(0, 0, rx - 13, max(ry - 13, ry * 0.8), start + 180, start, 70),
    )
    band = moved(rotate(np.concatenate([outer, inner]), turn), cx, cy)
    plate.erase(band)
    plate.shade(band, 0.14 if front else 0.45, rays(cx, cy, 220), tremble=0.2)
    plate.outline(band, 1.4)
    ticks = [moved(rotate(np.stack([outer[i], outer[i] * 0.97]), turn), cx, cy) for i in range(2, 69, 3)]
    plate.strokes(ticks, 1.6, tapered=False)


def foot(plate: Plate, x: float, top: float, height: float) -> None:
    """A turned baluster."""
    t = np.linspace(0, 1, 80)
    profile = (
        16
        + 26 * np.exp(-(((t - 0.35) / 0.12) ** 2))
        + 12 * np.exp(-(((t - 0.08) / 0.04) ** 2))
        + 70 * np.clip(t - 0.72, 0, 1) ** 0.8 * 2.2
    )
    outline = np.concatenate(
        [np.stack([x - profile, top + t * height], 1), np.stack([x + profile, top + t * height], 1)[::-1]]
    )
    plate.erase(outline)
    plate.shade(
        outline,
        lambda px, py: np.clip(0.4 + 0.6 * (px - x) / np.interp(py, top + t * height, profile), 0.02, 1),
        straight(0, 3.6),
        cross=(straight(60, 3.6), straight(-60, 3.6)),
    )
    plate.outline(outline, 1.8)
