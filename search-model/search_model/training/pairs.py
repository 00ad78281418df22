"""Positive pairs for contrastive training: two pictures that a good descriptor calls the same print. Pure, seeded.

One is a scan as another institution might have made it (trimmed, toned, bleached, thresholded), the other mostly a
phone photograph. What both share is drawn first: a crop, a mirror image or a quarter turn counts as a print of its
own, which makes many prints of few and gives every batch near misses.
"""

import numpy as np
from numpy.typing import NDArray

from search_model.evaluation.simulate import photograph
from search_model.preprocess import fit_within, letterbox
from search_model.training.digitise import frame, rescan
from search_model.training.tone import change_tone

RgbImage = NDArray[np.uint8]
NetworkInput = NDArray[np.float32]

# The second view. "rescan" is tone, margins and crops alone; "framed" a straight picture of the work on a wall.
VIEW_SHARES = {"photograph": 0.6, "rescan": 0.3, "framed": 0.1}
SEVERITY_SHARES = {"mild": 0.2, "normal": 0.5, "harsh": 0.3}


def make_pair(rgb: RgbImage, *, rng: np.random.Generator, size: int) -> tuple[NetworkInput, NetworkInput]:
    """Two network inputs of one print, float32 (size, size, 3) in [-1, 1]: a scan and, mostly, a photograph."""
    print_ = _choose_print(rng, rgb)
    first = rescan(rng, print_) if rng.random() < 0.7 else print_
    return letterbox(first, size), letterbox(_second_view(rng, print_, size), size)


def _second_view(rng: np.random.Generator, print_: RgbImage, size: int) -> RgbImage:
    kind = str(rng.choice(list(VIEW_SHARES), p=list(VIEW_SHARES.values())))
    if kind == "rescan":
        return rescan(rng, _detail(rng, print_, smallest=0.6) if rng.random() < 0.4 else print_)
    if kind == "framed":
        framed = frame(rng, print_)
        return framed if rng.random() < 0.5 else photograph_of(rng, framed, size)
    return photograph_of(rng, change_tone(rng, print_) if rng.random() < 0.3 else print_, size)


def photograph_of(rng: np.random.Generator, sheet: RgbImage, size: int) -> RgbImage:
    """A phone photograph of mild, normal or harsh conditions; one in eight shows a detail of the sheet."""
    if rng.random() < 0.12:
        sheet = np.ascontiguousarray(_detail(rng, sheet, smallest=0.5))
    severity = str(rng.choice(list(SEVERITY_SHARES), p=list(SEVERITY_SHARES.values())))
    # Half of a step's time went into pixels that the network never sees.
    sheet = fit_within(sheet, round(1.5 * size)) if max(sheet.shape[:2]) > 1.5 * size else sheet
    photo = photograph(sheet, seed=int(rng.integers(2**32)), severity=severity, size=size)
    return _camera_format(rng, photo)


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


def _camera_format(rng: np.random.Generator, photo: RgbImage) -> RgbImage:
    """Phones take 4:3, upright or level; half of the photographs stay square."""
    if rng.random() < 0.5:
        return photo
    cut = max(1, int(photo.shape[0] * rng.uniform(0.02, 0.1)))
    return photo[:, cut:-cut] if rng.random() < 0.5 else photo[cut:-cut]
