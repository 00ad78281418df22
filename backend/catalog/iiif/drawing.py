"""Answers of the image service, drawn from the tiles of a pyramid: never from the scan itself."""

import io
import math
from pathlib import Path

from PIL import Image

from catalog.iiif.image_requests import MAX_AREA, Drawing, Region
from catalog.iiif.pyramids import TILE, Pyramid
from catalog.pixel_budget import PixelBudget

# Drawn from the next larger level, which has up to four times the pixels of the answer.
_budget = PixelBudget(4 * MAX_AREA)
OPTIONS: dict[str, dict[str, int]] = {
    "jpg": {"quality": 88},
    "png": {"compress_level": 3},
    "webp": {"quality": 85, "method": 2},
}
PILLOW_FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


def draw(pyramid: Pyramid, drawing: Drawing) -> bytes:
    """The answer's file, made. Raises FileNotFoundError where the pyramid was deleted meanwhile."""
    factor = _factor(pyramid, drawing)
    part = _at(drawing.region, factor, pyramid)
    with _budget.share(part.width * part.height):
        return _encoded(_turned(_drawn(pyramid, drawing, factor, part), drawing), drawing)


def _factor(pyramid: Pyramid, drawing: Drawing) -> int:
    """The smallest level with the detail asked for; a coarser one where a distorted size needs too much."""
    region = drawing.region
    fitting = [
        factor
        for factor in pyramid.factors
        if -(-region.width // factor) >= drawing.width and -(-region.height // factor) >= drawing.height
    ]
    wanted = fitting[-1] if fitting else 1
    for factor in pyramid.factors:
        if factor >= wanted and region.width * region.height <= 4 * MAX_AREA * factor**2:
            return factor
    return pyramid.factors[-1]


def whole_tile(pyramid: Pyramid, drawing: Drawing) -> Path | None:
    """The tile that is the answer as it is."""
    factor = _factor(pyramid, drawing)
    region, step = drawing.region, TILE * factor
    if not drawing.is_plain or region.x % step or region.y % step:
        return None
    right, bottom = min(region.x + step, pyramid.width), min(region.y + step, pyramid.height)
    if (region.x + region.width, region.y + region.height) != (right, bottom):
        return None
    if (drawing.width, drawing.height) != (-(-region.width // factor), -(-region.height // factor)):
        return None
    return pyramid.tile(factor, region.x // step, region.y // step)


def _at(region: Region, factor: int, pyramid: Pyramid) -> Region:
    """The region in whole pixels of a level, a little larger where it ends between two."""
    width, height = pyramid.size_at(factor)
    x, y = min(region.x // factor, width - 1), min(region.y // factor, height - 1)
    right = min(width, max(x + 1, math.ceil((region.x + region.width) / factor)))
    bottom = min(height, max(y + 1, math.ceil((region.y + region.height) / factor)))
    return Region(x, y, right - x, bottom - y)


def _drawn(pyramid: Pyramid, drawing: Drawing, factor: int, part: Region) -> Image.Image:
    canvas = _joined(pyramid, factor, part)
    if canvas.size == (drawing.width, drawing.height):
        return canvas
    region = drawing.region
    left, top = region.x / factor - part.x, region.y / factor - part.y
    right, bottom = left + region.width / factor, top + region.height / factor
    box = (max(0.0, left), max(0.0, top), min(right, part.width), min(bottom, part.height))
    return canvas.resize((drawing.width, drawing.height), Image.Resampling.LANCZOS, box=box)


def _joined(pyramid: Pyramid, factor: int, part: Region) -> Image.Image:
    canvas = Image.new("RGB", (part.width, part.height))
    for row in range(part.y // TILE, (part.y + part.height - 1) // TILE + 1):
        for column in range(part.x // TILE, (part.x + part.width - 1) // TILE + 1):
            with Image.open(pyramid.tile(factor, column, row), formats=["JPEG"]) as tile:
                canvas.paste(tile.convert("RGB"), (column * TILE - part.x, row * TILE - part.y))
    return canvas


def _turned(picture: Image.Image, drawing: Drawing) -> Image.Image:
    if drawing.mirrored:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if drawing.degrees:
        # (Pillow turns the other way round.)
        picture = picture.transpose(getattr(Image.Transpose, f"ROTATE_{360 - drawing.degrees}"))
    return picture.convert("L") if drawing.quality == "gray" else picture


def _encoded(picture: Image.Image, drawing: Drawing) -> bytes:
    file = io.BytesIO()
    picture.save(file, format=PILLOW_FORMATS[drawing.format], **OPTIONS[drawing.format])
    return file.getvalue()
