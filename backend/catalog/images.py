"""Safe decoding of pictures that anybody may have sent.

The type is told by content; bytes and pixels are compared with the limits before any pixel is read; of an
animation or a document of many pages only the first picture is read. Every failure is one of our errors.
"""

import io
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings
from PIL import Image
from pillow_heif import register_heif_opener

from catalog import image_colour
from catalog.image_geometry import Pixels, crop, mirror, rotate
from catalog.image_types import ACCEPTED, HEAD_BYTES, file_type, webp_size
from catalog.pixel_budget import PixelBudget
from core.errors import NotFound, RectoError, TooLarge, UnsupportedType, UserError
from core.sentences import say

__all__ = [
    "DecodeLimits",
    "ImageInfo",
    "Pixels",
    "check_streaming",
    "crop",
    "decode",
    "mirror",
    "probe",
    "rotate",
    "scan_limits",
    "search_limits",
]

register_heif_opener(thumbnails=False)
# Two blocks of at most 16 MB are kept for the next picture: to get them anew takes as long as to decode a
# photograph (15 ms of processor instead of 7 for a million pixels).
Image.core.set_blocks_max(2)  # type: ignore[attr-defined]
# Pillow's own limit is one for the whole process, and only a warning; ours differ for visitors and curators.
Image.MAX_IMAGE_PIXELS = None
# Pillow warns of odd metadata in files that decode well, or that we refuse anyway.
warnings.filterwarnings("ignore", category=UserWarning, module="PIL")

PILLOW_FORMATS = {"JPEG": ("JPEG", "MPO"), "WebP": ("WEBP",), "HEIC": ("HEIF",)}
ORIENTATION = 274  # EXIF tag
TILE_WIDTH, TILE_LENGTH = 322, 323  # TIFF tags
TILE_ROWS = 1024  # what streaming holds at least
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Measured: 36 million pixels take 100 (JPEG) to 550 MB (WebP) while they are decoded and shrunk.
_budget = PixelBudget(48_000_000)


@dataclass(frozen=True)
class DecodeLimits:
    """`max_pixels` is for the size in the header, `max_decoded_pixels` for what has to be in memory at once:
    a JPEG that is asked for smaller is decoded smaller, and may have more."""

    max_bytes: int
    max_pixels: int
    max_decoded_pixels: int


@dataclass(frozen=True)
class ImageInfo:
    """The format, one of image_types.ACCEPTED, and the size of the upright picture in pixels."""

    format: str
    width: int
    height: int


def search_limits() -> DecodeLimits:
    """For pictures that visitors send."""
    pixels = settings.RECTO_SEARCH_MAX_PIXELS
    return DecodeLimits(settings.RECTO_SEARCH_MAX_BYTES, pixels, pixels)


def scan_limits() -> DecodeLimits:
    """For the collection's own scans, which curators load from disk."""
    pixels = settings.RECTO_SCAN_MAX_PIXELS
    return DecodeLimits(settings.RECTO_SCAN_MAX_BYTES, pixels, min(pixels, 150_000_000))


def probe(source: bytes | Path, *, limits: DecodeLimits) -> ImageInfo:
    """Format and size from the header, no pixel read. Raises what `decode` raises."""
    with _opened(source, limits) as (image, kind):
        width, height = image.size
        if _orientation(image) >= 5:
            width, height = height, width
        return ImageInfo(kind, width, height)


def check_streaming(source: Path, *, limits: DecodeLimits) -> None:
    """Raises what `decode` would for what takes too much memory even where it is read row by row."""
    with _opened(source, limits) as (image, _):
        rows = image.width * TILE_ROWS
        _check_memory(_pixels_at_once(image, at_least=rows, full_pixels=math.prod(image.size)), limits)


def decode(source: bytes | Path, *, limits: DecodeLimits, longest_side: int | None = None) -> Pixels:
    """uint8 sRGB of shape (height, width, 3), upright; shrunk to `longest_side` where it is larger.

    Raises UserError (400) for a damaged file, TooLarge, UnsupportedType, or NotFound for a path.
    """
    with _opened(source, limits) as (image, _):
        full_pixels = math.prod(image.size)
        _draft(image, longest_side)
        pixels = _pixels_at_once(image, at_least=math.prod(image.size), full_pixels=full_pixels)
        _check_memory(pixels, limits)
        with _budget.share(pixels):
            return _upright_rgb(image, longest_side)


def _upright_rgb(image: Image.Image, longest_side: int | None) -> Pixels:
    orientation = _orientation(image)
    profile = image.info.get("icc_profile")
    image.load()
    shrunk = _shrunk(image_colour.eight_bit(image), longest_side)
    rgb = image_colour.srgb(shrunk, profile)
    if orientation in UPRIGHT:
        rgb = rgb.transpose(UPRIGHT[orientation])
    return np.array(rgb)


