"""Scans whose every part can be told from every other."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from catalog.models import Print, PrintImage

SIZE = (1300, 900)


def gradient(size: tuple[int, int]) -> Image.Image:
    """Red grows to the right, green downwards; what moves or turns shows it."""
    width, height = size
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[..., 0] = np.linspace(0, 255, width).round()
    pixels[..., 1] = np.linspace(0, 255, height).round()[:, None]
    pixels[..., 2] = 90
    return Image.fromarray(pixels)


def add_scan(
    row: Print,
    data_dir: Path,
    picture: Image.Image,
    *,
    name: str,
    upright: tuple[int, int] | None = None,
    **save: Any,
) -> PrintImage:
    path = data_dir / "raw" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, **save)
    width, height = upright or picture.size
    return PrintImage.objects.create(
        print=row,
        path=f"raw/{name}",
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        width=width,
        height=height,
        format=path.suffix[1:].upper(),
        position=7,
    )


@pytest.fixture
def scan(catalogue: dict[str, Print], data_dir: Path) -> PrintImage:
    return add_scan(catalogue["war"], data_dir, gradient(SIZE), name="scan.jpg", quality=95)
