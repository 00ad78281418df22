"""From a request's bytes to pixels, safely: type by content, size known before memory is taken."""

import io
import math
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from search_model.preprocess import RgbImage

# Our own limit, below, is checked before any pixel is read; Pillow's would only warn.
Image.MAX_IMAGE_PIXELS = None

# No WebP: libwebp takes the memory of the whole canvas before its size can be looked at. The backend decodes
# those itself and sends arrays.
FORMATS = ("JPEG", "PNG", "TIFF", "GIF", "BMP")
NPY_TYPE = "application/x-npy"


class Refused(Exception):
    """A picture the service will not take; `code` for programs, the text for people, `status` for HTTP."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


def decode(body: bytes, content_type: str, *, max_pixels: int, wanted_size: int) -> RgbImage:
    """One picture as upright uint8 RGB (h, w, 3).

    Args:
        body: the bytes of an encoded picture or of one npy array.
        content_type: "image/…" or "application/x-npy".
        max_pixels: the most that width x height may be.
        wanted_size: side of the network's input; a JPEG is decoded at reduced size, never below twice this.

    Raises:
        Refused: another type, a broken file, or too many pixels.
    """
    if content_type == NPY_TYPE:
        return _npy_array(body, max_pixels=max_pixels)
    if content_type.startswith("image/"):
        return _encoded_picture(body, max_pixels=max_pixels, wanted_size=wanted_size)
    raise Refused(
        "unsupported_type",
        f"{content_type or 'a body without a type'} is not taken; send image/* or {NPY_TYPE}",
    )


def _npy_array(body: bytes, *, max_pixels: int) -> RgbImage:
    stream = io.BytesIO(body)
    try:
        version = np.lib.format.read_magic(stream)
        reads = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, fortran, dtype = reads(stream)
    except ValueError as error:
        raise Refused("broken_image", "the body is no npy array; send what numpy.save writes") from error
    if dtype != np.uint8 or fortran or len(shape) != 3 or shape[2] != 3 or 0 in shape:
        raise Refused("wrong_array", f"the array is {dtype} {shape}; send uint8 (h, w, 3) in C order")
    _check_pixels(shape[1], shape[0], max_pixels)
    if len(body) - stream.tell() != math.prod(shape):
        raise Refused("broken_image", f"the array says {shape} but has {len(body) - stream.tell()} bytes of pixels")
    return np.frombuffer(body, dtype=np.uint8, offset=stream.tell()).reshape(shape)


def _encoded_picture(body: bytes, *, max_pixels: int, wanted_size: int) -> RgbImage:
    try:
        with Image.open(io.BytesIO(body), formats=FORMATS) as picture:
            _check_pixels(*picture.size, max_pixels)
            picture.draft("RGB", (2 * wanted_size, 2 * wanted_size))
            return np.asarray(_rgb(ImageOps.exif_transpose(picture)), dtype=np.uint8)
    except Refused:
        raise
    except Exception as error:
        raise Refused("broken_image", f"the picture cannot be read; send an unbroken {', '.join(FORMATS)}") from error


def _rgb(picture: Any) -> Any:
    """8-bit RGB: 16-bit greys scaled, transparency laid on white paper."""
    if picture.mode.startswith("I"):
        grey = np.asarray(picture.convert("I"), dtype=np.int64)
        return Image.fromarray(np.clip(grey >> 8, 0, 255).astype(np.uint8)).convert("RGB")
    if picture.has_transparency_data:
        layered = picture.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(paper, layered).convert("RGB")
    return picture.convert("RGB")


def _check_pixels(width: int, height: int, max_pixels: int) -> None:
    if width * height > max_pixels:
        raise Refused(
            "image_too_large",
            f"the picture has {width} x {height} pixels; {max_pixels:,} at most are taken, so shrink it",
            status=413,
        )
