"""Pictures as the extractor wants them: just large enough, and shrunk in one way whoever asks."""

from pathlib import Path

import cv2
import numpy as np

from catalog.images import DecodeLimits, ImageInfo, Pixels, decode_near


def decoded_near(source: bytes | Path, *, limits: DecodeLimits, side: int) -> tuple[Pixels, ImageInfo]:
    """The upright picture with its longer side from `side` to twice that, if it is so large; and its header.
    Raises what `decode` raises."""
    info, pixels = decode_near(source, limits=limits, side=side)
    return pixels, info


def shrunk(picture: Pixels, side: int) -> Pixels:
    """The picture with its longer side at most `side` pixels, averaged over areas; never enlarged."""
    height, width = picture.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return np.ascontiguousarray(picture)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
