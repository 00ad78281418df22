"""Cutting out, turning and mirroring pictures. Pure: arrays in, arrays out."""

import numpy as np
import numpy.typing as npt

from core.errors import UserError
from core.sentences import say

Pixels = npt.NDArray[np.uint8]
SMALLEST_CROP = 8


def crop(pixels: Pixels, *, x: float, y: float, width: float, height: float) -> Pixels:
    """The part whose left top corner and size are given as fractions of the picture's width and height.

    Raises UserError when it reaches outside the picture or has less than SMALLEST_CROP pixels a side.
    """
    # (The page's rounding may reach a thousandth beyond the edge.)
    if not (x >= 0 and y >= 0 and width > 0 and height > 0 and x + width < 1.001 and y + height < 1.001):
        raise UserError("crop_outside", "The crop must lie inside the picture: fractions from 0 to 1.")
    full_height, full_width = pixels.shape[:2]
    left, top = round(x * full_width), round(y * full_height)
    right, bottom = round((x + width) * full_width), round((y + height) * full_height)
    part = pixels[top : min(bottom, full_height), left : min(right, full_width)]
    if min(part.shape[:2]) < SMALLEST_CROP:
        message = f"The crop is smaller than {SMALLEST_CROP} pixels. Make it larger."
        raise UserError("crop_too_small", say("crop_too_small", message, pixels=SMALLEST_CROP))
    return np.ascontiguousarray(part)


def rotate(pixels: Pixels, *, degrees: int) -> Pixels:
    """Turned clockwise by a multiple of 90 degrees."""
    if degrees % 90:
        message = f"Pictures are turned by 0, 90, 180 or 270 degrees, not {degrees}."
        raise UserError("rotation_invalid", say("rotation_invalid", message, degrees=degrees))
    return np.ascontiguousarray(np.rot90(pixels, k=-degrees // 90))


def mirror(pixels: Pixels) -> Pixels:
    """Left and right exchanged, as a print shows its plate."""
    return np.ascontiguousarray(pixels[:, ::-1])
