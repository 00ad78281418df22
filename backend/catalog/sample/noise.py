"""Smooth random fields: what makes ink, paper and hand look less than perfect."""

import cv2
import numpy as np
from numpy.random import Generator


def value_noise(rng: Generator, shape: tuple[int, int], scale: float) -> np.ndarray:
    """Smooth noise, float32 of `shape` in about [-1, 1]; `scale` is the size of one bump in pixels."""
    height, width = shape
    grid = rng.uniform(-1, 1, (int(height / scale) + 4, int(width / scale) + 4)).astype(np.float32)
    big = cv2.resize(grid, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    top, left = rng.integers(0, max(1, int(scale)), 2)
    return np.ascontiguousarray(big[top : top + height, left : left + width])


def fractal_noise(rng: Generator, shape: tuple[int, int], scale: float, octaves: int = 4) -> np.ndarray:
    """A sum of value noises, each half as large and half as strong as the last; float32 in about [-1, 1]."""
    field = np.zeros(shape, np.float32)
    for octave in range(octaves):
        field += value_noise(rng, shape, max(1.5, scale / 2**octave)) / 2**octave
    return np.asarray(field / (2 - 2 ** (1 - octaves)))


def rough_line(rng: Generator, count: int, *, roughness: float = 0.55) -> np.ndarray:
    """A random profile, float32 of shape (count,) in about [-1, 1]: a ridge of hills, a broken edge."""
    profile = np.zeros(count, np.float32)
    positions = np.linspace(0, 1, count)
    knots, strength = 3, 1.0
    while knots < count:
        profile += strength * np.interp(positions, np.linspace(0, 1, knots), rng.uniform(-1, 1, knots))
        knots, strength = knots * 2, strength * roughness
    return profile / max(1e-6, float(np.abs(profile).max()))
