"""From a decoded picture to a network's input: pure functions, one for each scheme.

Every function takes uint8 RGB of shape (h, w, 3) and returns float32 of shape (size, size, 3). No file, no
network, no Keras: a scheme is proved equal to its source in the tests.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

RgbImage = NDArray[np.uint8]
NetworkInput = NDArray[np.float32]


def fit_within(rgb: RgbImage, size: int) -> RgbImage:
    """Scale so that the longer side is `size` pixels, keeping the aspect ratio; uint8 (h', w', 3).

    Area averaging when it shrinks (fine hatching would alias under any sampling filter), bicubic when it grows.
    """
    height, width = rgb.shape[:2]
    scale = size / max(height, width)
    target = (max(1, round(width * scale)), max(1, round(height * scale)))
    if target == (width, height):
        return rgb
    interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(rgb, target, interpolation=interpolation), dtype=np.uint8)


def letterbox(rgb: RgbImage, size: int) -> NetworkInput:
    """The compact network's input: aspect kept, centred, values in [-1, 1], the border 0 (middle grey).

    Squashing to a square would make the same print look different in an upright and in a level photograph.
    """
    fitted = fit_within(rgb, size)
    height, width = fitted.shape[:2]
    top, left = (size - height) // 2, (size - width) // 2
    canvas = np.zeros((size, size, 3), dtype=np.float32)
    canvas[top : top + height, left : left + width] = fitted.astype(np.float32) / 127.5 - 1.0
    return canvas
