"""Whether two files show the same picture, whatever their size, format and compression. Pure: no I/O.

For leaving out placeholders ("no image available"), so the costly mistake is to swallow a real print: two
pale engravings are alike in every average. Hence two steps. A look (32 x 32 means) is cheap to keep and only
rules out; what it lets pass is compared at up to 256 x 256, where what was drawn has to agree, mark for mark.
"""

import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.uint8]

LOOK_SIDE = 32
BLOCKS = 16  # blocks to a side in the close comparison
DETAIL_SIDE = 256  # a multiple of BLOCKS, as are all smaller sides used
DECODED_SIDE = 512  # pixels of the longer side that are enough for both

_LOOK_MEAN, _LOOK_WORST = 6.0, 48.0  # grey levels of 255, between two files of one picture
_SHAPE = 0.03  # relative difference of width / height: a thumbnail of 40 pixels rounds by as much
_FLAT = 3.0  # standard deviation in grey levels below which a picture shows nothing at all
_SAME_DRAWING = 0.85  # correlation of what was drawn
_BLOCK_WORST = 24.0  # grey levels between the means of one 16th of a side: no mark may be missing


def look_of(pixels: Pixels) -> bytes:
    """The look of `pixels` (uint8 RGB, (h, w, 3)): LOOK_SIDE² grey means, one byte each."""
    return _grey(pixels, LOOK_SIDE).round().astype(np.uint8).tobytes()


def may_be_same(look: bytes, other: bytes, *, shape: tuple[int, int], other_shape: tuple[int, int]) -> bool:
    """False when the looks or the shapes (width, height) rule out that both show one picture."""
    ratio = (shape[0] * other_shape[1]) / max(1, shape[1] * other_shape[0])
    if not 1 - _SHAPE <= ratio <= 1 + _SHAPE:
        return False
    apart = np.abs(_levels(look) - _levels(other))
    return bool(apart.mean() <= _LOOK_MEAN and apart.max() <= _LOOK_WORST)


def same_picture(pixels: Pixels, other: Pixels) -> bool:
    """True when both (uint8 RGB) show one picture, resized and compressed as may be."""
    # Nothing finer than the smaller of the two can agree: a thumbnail has no thin lines any more.
    side = min(DETAIL_SIDE, *pixels.shape[:2], *other.shape[:2]) // BLOCKS * BLOCKS
    one, two = _grey(pixels, max(LOOK_SIDE, side)), _grey(other, max(LOOK_SIDE, side))
    flat = one.std() < _FLAT, two.std() < _FLAT
    if any(flat):
        return all(flat) and abs(one.mean() - two.mean()) <= _LOOK_MEAN
    return _worst_block(one, two) <= _BLOCK_WORST and _correlation(one, two) >= _SAME_DRAWING


def _levels(look: bytes) -> npt.NDArray[np.float32]:
    return np.frombuffer(look, np.uint8).astype(np.float32)


def _grey(pixels: Pixels, side: int) -> npt.NDArray[np.float32]:
    """Grey levels of `pixels`, squeezed to side x side; every pixel counts, so no thin line gets lost."""
    image = Image.fromarray(pixels).convert("L")
    return np.asarray(image.resize((side, side), Image.Resampling.BOX), np.float32)


def _worst_block(one: npt.NDArray[np.float32], two: npt.NDArray[np.float32]) -> float:
    width = one.shape[0] // BLOCKS
    blocks = (one - two).reshape(BLOCKS, width, BLOCKS, width).mean(axis=(1, 3))
    return float(np.abs(blocks).max())


def _correlation(one: npt.NDArray[np.float32], two: npt.NDArray[np.float32]) -> float:
    """Pearson's r of the grey levels: 1.0 for equal drawings, about 0 for different ones of equal tone."""
    return float(np.corrcoef(one.ravel(), two.ravel())[0, 1])
