"""Surfaces on which prints are photographed: wood, felt, linen, slate. float32 RGB of 0-255."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.random import Generator

from catalog.sample.noise import fractal_noise, value_noise


def _painted(shade: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    return np.asarray(np.array(colour, np.float32) + shade[..., None] * np.array([1, 0.9, 0.75], np.float32))


def wood(rng: Generator, size: int) -> np.ndarray:
    """Boards with grain and joints."""
    fibres = cv2.resize(rng.standard_normal((size // 2, size // 60)).astype(np.float32), (size, size))
    rings = np.sin((np.arange(size)[:, None] + 46 * fractal_noise(rng, (size, size), size / 3, 2)) / 7)
    y = np.arange(size)[:, None] % (size // 4)
    joints = -40.0 * np.exp(-((y - 3) ** 2) / 5.0)
    board = rng.uniform(-9, 9, 5)[np.arange(size)[:, None] // (size // 4)]
    return _painted(7 * fibres + 5 * rings + joints + board, (150, 112, 78))


def felt(rng: Generator, size: int) -> np.ndarray:
    """Grey-green baize."""
    fluff = cv2.GaussianBlur(rng.standard_normal((size, size)).astype(np.float32), (0, 0), 1.1) * 22
    return _painted(fluff + 4 * value_noise(rng, (size, size), size / 4), (92, 104, 94))


def linen(rng: Generator, size: int) -> np.ndarray:
    """A pale cloth with visible threads."""
    warp = value_noise(rng, (size, size), 34) * 4
    x, y = np.arange(size)[None], np.arange(size)[:, None]
    threads = 6 * np.sin(2 * np.pi * (x + warp) / 5) + 6 * np.sin(2 * np.pi * (y + warp) / 5)
    return _painted(threads + 10 * value_noise(rng, (size, size), size / 3), (206, 200, 188))


def slate(rng: Generator, size: int) -> np.ndarray:
    """A dark, slightly cloudy stone."""
    return _painted(
        9 * fractal_noise(rng, (size, size), size / 5, 6) + rng.normal(0, 2, (size, size)), (66, 68, 72)
    )


Table = Callable[[Generator, int], np.ndarray]
TABLES: dict[str, Table] = {"wood": wood, "felt": felt, "linen": linen, "slate": slate}
