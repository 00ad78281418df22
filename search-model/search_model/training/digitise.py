"""The same work in another digitisation: other margins, slant, sharpness, tone; or framed on a wall. Pure, seeded."""

import cv2
import numpy as np
from numpy.typing import NDArray

from search_model.training.tone import change_tone

RgbImage = NDArray[np.uint8]
Colour = tuple[float, float, float]


def rescan(rng: np.random.Generator, rgb: RgbImage) -> RgbImage:
    """Margins, a slight slant, sharpness and tone differ; uint8 RGB of another shape."""
    result = rgb
    if rng.random() < 0.65:
        result = change_margins(rng, result)
    if rng.random() < 0.3:
        result = _slant(rng, result)
    if rng.random() < 0.3:
        result = np.asarray(cv2.GaussianBlur(result, (0, 0), rng.uniform(0.3, 1.8)), dtype=np.uint8)
    return change_tone(rng, result) if rng.random() < 0.7 else result


def change_margins(rng: np.random.Generator, rgb: RgbImage) -> RgbImage:
    """Trim up to a twelfth of each side, or (twice as often) add up to 18 % of the longer side, each side by itself."""
    height, width = rgb.shape[:2]
    if rng.random() < 1 / 3:
        top, bottom = (int(height * rng.uniform(0, 0.08)) for _ in range(2))
        left, right = (int(width * rng.uniform(0, 0.08)) for _ in range(2))
        return rgb[top : height - bottom, left : width - right]
    widest = 0.18 if rng.random() < 0.4 else 0.12
    top, bottom, left, right = (int(max(height, width) * rng.uniform(0, widest)) for _ in range(4))
    return _surround(rgb, (top, bottom, left, right), _margin_colour(rng, rgb))


def frame(rng: np.random.Generator, rgb: RgbImage) -> RgbImage:
    """The work in a frame on a wall: perhaps a mount, a moulding with light and dark sides, and wall around it."""
    if rng.random() < 0.4:
        rgb = _band(rng, rgb, share=(0.02, 0.15), colour=_light(rng))
    for _ in range(int(rng.integers(1, 3))):
        rgb = _moulding(rng, rgb)
    return _band(rng, rgb, share=(0.0, 0.2), colour=_any(rng))


def _moulding(rng: np.random.Generator, rgb: RgbImage) -> RgbImage:
    """One profile of a frame, lit from one side."""
    width = max(1, int(max(rgb.shape[:2]) * rng.uniform(0.01, 0.07)))
    colour, relief = np.array(_any(rng)), rng.uniform(0, 0.5)
    for sides, light in (((width, 0, 0, 0), 1 + relief), ((0, width, 0, 0), 1 - relief),
                         ((0, 0, width, 0), 1 + relief / 2), ((0, 0, 0, width), 1 - relief / 2)):  # fmt: skip
        red, green, blue = np.clip(colour * light, 0, 255)
        rgb = _surround(rgb, sides, (float(red), float(green), float(blue)))
    return rgb


def _band(rng: np.random.Generator, rgb: RgbImage, *, share: tuple[float, float], colour: Colour) -> RgbImage:
    top, bottom, left, right = (int(max(rgb.shape[:2]) * rng.uniform(*share)) for _ in range(4))
    return _surround(rgb, (top, bottom, left, right), colour)


def _margin_colour(rng: np.random.Generator, rgb: RgbImage) -> Colour:
    """Half the time the paper's own colour at the border, else cream, white, black or grey of a scanner's bed."""
    if rng.random() < 0.5:
        red, green, blue = np.percentile(rgb[:: max(1, rgb.shape[0] // 32)], 80, axis=(0, 1))
        return float(red), float(green), float(blue)
    kind = rng.random()
    return _light(rng) if kind < 0.6 else (255.0,) * 3 if kind < 0.8 else (float(rng.uniform(0, 120)),) * 3


def _light(rng: np.random.Generator) -> Colour:
    red = rng.uniform(200, 255)
    return float(red), float(red * rng.uniform(0.9, 1.0)), float(red * rng.uniform(0.75, 1.0))


def _any(rng: np.random.Generator) -> Colour:
    red, green, blue = rng.uniform(0, 255, 3)
    return float(red), float(green), float(blue)


def _surround(rgb: RgbImage, widths: tuple[int, int, int, int], colour: Colour) -> RgbImage:
    return np.asarray(cv2.copyMakeBorder(rgb, *widths, cv2.BORDER_CONSTANT, value=colour), dtype=np.uint8)


def _slant(rng: np.random.Generator, rgb: RgbImage) -> RgbImage:
    height, width = rgb.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-2.5, 2.5), 1.0)
    slanted = cv2.warpAffine(rgb, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(slanted, dtype=np.uint8)
