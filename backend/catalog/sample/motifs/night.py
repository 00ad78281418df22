"""Tones of the night: moonlight, water, silhouettes; arrays of darkness in [0, 1]."""

import numpy as np
from numpy.random import Generator

from catalog.sample.noise import fractal_noise, rough_line, value_noise
from catalog.sample.plate import Plate


def under(plate: Plate, line: np.ndarray, soft: float = 1.5) -> np.ndarray:
    """1 below a skyline given as y for each whole x."""
    return np.asarray(np.clip((plate.y - line[None, : plate.width]) / soft, 0, 1))


def laid_over(tone: np.ndarray, cover: np.ndarray, value: np.ndarray | float) -> np.ndarray:
    """One tone painted over another where `cover` is 1."""
    return np.asarray(tone * (1 - cover) + value * cover)


def moon_sky(plate: Plate, rng: Generator, x: float, y: float, radius: float) -> np.ndarray:
    """Clouds lit by a moon."""
    away = np.hypot(plate.x - x, plate.y - y)
    clouds = np.clip(fractal_noise(rng, plate.ink.shape, 210, 5) + 0.1, 0, 1)
    glow = np.exp(-away / (radius * 5.5))
    tone = (
        0.97 - 0.75 * glow - 0.5 * clouds * np.exp(-away / (radius * 9)) + 0.16 * clouds * (away > radius * 4)
    )
    rims = np.clip(np.gradient(clouds, axis=0) * 9, -0.3, 0.3) * np.exp(-away / 260)
    return laid_over(tone - rims, np.clip((radius - away) / 1.5, 0, 1), 0.03)


def glitter(plate: Plate, rng: Generator, x: float, top: float, bottom: float) -> np.ndarray:
    """The path of the moon on water, in [0, 1]."""
    deep = np.clip((plate.y - top) / (bottom - top), 0, 1)
    ripples = value_noise(rng, (plate.height, plate.width // 5 + 2), 4)
    wide = np.repeat(ripples, 5, axis=1)[:, : plate.width]
    path = np.exp(-(((plate.x - x) / (26 + 120 * deep)) ** 2))
    return np.asarray(np.clip((path * 1.35 + wide * 0.75 - 0.62) * 3, 0, 1) * (plate.y > top))


def with_silhouettes(plate: Plate, rng: Generator, tone: np.ndarray, *, left: bool) -> np.ndarray:
    """A dark bank with a tree at one side."""
    width, height = plate.width, plate.height
    edge = height * 0.92 + 26 * rough_line(rng, width)
    tone = laid_over(tone, under(plate, edge), 0.97)
    x = width * (0.12 if left else 0.88)
    leaves = fractal_noise(rng, tone.shape, 30, 4)
    crown = (
        1.1
        - np.hypot((plate.x - x) / (width * 0.24), (plate.y - height * 0.38) / (height * 0.36))
        + leaves * 0.62
    )
    tone = laid_over(tone, np.clip(crown * 9 - 3, 0, 1), 0.96)
    trunk = np.abs(plate.x - x - 10 * np.sin(plate.y / 70)) < 6 + 12 * np.clip(
        (plate.y - height * 0.55) / height, 0, 1
    )
    return laid_over(tone, trunk * (plate.y > height * 0.4).astype(np.float32), 0.98)


def lit_jug(
    plate: Plate, tone: np.ndarray, x: float, foot: float, wide: float, high: float, light: float
) -> np.ndarray:
    """A round pot, lit from the side of the flame."""
    v = np.clip((foot - plate.y) / high, 0, 1)
    profile = wide * np.interp(
        v, [0, 0.06, 0.35, 0.66, 0.8, 0.94, 1], [0.5, 0.62, 1.0, 0.66, 0.4, 0.44, 0.56]
    )
    across = (plate.x - x) / np.maximum(profile, 1)
    inside = (np.abs(across) < 1) & (plate.y < foot) & (plate.y > foot - high)
    side = np.sign(light - x)
    shade = np.clip(
        0.62
        - 0.5 * across * side
        - 0.25 * np.sqrt(np.clip(1 - across**2, 0, 1))
        - 0.5 * np.exp(-(((across - 0.55 * side) / 0.12) ** 2)),
        0.04,
        0.98,
    )
    return laid_over(tone, inside.astype(np.float32), shade)
