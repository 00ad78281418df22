"""Positive pairs for contrastive training: two pictures that a good descriptor calls the same print. Pure, seeded.

One is a scan as another institution might have made it (trimmed, toned, bleached, thresholded), the other mostly a
phone photograph. What both share is drawn first: a crop, a mirror image or a quarter turn counts as a print of its
own, which makes many prints of few and gives every batch near misses.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from search_model.evaluation.simulate import photograph
from search_model.preprocess import fit_within, letterbox

RgbImage = NDArray[np.uint8]
NetworkInput = NDArray[np.float32]

PHOTOGRAPH_SHARE = 0.85  # the rest of the second views are scans and details: tone, margins and crops alone
SEVERITY_SHARES = {"mild": 0.2, "normal": 0.55, "harsh": 0.25}


def make_pair(rgb: RgbImage, *, rng: np.random.Generator, size: int) -> tuple[NetworkInput, NetworkInput]:
    """Two network inputs of one print, float32 (size, size, 3) in [-1, 1]: a scan and, mostly, a photograph."""
    print_ = _shrink(_choose_print(rng, rgb), round(1.5 * size))
    first = letterbox(rescan(rng, print_), size)
    if rng.random() >= PHOTOGRAPH_SHARE:
        return first, letterbox(rescan(rng, _detail(rng, print_, smallest=0.6)), size)
    severity = str(rng.choice(list(SEVERITY_SHARES), p=list(SEVERITY_SHARES.values())))
    source = change_tone(rng, print_) if rng.random() < 0.3 else print_
    photo = photograph(source, seed=int(rng.integers(2**32)), severity=severity, size=size)
    return first, letterbox(_camera_format(rng, photo), size)


def _shrink(rgb: RgbImage, side: int) -> RgbImage:
    """Half of a step's time went into changing the tone of pixels that the network never sees."""
    return fit_within(rgb, side) if max(rgb.shape[:2]) > side else rgb


def _choose_print(rng: np.random.Generator, rgb: RgbImage) -> RgbImage:
    if rng.random() < 0.6:
        rgb = _detail(rng, rgb, smallest=0.45)
    if rng.random() < 0.5:
        rgb = rgb[:, ::-1]
    if rng.random() < 0.15:
        rgb = np.rot90(rgb, int(rng.integers(1, 4)))
    return np.ascontiguousarray(rgb)


def _detail(rng: np.random.Generator, rgb: RgbImage, *, smallest: float) -> RgbImage:
    """A rectangle whose sides are at least `smallest` of the picture's."""
    height, width = rgb.shape[:2]
    h, w = (max(8, int(side * rng.uniform(smallest, 1))) for side in (height, width))
    top, left = int(rng.integers(0, height - h + 1)), int(rng.integers(0, width - w + 1))
    return rgb[top : top + h, left : left + w]


def rescan(rng: np.random.Generator, rgb: RgbImage) -> RgbImage:
    """The same sheet in another digitisation: margins, a slight slant, sharpness and tone differ."""
    result = rgb
    if rng.random() < 0.5:
        result = _change_margins(rng, result)
    if rng.random() < 0.3:
        result = _slant(rng, result)
    if rng.random() < 0.3:
        result = np.asarray(cv2.GaussianBlur(result, (0, 0), rng.uniform(0.3, 1.5)), dtype=np.uint8)
    return change_tone(rng, result) if rng.random() < 0.6 else result


def _change_margins(rng: np.random.Generator, rgb: RgbImage) -> RgbImage:
    """Trim up to a twelfth of each side, or add as much paper of the border's own colour."""
    height, width = rgb.shape[:2]
    if rng.random() < 0.5:
        top, bottom = (int(height * rng.uniform(0, 0.08)) for _ in range(2))
        left, right = (int(width * rng.uniform(0, 0.08)) for _ in range(2))
        return rgb[top : height - bottom, left : width - right]
    top, bottom, left, right = (int(max(height, width) * rng.uniform(0, 0.12)) for _ in range(4))
    paper = [float(c) for c in np.percentile(rgb[:: max(1, height // 32)], 80, axis=(0, 1))]
    padded = cv2.copyMakeBorder(rgb, top, bottom, left, right, cv2.BORDER_CONSTANT, value=paper)
    return np.asarray(padded, dtype=np.uint8)


def _slant(rng: np.random.Generator, rgb: RgbImage) -> RgbImage:
    height, width = rgb.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-2.5, 2.5), 1.0)
    slanted = cv2.warpAffine(rgb, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(slanted, dtype=np.uint8)


def change_tone(rng: np.random.Generator, rgb: RgbImage) -> RgbImage:
    """Grey, bilevel, toned paper, gamma and contrast; uint8 of the same shape."""
    values: NDArray[np.float32] = rgb.astype(np.float32) / np.float32(255)
    kind = rng.random()
    if kind < 0.25:
        values = np.repeat(values.mean(axis=2, keepdims=True, dtype=np.float32), 3, axis=2)
    elif kind < 0.4:
        values = _bilevel(rng, values)
    low, high = rng.uniform(-0.1, 0.3), rng.uniform(0.7, 1.1)
    toned = np.clip(values, 0, 1) ** np.exp(rng.normal(0, 0.35)) * (high - low) + low
    if rng.random() < 0.5:
        toned = toned * rng.uniform(0.75, 1.05, 3)
    return np.asarray(np.clip(toned * 255, 0, 255), dtype=np.uint8)


def _bilevel(rng: np.random.Generator, values: NetworkInput) -> NetworkInput:
    """A microfilm or line-block look: a soft step at a local threshold."""
    grey = values.mean(axis=2)
    local = cv2.GaussianBlur(grey, (0, 0), max(grey.shape) * 0.05)
    step = 1 / (1 + np.exp(-(grey - local + rng.uniform(-0.02, 0.1)) * rng.uniform(20, 60)))
    return np.asarray(np.repeat(step[..., None], 3, axis=2), dtype=np.float32)


def _camera_format(rng: np.random.Generator, photo: RgbImage) -> RgbImage:
    """Phones take 4:3, upright or level; half of the photographs stay square."""
    if rng.random() < 0.5:
        return photo
    cut = max(1, int(photo.shape[0] * rng.uniform(0.02, 0.1)))
    return photo[:, cut:-cut] if rng.random() < 0.5 else photo[cut:-cut]
