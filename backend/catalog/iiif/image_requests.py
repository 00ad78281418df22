"""The parameters of a IIIF Image API 3 request -> what is to be drawn. Pure: no Django, no I/O.

Source: https://iiif.io/api/image/3.0/, sections 4.1 to 4.7. What is not in it, or larger than the region,
is a 400; what it has and we have not (sizes above the region's own) a 501.
"""

import math
import re
from dataclasses import dataclass
from typing import NoReturn

from core.errors import NotOffered, UserError

# Of one answer. A scan that is larger is offered whole at this size, and its parts at their own.
MAX_AREA = 12_000_000
QUALITIES = ("default", "color", "gray")
FORMATS = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_NUMBER = r"(?:\d{1,9}(?:\.\d{0,20})?|\.\d{1,20})"
_PIXELS = re.compile(r"(\d{1,9}),(\d{1,9}),(\d{1,9}),(\d{1,9})", re.ASCII)
_PERCENT = re.compile(rf"pct:({_NUMBER}),({_NUMBER}),({_NUMBER}),({_NUMBER})", re.ASCII)
_SIZE = re.compile(
    rf"(?P<max>max)|pct:(?P<percent>{_NUMBER})|(?P<confined>!?)(?P<width>\d{{0,9}}),(?P<height>\d{{0,9}})",
    re.ASCII,
)
_ROTATION = re.compile(rf"(!?)({_NUMBER})", re.ASCII)


@dataclass(frozen=True)
class Region:
    """Of the upright picture, in its pixels; never empty, never beyond its edges."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Drawing:
    """A region, drawn `width` by `height` pixels, then mirrored, then turned clockwise."""

    region: Region
    width: int
    height: int
    mirrored: bool
    degrees: int
    quality: str
    format: str

    @property
    def is_plain(self) -> bool:
        """Whether a tile can be handed out as it lies on the disk."""
        upright = not self.mirrored and self.degrees == 0
        return upright and self.quality != "gray" and self.format == "jpg"

    def canonical(self, picture: tuple[int, int]) -> str:
        """The one address among all those that ask for the same (section 4.8)."""
        part = self.region
        is_whole = (part.x, part.y, part.width, part.height) == (0, 0, *picture)
        region = "full" if is_whole else f"{part.x},{part.y},{part.width},{part.height}"
        largest = (self.width, self.height) == _largest(part)
        size = "max" if largest else f"{self.width},{self.height}"
        quality = "default" if self.quality == "color" else self.quality
        return f"{region}/{size}/{'!' * self.mirrored}{self.degrees}/{quality}.{self.format}"


def read_drawing(
    picture: tuple[int, int], *, region: str, size: str, rotation: str, quality: str, format: str
) -> Drawing:
    """What is asked of a picture of this width and height. Raises UserError (400) or NotOffered (501)."""
    part = _region(region, *picture)
    width, height = _size(size, part)
    mirrored, degrees = _rotation(rotation)
    if quality not in QUALITIES:
        _refuse("quality", quality, f"one of {', '.join(QUALITIES)}")
    if format not in FORMATS:
        _refuse("format", format, f"one of {', '.join(FORMATS)}")
    return Drawing(part, width, height, mirrored, degrees, quality, format)


def _refuse(part: str, value: str, expected: str) -> NoReturn:
    raise UserError("iiif_request", f"The {part} {value[:100]!r} cannot be served; expected is {expected}.")


def _region(text: str, width: int, height: int) -> Region:
    if text == "full":
        return Region(0, 0, width, height)
    if text == "square":
        side = min(width, height)
        return Region((width - side) // 2, (height - side) // 2, side, side)
    x, y, w, h = _corners(text, width, height)
    right, bottom = min(x + w, width), min(y + h, height)
    if right <= x or bottom <= y:
        _refuse("region", text, f"one that has an area inside the {width} × {height} pixels")
    return Region(x, y, right - x, bottom - y)


def _corners(text: str, width: int, height: int) -> tuple[int, int, int, int]:
    if found := _PIXELS.fullmatch(text):
        x, y, w, h = map(int, found.groups())
        return x, y, w, h
    if found := _PERCENT.fullmatch(text):
        sides = (width, height, width, height)
        x, y, w, h = (
            round(float(share) * side / 100) for share, side in zip(found.groups(), sides, strict=True)
        )
        return x, y, w, h
    _refuse("region", text, "full, square, x,y,w,h or pct:x,y,w,h")


def _size(text: str, part: Region) -> tuple[int, int]:
    found = _SIZE.fullmatch(text.removeprefix("^"))
    if found is None or (not found["max"] and not found["percent"] and not _has_sides(found)):
        _refuse("size", text, "max, w, or ,h or w,h or !w,h or pct:n")
    width, height = _wanted(found, part)
    if width > part.width or height > part.height:
        if text.startswith("^"):
            raise NotOffered("iiif_upscaling", "Parts of a picture are not served larger than they are.")
        _refuse("size", text, f"none above the {part.width} × {part.height} pixels of the region")
    if width < 1 or height < 1 or width * height > MAX_AREA:
        _refuse("size", text, f"from one pixel to {MAX_AREA:,} of them")
    return width, height


def _has_sides(found: re.Match[str]) -> bool:
    """`w,` and `,h` and `w,h`, but of the confined ones only `!w,h`."""
    sides = [bool(found["width"]), bool(found["height"])]
    return all(sides) if found["confined"] else any(sides)


def _wanted(found: re.Match[str], part: Region) -> tuple[int, int]:
    if found["max"]:
        return _largest(part)
    if found["percent"]:
        return _scaled(part, float(found["percent"]) / 100)
    width, height = (int(found[side]) if found[side] else None for side in ("width", "height"))
    if found["confined"]:
        assert width is not None
        assert height is not None
        return _confined(part, width, height)
    if height is None:
        assert width is not None
        return width, max(1, round(part.height * width / part.width)) if width else 0
    if width is None:
        return max(1, round(part.width * height / part.height)) if height else 0, height
    return width, height


def _scaled(part: Region, ratio: float) -> tuple[int, int]:
    return round(part.width * ratio), round(part.height * ratio)


def _confined(part: Region, width: int, height: int) -> tuple[int, int]:
    """As large as fits, within our limit too; a thin picture keeps at least one pixel."""
    if width < 1 or height < 1:
        return 0, 0
    most = _largest(part)
    ratio = min(1.0, width / part.width, height / part.height, most[0] / part.width)
    found = _scaled(part, ratio)
    return max(1, min(found[0], width)), max(1, min(found[1], height))


def _largest(part: Region) -> tuple[int, int]:
    area = part.width * part.height
    if area <= MAX_AREA:
        return part.width, part.height
    ratio = math.sqrt(MAX_AREA / area)
    # Rounded down: both rounded up would be above the limit.
    return max(1, int(part.width * ratio)), max(1, int(part.height * ratio))


def _rotation(text: str) -> tuple[bool, int]:
    found = _ROTATION.fullmatch(text)
    degrees = float(found[2]) if found else -1.0
    if found is None or degrees not in (0, 90, 180, 270, 360):
        _refuse("rotation", text, "0, 90, 180 or 270, with ! before it to mirror")
    return bool(found[1]), int(degrees) % 360
