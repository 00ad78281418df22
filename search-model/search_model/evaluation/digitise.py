"""The same sheet as another institution might have digitised it: other tone, other margins, other size. Pure, seeded.

No photograph: the sheet lies flat and fills the picture, as on a scanner or a copy stand.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

RgbImage = NDArray[np.uint8]
FloatImage = NDArray[np.float32]

LONGEST_SIDES = (500, 1000)  # pixels of the digitisation
MARGINS = (-0.03, 0.12)  # of the longer side, each of the four alone; below 0 the sheet is trimmed
TURN = 1.5  # degrees either way
JPEG_QUALITY = (55, 92)


def bilevel(rgb: RgbImage, *, seed: int) -> RgbImage:
    """Black and white only, as from a microfilm or a document scanner: Otsu's threshold, moved a little."""
    rng = np.random.default_rng(seed)
    grey = _grey(rgb)
    threshold, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_OTSU)
    ink = grey < threshold + rng.uniform(-20, 20)
    return _laid_flat(rng, _coloured(np.where(ink, 0, 255)), paper=(255, 255, 255))


def toned_paper(rgb: RgbImage, *, seed: int) -> RgbImage:
    """Brown ink on yellowed, stained paper, in colour."""
    rng = np.random.default_rng(seed)
    values = _grey(rgb).astype(np.float32)[..., None] / 255
    paper = np.array([rng.uniform(190, 240), rng.uniform(160, 210), rng.uniform(110, 170)], np.float32)
    ink = np.array([rng.uniform(20, 80), rng.uniform(15, 60), rng.uniform(10, 50)], np.float32)
    stains = cv2.resize(rng.standard_normal((6, 5), dtype=np.float32), rgb.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    toned = (ink + (paper - ink) * values) * (1 + 0.04 * stains[..., None])
    return _laid_flat(rng, np.clip(toned, 0, 255).astype(np.uint8), paper=(int(paper[0]), int(paper[1]), int(paper[2])))


def low_contrast(rgb: RgbImage, *, seed: int) -> RgbImage:
    """A faded, flat reproduction: a third to a half of the range of tones, bent by a gamma."""
    rng = np.random.default_rng(seed)
    low, span = rng.uniform(60, 110), rng.uniform(75, 125)
    values = (_grey(rgb).astype(np.float32) / 255) ** np.float32(np.exp(rng.normal(0, 0.4)))
    white = int(low + span)
    return _laid_flat(rng, _coloured(low + span * values), paper=(white, white, white))


def _grey(rgb: RgbImage) -> RgbImage:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _coloured(grey: NDArray[np.generic]) -> RgbImage:
    return np.repeat(grey.astype(np.uint8)[..., None], 3, axis=2)


def _laid_flat(rng: np.random.Generator, rgb: RgbImage, *, paper: tuple[int, int, int]) -> RgbImage:
    """With other margins, a little turned, at another size, through JPEG."""
    height, width = rgb.shape[:2]
    left, top, right, bottom = rng.uniform(*MARGINS, 4) * max(height, width)
    scale = rng.uniform(*LONGEST_SIDES) / max(height + top + bottom, width + left + right)
    size = (round((width + left + right) * scale), round((height + top + bottom) * scale))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-TURN, TURN), scale)
    # getRotationMatrix2D keeps the centre where it was; it belongs at the middle of the sheet in the new picture.
    matrix[:, 2] += np.array([(left + width / 2) * scale - width / 2, (top + height / 2) * scale - height / 2])
    shrinks = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    flat = cv2.warpAffine(rgb, matrix, size, flags=shrinks, borderMode=cv2.BORDER_CONSTANT, borderValue=paper)
    return _through_jpeg(np.asarray(flat, dtype=np.uint8), int(rng.integers(*JPEG_QUALITY)))


def _through_jpeg(rgb: RgbImage, quality: int) -> RgbImage:
    _, encoded = cv2.imencode(".jpg", rgb[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), dtype=np.uint8)
    return np.ascontiguousarray(decoded[..., ::-1])
