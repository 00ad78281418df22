import struct

import numpy as np
import pytest
from numpy.typing import NDArray

from search_model.local.packing import BYTES_A_FEATURE, MOST_ROWS, PackedRow, pack, unpack


def row_of(keypoints: NDArray[np.float32], width: int = 560, height: int = 400) -> PackedRow:
    rng = np.random.default_rng(7)
    count = len(keypoints)
    lists = rng.integers(0, 65536, count).astype(np.uint16)
    return PackedRow(width, height, keypoints, lists, rng.integers(0, 256, (count, 16)).astype(np.uint8))


def keypoints_of(count: int) -> NDArray[np.float32]:
    return np.random.default_rng(3).uniform([0, 0, 1, 0], [560, 400, 300, 360], (count, 4)).astype(np.float32)


@pytest.mark.parametrize("count", [0, 1, 2, 37, MOST_ROWS])
def test_what_is_packed_is_unpacked_nearly_the_same(count: int) -> None:
    row = row_of(keypoints_of(count))
    packed = pack(row)
    read = unpack(packed)
    assert len(packed) == 7 + count * BYTES_A_FEATURE
    assert (read.width, read.height) == (560, 400)
    np.testing.assert_array_equal(read.lists, row.lists)
    np.testing.assert_array_equal(read.codes, row.codes)
    assert read.keypoints.dtype == np.float32
    assert read.keypoints.shape == (count, 4)
    np.testing.assert_allclose(read.keypoints[:, :2], row.keypoints[:, :2], atol=0.07)
    np.testing.assert_allclose(read.keypoints[:, 2], row.keypoints[:, 2], rtol=0.0125)
    turn = np.abs(read.keypoints[:, 3] - row.keypoints[:, 3])
    assert np.all(np.minimum(turn, 360 - turn) <= 0.704)


def test_the_bytes_are_as_the_layout_says() -> None:
    """Read back byte by byte, without numpy."""
    row = row_of(np.array([[560, 0, 1, 359.9], [280, 200, 16, 90], [1, 399, 999, 0.7]], np.float32))
    packed = pack(row)
    assert struct.unpack_from("<BHHH", packed) == (1, 560, 400, 3)
    body = packed[7:]
    for place in range(3):
        low, middle, high = body[3 * place : 3 * place + 3]
        x, y = low + 256 * (middle % 16), middle // 16 + 16 * high
        assert abs(x * 560 / 4095 - row.keypoints[place, 0]) < 0.07
        assert abs(y * 400 / 4095 - row.keypoints[place, 1]) < 0.05
        assert body[9 + place] == (0, 112, 255)[place]  # 28 log2 of the diameter, 255 for more than 552 px
        assert body[12 + place] == (0, 64, 0)[place]  # 256ths of a turn; 359.9 degrees are 0
        assert struct.unpack_from("<H", body, 15 + 2 * place)[0] == row.lists[place]
        assert body[21 + 16 * place : 37 + 16 * place] == row.codes[place].tobytes()


def test_positions_outside_the_picture_are_moved_to_its_edge() -> None:
    read = unpack(pack(row_of(np.array([[-3, 500, 5, 0]], np.float32))))
    np.testing.assert_allclose(read.keypoints[0, :2], [0, 400])


def test_more_features_than_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="513 features"):
        pack(row_of(keypoints_of(MOST_ROWS + 1)))


@pytest.mark.parametrize("damage", [lambda p: p[:-1], lambda p: p + b"x", lambda p: b"\x02" + p[1:], lambda p: p[:5]])
def test_damaged_bytes_are_refused(damage) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="packed row"):
        unpack(damage(pack(row_of(keypoints_of(4)))))