@contextmanager
def _opened(source: bytes | Path, limits: DecodeLimits) -> Iterator[tuple[Image.Image, str]]:
    """The picture, its header read, its size allowed. Whatever goes wrong in the block becomes our error."""
    head = _head(source, limits)
    kind = _accepted_type(head)
    if kind == "WebP":
        # libwebp takes the memory of the whole canvas when it opens the file.
        _check_pixels(webp_size(head) or (0, 0), limits)
    try:
        stream = io.BytesIO(source) if isinstance(source, bytes) else source
        with Image.open(stream, formats=PILLOW_FORMATS.get(kind, (kind,))) as image:
            _check_pixels(image.size, limits)
            yield image, kind
    except RectoError:
        raise
    except Exception as error:
        # Decoders raise anything on hostile bytes: SyntaxError, struct.error, KeyError, MemoryError ...
        message = (
            f"The {kind} picture is damaged or cut off. Send another copy, or save it again from a viewer."
        )
        raise UserError("image_damaged", say("image_damaged", message, type=kind)) from error


def _head(source: bytes | Path, limits: DecodeLimits) -> bytes:
    """The first bytes of a file that is neither empty nor too long."""
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        head = source[:HEAD_BYTES] if isinstance(source, bytes) else _first_bytes(source)
    except OSError as error:
        name = source.name if isinstance(source, Path) else "upload"
        message = f"The file {name} cannot be read: {error.strerror}."
        raise NotFound("image_missing", say("image_file_unreadable", message, file=name)) from error
    if size == 0:
        raise UserError("image_empty", "The file is empty. Choose another one.")
    if size > limits.max_bytes:
        found = f"The picture has {size / 1e6:.1f} MB; the limit is {limits.max_bytes / 1e6:g} MB."
        message = say(
            "image_too_many_bytes",
            f"{found} Save it smaller, as JPEG for example.",
            megabytes=round(size / 1e6, 1),
            limit=limits.max_bytes / 1e6,
        )
        raise TooLarge("image_too_many_bytes", message)
    return head


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _accepted_type(head: bytes) -> str:
    found = file_type(head)
    if found.name:
        return found.name
    readable = f"Recto reads {', '.join(ACCEPTED[:-1])} and {ACCEPTED[-1]}. Save it as one of these."
    if found.refused:
        message = f"The file is {found.refused}. {readable}"
        raise UnsupportedType("image_type_refused", _unreadable_type(message))
    message = f"The file is not a picture of a known type. {readable}"
    raise UnsupportedType("image_type_unknown", _unreadable_type(message))


def _unreadable_type(message: str) -> str:
    return say("image_type_unknown", message, types=", ".join(ACCEPTED))


def _check_pixels(size: tuple[int, int], limits: DecodeLimits) -> None:
    width, height = size
    if width * height > limits.max_pixels:
        found = f"The picture has {width} × {height} = {width * height / 1e6:.1f} megapixels"
        limit = f"the limit is {limits.max_pixels / 1e6:g} megapixels"
        message = say(
            "image_too_large",
            f"{found}; {limit}. Save it smaller.",
            megapixels=round(width * height / 1e6, 1),
            limit=limits.max_pixels / 1e6,
        )
        raise TooLarge("image_too_large", message)


def _pixels_at_once(image: Image.Image, *, at_least: int, full_pixels: int) -> int:
    """What decoding has to hold in memory, which is not always the size of the picture."""
    if image.info.get("progressive"):
        # libjpeg keeps the coefficients of the whole progressive picture, however small it is to become.
        return full_pixels
    tags = getattr(image, "tag_v2", {})
    tile = int(tags.get(TILE_WIDTH, 0)) * int(tags.get(TILE_LENGTH, 0))
    return max(at_least, tile)


def _check_memory(pixels: int, limits: DecodeLimits) -> None:
    if pixels > limits.max_decoded_pixels:
        limit = f"{limits.max_decoded_pixels / 1e6:g} megapixels"
        message = f"The picture needs {pixels / 1e6:.1f} megapixels of memory; the limit is {limit}."
        told = say(
            "image_needs_memory",
            f"{message} Save it smaller, or as a baseline JPEG.",
            megapixels=round(pixels / 1e6, 1),
            limit=limits.max_decoded_pixels / 1e6,
        )
        raise TooLarge("image_too_large", told)


def _orientation(image: Image.Image) -> int:
    """EXIF orientation 1 to 8. TIFF files are turned by Pillow, HEIC files by libheif."""
    if image.format == "TIFF" or (image.format == "PNG" and "exif" not in image.info):
        # (Pillow would read all of a PNG's pixels to look for metadata behind them.)
        return 1
    try:
        orientation = int(image.getexif().get(ORIENTATION, 1))
    except Exception:
        # Damaged metadata in a sound picture.
        return 1
    return orientation if 1 <= orientation <= 8 else 1


def _draft(image: Image.Image, longest_side: int | None) -> None:
    """Tell the decoder that a smaller picture will do; only JPEG's can use it."""
    if longest_side and longest_side < max(image.size):
        ratio = longest_side / max(image.size)
        image.draft(None, (max(1, math.ceil(image.width * ratio)), max(1, math.ceil(image.height * ratio))))


def _shrunk(image: Image.Image, longest_side: int | None) -> Image.Image:
    if not longest_side or longest_side >= max(image.size):
        return image
    ratio = longest_side / max(image.size)
    size = max(1, round(image.width * ratio)), max(1, round(image.height * ratio))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
