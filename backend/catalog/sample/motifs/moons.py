"""The moon: its spots, its phases, its light."""

import numpy as np

from catalog.sample.curves import arc, ellipse, moved, rotate
from catalog.sample.hatching import straight
from catalog.sample.plate import Plate


def planet(plate: Plate, x: float, y: float, radius: float, sunward: float) -> None:
    """A small ball, dark on the side away from `sunward` degrees."""
    plate.erase(ellipse(x, y, radius + 3, radius + 3))
    away = np.radians(sunward)
    plate.shade(
        ellipse(x, y, radius, radius),
        lambda px, py: np.clip(
            0.4 + 0.7 * ((px - x) * np.cos(away) + (py - y) * np.sin(away)) / radius, 0, 0.95
        ),
        straight(30, 3),
    )
    plate.outline(ellipse(x, y, radius, radius), 1.4)


def globe(plate: Plate, x: float, y: float, radius: float) -> None:
    """The earth with its meridians."""
    ball = ellipse(x, y, radius, radius)
    plate.erase(ball)
    plate.shade(
        ball, lambda px, py: np.clip(0.15 + 0.5 * ((px - x) + (py - y)) / radius, 0, 0.8), straight(0, 3.6)
    )
    for share in (0.3, 0.7, 1):
        plate.line(arc(x, y, radius * share, radius, -90, 90, 30), 1)
        plate.line(arc(x, y, radius * share, radius, 90, 270, 30), 1)
    plate.outline(ball, 2)


def lit_ball(plate: Plate, seas: np.ndarray, x: float, y: float, radius: float, light: float) -> None:
    """A moon with spots, lit from the direction `light` (radians)."""
    ball = ellipse(x, y, radius, radius)
    plate.erase(ellipse(x, y, radius + 4, radius + 4))

    def tone(px: np.ndarray, py: np.ndarray) -> np.ndarray:
        u, v = (px - x) / radius, (py - y) / radius
        depth = np.sqrt(np.clip(1 - u**2 - v**2, 0, 1))
        lit = u * np.cos(light) + v * np.sin(light) + 0.25 * depth
        spots = seas[py[:, 0].astype(int)[:, None], px[0].astype(int)[None]]
        return np.asarray(np.clip(0.5 - 0.75 * lit + 0.3 * np.clip(spots, 0, 1), 0, 1))

    plate.shade(ball, tone, straight(20, 3.4), cross=(straight(-50, 3.4), straight(80, 3.4)))
    plate.outline(ball, 1.6)


def phase_disc(plate: Plate, x: float, y: float, radius: float, index: int) -> None:
    """The moon as it looks from the earth in this part of the month."""
    plate.erase(ellipse(x, y, radius + 4, radius + 4))
    plate.fill(ellipse(x, y, radius, radius))
    bulge = np.cos(index * np.pi / 4)
    right = arc(x, y, radius, radius, -90, 90, 30) if index < 4 else arc(x, y, radius, radius, 90, 270, 30)
    inner = arc(x, y, radius * abs(bulge), radius, 90, -90, 30)
    back = mirror_about(inner, x) if (bulge > 0) != (index < 4) else inner
    if index != 0:
        plate.erase(
            np.concatenate([right, back if index < 4 else mirror_about(back, x)[::-1]])
            if index != 4
            else ellipse(x, y, radius, radius)
        )
    plate.outline(ellipse(x, y, radius, radius), 1.4)


def mirror_about(line: np.ndarray, x: float) -> np.ndarray:
    """The line reflected in the vertical through x."""
    return np.stack([2 * x - line[:, 0], line[:, 1]], 1)


def crater(plate: Plate, x: float, y: float, size: float, r: float, a: float) -> None:
    """A ring wall, foreshortened near the limb."""
    ring = moved(rotate(ellipse(0, 0, size * np.sqrt(1 - (r * 0.94) ** 2), size, 28), np.degrees(a)), x, y)
    plate.erase(ring)
    plate.hatch(ring, lambda px, py: np.clip(0.3 - 0.9 * (px - x) / size, 0, 0.9), 70, 3)
    plate.outline(ring, 1.2)
