"""An image's local features as one row of bytes for the database, and back. Pure.

Layout, little endian: format (1 byte), width, height, count (2 each); then column by column for the whole image:
x and y as 12 bits each (3 bytes), diameter as a logarithm (1), angle (1), list (2), code (16). 23 bytes a feature:
positions are off by less than 0.1 px at 560 px, diameters by 1.3 %, angles by 0.8 degrees.
"""

import struct
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search_model.local.features import Floats

FORMAT = 1
MOST_ROWS = 512  # features of one image; the index counts them in 9 bits
CODE_BYTES = 16
BYTES_A_FEATURE = 3 + 1 + 1 + 2 + CODE_BYTES
_HEADER = struct.Struct("<BHHH")
_FINEST_POSITION = 4095
_DIAMETER_STEPS = 28  # an octave; from 1 px to 1 * 2**(255/28) = 552 px
_ANGLE_STEPS = 256


class PackedRow(NamedTuple):
    """What a packed row holds.

    Attributes:
        width, height: pixels of the picture that the keypoints are measured in.
        keypoints: float32 (n, 4): x, y, diameter in pixels, angle in degrees [0, 360).
        lists: uint16 (n,), the coarse centroid of each feature.
        codes: uint8 (n, 16).
    """

    width: int
    height: int
    keypoints: Floats
    lists: NDArray[np.uint16]
    codes: NDArray[np.uint8]


def pack(row: PackedRow) -> bytes:
    """The bytes of a row. Raises ValueError when it has more than 512 features."""
    count = len(row.keypoints)
    if count > MOST_ROWS:
        raise ValueError(f"{count} features in one image; a packed row takes {MOST_ROWS}, keep the best")
    columns = (*_packed_keypoints(row), row.lists.astype("<u2"), row.codes)
    return _HEADER.pack(FORMAT, row.width, row.height, count) + b"".join(c.tobytes() for c in columns)


def unpack(packed: bytes) -> PackedRow:
    """What `pack` was given, keypoints rounded. Raises ValueError for bytes that are no packed row."""
    if len(packed) < _HEADER.size:
        raise ValueError(f"{len(packed)} bytes are no packed row of local features; extract the image again")
    form, width, height, count = _HEADER.unpack_from(packed)
    if form != FORMAT or len(packed) != _HEADER.size + count * BYTES_A_FEATURE:
        raise ValueError(f"a packed row of format {form} and {len(packed)} bytes is damaged; extract the image again")
    ends = _HEADER.size + count * np.cumsum([0, 3, 1, 1, 2, CODE_BYTES])
    positions, diameters, angles, lists, codes = (
        np.frombuffer(packed, np.uint8, end - start, start) for start, end in pairwise(ends)
    )
    keypoints = _unpacked_keypoints(width, height, positions.reshape(-1, 3), diameters, angles)
    return PackedRow(width, height, keypoints, lists.view("<u2"), codes.reshape(-1, CODE_BYTES))


def _packed_keypoints(row: PackedRow) -> tuple[NDArray[np.uint8], ...]:
    x, y, diameter, angle = row.keypoints.T.astype(np.float64)
    across = _rounded(x * (_FINEST_POSITION / row.width), _FINEST_POSITION)
    down = _rounded(y * (_FINEST_POSITION / row.height), _FINEST_POSITION)
    positions = np.stack([across & 255, (across >> 8) | ((down & 15) << 4), down >> 4], axis=1)
    diameters = _rounded(np.log2(np.maximum(diameter, 1)) * _DIAMETER_STEPS, 255)
    angles = np.rint(angle * (_ANGLE_STEPS / 360)).astype(np.int64) % _ANGLE_STEPS
    return positions.astype(np.uint8), diameters.astype(np.uint8), angles.astype(np.uint8)


def _unpacked_keypoints(
    width: int, height: int, positions: NDArray[np.uint8], diameters: NDArray[np.uint8], angles: NDArray[np.uint8]
) -> Floats:
    low, middle, high = positions.T.astype(np.int64)
    x = (low | ((middle & 15) << 8)) * (width / _FINEST_POSITION)
    y = ((middle >> 4) | (high << 4)) * (height / _FINEST_POSITION)
    return np.stack([x, y, np.exp2(diameters / _DIAMETER_STEPS), angles * (360 / _ANGLE_STEPS)], axis=1).astype(
        np.float32
    )


def _rounded(values: NDArray[np.float64], largest: int) -> NDArray[np.int64]:
    return np.clip(np.rint(values), 0, largest).astype(np.int64)
