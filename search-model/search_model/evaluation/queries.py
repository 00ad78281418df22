"""The kinds of query that an evaluation makes of a collection's own pictures. Pure and seeded.

Mirrored and turned queries are the plain photograph of the same seed, mirrored and turned: what they lose against
it is the loss of mirroring and turning, and nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from search_model.evaluation.digitise import bilevel, low_contrast, toned_paper
from search_model.evaluation.simulate import photograph

RgbImage = NDArray[np.uint8]
Maker = Callable[[RgbImage, int], RgbImage]

SIZE = 1000  # pixels, side of a simulated photograph: about what a page sends of a phone's
SAME_IMAGE, SHARED_DETAIL = "same_image", "shared_detail"
PLACES_TRIED = 6  # for a detail that shows something
LEAST_DRAWING = 0.4  # of the whole picture's mean contrast, in a detail somebody would photograph
PASTED_SHARE = (0.25, 0.4)  # area of the host that a shared detail covers


@dataclass(frozen=True)
class Kind:
    """A way to make a query of a print.

    Attributes:
        name: for programs and tables.
        says: for people.
        make: picture and seed to query, uint8 RGB.
        verdict: what is right to say of the print that the query was made of.
    """

    name: str
    says: str
    make: Maker
    verdict: str = SAME_IMAGE


def make_query(kind: str, rgb: RgbImage, *, seed: int) -> RgbImage:
    """A query of one of `KINDS`, uint8 RGB: the same picture, kind and seed make the same query.

    Args:
        kind: a name of `KINDS`.
        rgb: the catalogue's picture, uint8 of shape (h, w, 3).
        seed: decides everything that is left to chance.
    """
    return KINDS[kind].make(rgb, seed)


def detail(rgb: RgbImage, *, share: float, seed: int) -> RgbImage:
    """A rectangle of `share` of the picture's area, about as wide for its height, where something is drawn.

    Of a few places the first is taken that has its part of the picture's contrast, else the one with most:
    nobody photographs an empty margin.
    """
    rng = np.random.default_rng(seed)
    height, width = rgb.shape[:2]
    stretch = rng.uniform(0.8, 1.25)
    part_width = min(width, max(2, round(width * np.sqrt(share) * stretch)))
    part_height = min(height, max(2, round(height * width * share / part_width)))
    contrast = np.abs(cv2.Laplacian(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), cv2.CV_32F))
    best, most = (0, 0), -1.0
    for _ in range(PLACES_TRIED):
        x, y = (int(rng.integers(0, room + 1)) for room in (width - part_width, height - part_height))
        drawing = float(contrast[y : y + part_height, x : x + part_width].mean())
        if drawing > most:
            best, most = (x, y), drawing
        if drawing >= LEAST_DRAWING * float(contrast.mean()):
            break
    x, y = best
    return np.ascontiguousarray(rgb[y : y + part_height, x : x + part_width])


def pasted(rgb: RgbImage, host: RgbImage, *, seed: int) -> RgbImage:
    """A detail of one picture in the midst of another: what both share is a part of either."""
    rng = np.random.default_rng(seed)
    part = detail(rgb, share=float(rng.uniform(0.3, 0.5)), seed=seed)
    height, width = host.shape[:2]
    scale = np.sqrt(rng.uniform(*PASTED_SHARE) * height * width / (part.shape[0] * part.shape[1]))
    scale = min(scale, 0.9 * width / part.shape[1], 0.9 * height / part.shape[0])
    size = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
    patch = cv2.resize(part, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    x, y = int(rng.integers(0, width - size[0] + 1)), int(rng.integers(0, height - size[1] + 1))
    result = host.copy()
    result[y : y + size[1], x : x + size[0]] = patch
    return result


def shared_detail(rgb: RgbImage, host: RgbImage, *, seed: int) -> RgbImage:
    """A photograph of another sheet that shows a detail of this one."""
    return photograph(pasted(rgb, host, seed=seed), seed=seed, severity="mild", size=SIZE)


def _photograph(severity: str) -> Maker:
    return lambda rgb, seed: photograph(rgb, seed=seed, severity=severity, size=SIZE)


def _detail(share: float) -> Maker:
    return lambda rgb, seed: photograph(detail(rgb, share=share, seed=seed), seed=seed, severity="normal", size=SIZE)


def _mirrored(rgb: RgbImage, seed: int) -> RgbImage:
    return np.ascontiguousarray(_photograph("normal")(rgb, seed)[:, ::-1])


def _turned(rgb: RgbImage, seed: int) -> RgbImage:
    return np.ascontiguousarray(np.rot90(_photograph("normal")(rgb, seed), 1 + seed % 3))


KINDS = {
    kind.name: kind
    for kind in (
        Kind("normal", "photographed", _photograph("normal")),
        Kind("mild", "photographed well", _photograph("mild")),
        Kind("harsh", "photographed badly", _photograph("harsh")),
        Kind("detail-40", "40 % of the sheet photographed", _detail(0.4)),
        Kind("detail-20", "20 % of the sheet photographed", _detail(0.2)),
        Kind("detail-10", "10 % of the sheet photographed", _detail(0.1)),
        Kind("mirrored", "photographed, mirrored", _mirrored),
        Kind("turned", "photographed, turned", _turned),
        Kind("bilevel", "digitised in black and white", lambda rgb, seed: bilevel(rgb, seed=seed)),
        Kind("toned-paper", "digitised on brown paper", lambda rgb, seed: toned_paper(rgb, seed=seed)),
        Kind("low-contrast", "digitised faded", lambda rgb, seed: low_contrast(rgb, seed=seed)),
    )
}
