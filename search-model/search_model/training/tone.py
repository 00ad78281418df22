"""Tone: how another scanner, camera or microfilm would have recorded the same sheet. Pure, seeded.

Every function takes and gives uint8 RGB of the same shape (h, w, 3).
"""

import cv2
import numpy as np
from numpy.typing import NDArray

RgbImage = NDArray[np.uint8]

# What becomes of the colours before contrast and paper are changed. Thresholding is frequent because it is what a
# descriptor learnt on scans alone stands least.
KIND_SHARES = {"as it is": 0.35, "grey": 0.15, "bilevel": 0.35, "inked": 0.15}


def change_tone(rng: np.random.Generator, rgb: RgbImage) -> RgbImage:
    """One of `KIND_SHARES`, then gamma and contrast, then half the time toned paper."""
    kind = str(rng.choice(list(KIND_SHARES), p=list(KIND_SHARES.values())))
    if kind == "bilevel":
        rgb = threshold(rng, rgb)
        if rng.random() < 0.5:
            return rgb
    elif kind == "grey":
        rgb = _grey_rgb(rgb)
    elif kind == "inked":
        rgb = change_ink(rng, rgb)
    return tone_paper(rng, change_contrast(rng, rgb)) if rng.random() < 0.5 else change_contrast(rng, rgb)


def change_contrast(rng: np.random.Generator, rgb: RgbImage) -> RgbImage:
    """A gamma, and black and white moved towards each other or clipped; one in four prints is left very flat."""
    width = rng.uniform(0.3, 0.5) if rng.random() < 0.25 else rng.uniform(0.5, 1.2)
    low = rng.uniform(min(-0.1, 1 - width), max(0.0, 1.05 - width))
    return _by_table(_steps() ** np.exp(rng.normal(0, 0.4)) * width + low, rgb)


def tone_paper(rng: np.random.Generator, rgb: RgbImage) -> RgbImage:
    """The sheet seen through a colour: mostly yellowed paper, else any tint."""
    yellowed = np.array([1.0, rng.uniform(0.82, 1.0), rng.uniform(0.55, 0.95)]) * rng.uniform(0.7, 1.0)
    colour = yellowed if rng.random() < 0.7 else rng.uniform(0.6, 1.05, 3)
    return _by_table(_steps()[:, None] * colour, rgb)


def change_ink(rng: np.random.Generator, rgb: RgbImage) -> RgbImage:
    """Another ink on another paper: grey values between two colours, as of a sepia, blue or red chalk print."""
    ink, paper = rng.uniform(0, 0.45, 3), rng.uniform(0.65, 1.0, 3)
    return _by_table(ink + _steps()[:, None] * (paper - ink), _grey_rgb(rgb))


def threshold(rng: np.random.Generator, rgb: RgbImage) -> RgbImage:
    """Black and white only, as of a line block, a photocopy or microfilm; blurred first, a soft step, or speckled."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    if rng.random() < 0.3:
        grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.4, 1.2))
    cut, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)
    if rng.random() < 0.35:  # uneven light was taken out before
        difference = grey.astype(np.float32) - cv2.GaussianBlur(grey.astype(np.float32), (0, 0), max(grey.shape) * 0.05)
        grey = np.clip(difference + cut, 0, 255).astype(np.uint8)
    middle = cut + rng.uniform(-25, 25) * (rng.random() < 0.6)
    steepness = 1.0 if rng.random() < 0.6 else rng.uniform(0.05, 0.3)
    step = 1 / (1 + np.exp(-np.clip((_steps() * 255 - middle) * steepness, -60, 60)))
    return _by_table(step, np.repeat(grey[..., None], 3, axis=2))


def _grey_rgb(rgb: RgbImage) -> RgbImage:
    return np.repeat(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2).astype(np.uint8)


def _steps() -> NDArray[np.float32]:
    return np.arange(256, dtype=np.float32) / np.float32(255)


def _by_table(table: NDArray[np.floating], rgb: RgbImage) -> RgbImage:
    """Each value looked up: a table of shape (256,) or (256, 3) in [0, 1] costs a tenth of float arithmetic."""
    bytes_ = np.clip(table * 255 + 0.5, 0, 255).astype(np.uint8)
    columns = bytes_ if bytes_.ndim == 2 else np.repeat(bytes_[:, None], 3, axis=1)
    return np.asarray(cv2.LUT(np.ascontiguousarray(rgb), np.ascontiguousarray(columns[None])), dtype=np.uint8)
