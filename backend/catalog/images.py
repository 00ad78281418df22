"""Safe decoding of pictures (being written)."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class DecodeLimits:
    max_bytes: int
    max_pixels: int
    max_decoded_pixels: int


def search_limits() -> DecodeLimits:
    raise NotImplementedError


def scan_limits() -> DecodeLimits:
    raise NotImplementedError


@dataclass(frozen=True)
class ImageInfo:
    """What the header says: the format's name, and the size of the upright picture in pixels."""

    format: str
    width: int
    height: int


def probe(source: bytes | Path, *, limits: DecodeLimits) -> ImageInfo:
    raise NotImplementedError


def decode(source: bytes | Path, *, limits: DecodeLimits, longest_side: int | None = None) -> Pixels:
    """uint8 RGB of shape (height, width, 3), upright; with `longest_side`, shrunk so that it fits."""
    raise NotImplementedError


def crop(pixels: Pixels, *, x: float, y: float, width: float, height: float) -> Pixels:
    raise NotImplementedError


def rotate(pixels: Pixels, *, degrees: int) -> Pixels:
    raise NotImplementedError


def mirror(pixels: Pixels) -> Pixels:
    raise NotImplementedError
