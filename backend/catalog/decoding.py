"""Decoding pictures that anybody may have sent: no Django, for a process of its own (`decoder_process`).

The type is told by content; bytes and pixels are compared with the limits before any pixel is read; of an
animation or a document of many pages only the first picture is read. Every failure is one of our errors.
"""

import io
import math
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import numpy as np
from PIL import Image
from pillow_heif import register_heif_opener

from catalog import image_colour
from catalog.decode_limits import (
    DecodeLimits,
    ImageInfo,
    accepted_type,
    check_memory,
    check_pixels,
    checked_head,
)
from catalog.image_geometry import Pixels
from catalog.image_types import webp_size
from core.errors import RectoError, UserError
from core.sentences import say

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
# Given the pixels that have to be in memory, whether and when they may be.
Admission = Callable[[int], AbstractContextManager[None]]
# Given the longer side in the file, how long it shall be at most.
Size = Callable[[int], int]


def at_once(pixels: int) -> AbstractContextManager[None]:
    return nullcontext()


def as_it_is(longest: int) -> int:
    return longest


def at_most(side: int) -> Size:
    """Shrunk to `side` where it is larger."""
    return lambda longest: min(longest, side)


def near(side: int) -> Size:
    """From `side` to twice that, if it is so large.

    Halved as often as possible: that is what JPEG decoders do for nothing, where any other size costs more
    time than the decoding.
    """

    def halved(longest: int) -> int:
        while longest >= 2 * side:
            longest = (longest + 1) // 2
        return longest

    return halved


def probe(source: bytes | Path, *, limits: DecodeLimits) -> ImageInfo:
    """Format and size from the header, no pixel read. Raises what `decode` raises."""
    with _opened(source, limits) as (image, kind):
        return _info(image, kind)


def check_streaming(source: Path, *, limits: DecodeLimits) -> None:
    """Raises what `decode` would for what takes too much memory even where it is read row by row."""
    with _opened(source, limits) as (image, _):
        rows = image.width * TILE_ROWS
        check_memory(_pixels_at_once(image, at_least=rows, full_pixels=math.prod(image.size)), limits)


def decode(
    source: bytes | Path, *, limits: DecodeLimits, size: Size = as_it_is, admit: Admission = at_once
) -> tuple[Pixels, ImageInfo]:
    """uint8 sRGB of shape (height, width, 3), upright, of the size that `size` chooses; and the header.

    Raises UserError (400) for a damaged file, TooLarge, UnsupportedType, or NotFound for a path.
    """
    with _opened(source, limits) as (image, kind):
        full_pixels, info = math.prod(image.size), _info(image, kind)
        longest_side = size(max(image.size))
        _draft(image, longest_side)
        pixels = _pixels_at_once(image, at_least=math.prod(image.size), full_pixels=full_pixels)
        check_memory(pixels, limits)
        with admit(pixels):
            return _upright_rgb(image, longest_side), info


def _info(image: Image.Image, kind: str) -> ImageInfo:
    width, height = image.size
    return ImageInfo(kind, height, width) if _orientation(image) >= 5 else ImageInfo(kind, width, height)


def _upright_rgb(image: Image.Image, longest_side: int) -> Pixels:
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
    head = checked_head(source, limits)
    kind = accepted_type(head)
    if kind == "WebP":
        # libwebp takes the memory of the whole canvas when it opens the file.
        check_pixels(webp_size(head) or (0, 0), limits)
    try:
        stream = io.BytesIO(source) if isinstance(source, bytes) else source
        with Image.open(stream, formats=PILLOW_FORMATS.get(kind, (kind,))) as image:
            check_pixels(image.size, limits)
            yield image, kind
    except (RectoError, MemoryError):
        raise
    except Exception as error:
        # Decoders raise anything on hostile bytes: SyntaxError, struct.error, KeyError ...
        message = (
            f"The {kind} picture is damaged or cut off. Send another copy, or save it again from a viewer."
        )
        raise UserError("image_damaged", say("image_damaged", message, type=kind)) from error


def _pixels_at_once(image: Image.Image, *, at_least: int, full_pixels: int) -> int:
    """What decoding has to hold in memory, which is not always the size of the picture."""
    if image.info.get("progressive"):
        # libjpeg keeps the coefficients of the whole progressive picture, however small it is to become.
        return full_pixels
    tags = getattr(image, "tag_v2", {})
    tile = int(tags.get(TILE_WIDTH, 0)) * int(tags.get(TILE_LENGTH, 0))
    return max(at_least, tile)


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


def _draft(image: Image.Image, longest_side: int) -> None:
    """Tell the decoder that a smaller picture will do; only JPEG's can use it."""
    if longest_side < max(image.size):
        ratio = longest_side / max(image.size)
        image.draft(None, (max(1, math.ceil(image.width * ratio)), max(1, math.ceil(image.height * ratio))))


def _shrunk(image: Image.Image, longest_side: int) -> Image.Image:
    if longest_side >= max(image.size):
        return image
    ratio = longest_side / max(image.size)
    size = max(1, round(image.width * ratio)), max(1, round(image.height * ratio))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
