"""Pictures as the extractor wants them."""

import cv2
import numpy as np
import pytest

from catalog.images import search_limits
from indexing.pictures import decoded_near, shrunk
from tests.indexing.fixtures import drawing, png


@pytest.mark.parametrize(
    ("width", "expected"),
    [(100, 100), (383, 383), (384, 192), (385, 193), (767, 192), (1000, 250)],
)
def test_a_picture_is_halved_while_it_stays_large_enough(width: int, expected: int) -> None:
    picture = png(drawing(1, width=width, height=60))
    pixels, info = decoded_near(picture, limits=search_limits(), side=192)
    assert pixels.shape[1] == expected
    assert (info.width, info.height) == (width, 60)


def test_a_halved_jpeg_shows_the_same_picture() -> None:
    large = drawing(1, width=1000, height=800)
    jpeg = bytes(cv2.imencode(".jpg", cv2.cvtColor(large, cv2.COLOR_RGB2BGR))[1])
    pixels, _ = decoded_near(jpeg, limits=search_limits(), side=250)
    assert pixels.shape == (200, 250, 3)
    difference = np.abs(pixels.astype(int) - shrunk(large, 250).astype(int))
    assert np.median(difference) <= 2


def test_shrinking_averages_areas() -> None:
    chessboard = (np.indices((4, 4)).sum(axis=0) % 2 * 200).astype(np.uint8)
    np.testing.assert_array_equal(shrunk(np.dstack([chessboard] * 3), 2), np.full((2, 2, 3), 100))


def test_a_small_picture_is_not_enlarged() -> None:
    assert shrunk(drawing(1, width=30, height=20), 64).shape == (20, 30, 3)


def test_a_thread_of_a_picture_keeps_a_pixel() -> None:
    assert shrunk(np.zeros((1, 1000, 3), np.uint8), 100).shape == (1, 100, 3)
