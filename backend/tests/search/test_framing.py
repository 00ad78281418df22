"""Which part of a picture is meant, and which way it is turned."""

import numpy as np
import pytest

from search.framing import Area, Framing, Point, framed, is_convex, rectified
from tests.indexing.fixtures import drawing

WHOLE: tuple[Point, Point, Point, Point] = ((0, 0), (1, 0), (1, 1), (0, 1))


def test_a_plain_framing_changes_nothing() -> None:
    assert Framing().is_plain
    np.testing.assert_array_equal(framed(drawing(1), Framing()), drawing(1))


def test_the_crop_comes_before_the_turn() -> None:
    pixels = drawing(1, width=120, height=90)
    turned = framed(pixels, Framing(area=Area(0, 0, 0.5, 1), degrees=90))
    np.testing.assert_array_equal(turned, np.rot90(pixels[:, :60], k=-1))


def test_the_turn_comes_before_the_mirror() -> None:
    pixels = drawing(1)
    np.testing.assert_array_equal(
        framed(pixels, Framing(degrees=90, mirrored=True)), np.rot90(pixels, k=-1)[:, ::-1]
    )


def test_a_quad_of_the_whole_picture_keeps_its_shape() -> None:
    assert rectified(drawing(1), WHOLE).shape == (90, 120, 3)


def test_a_quad_pulls_a_slanted_picture_straight() -> None:
    pixels = np.zeros((100, 100, 3), np.uint8)
    # A white trapezium on black: its four corners, in pixels.
    for row in range(20, 80):
        inset = (80 - row) // 4
        pixels[row, 10 + inset : 90 - inset] = 255
    straight = rectified(pixels, ((0.25, 0.2), (0.75, 0.2), (0.9, 0.8), (0.1, 0.8)))
    assert straight.shape[1] == 80
    assert (straight == 255).mean() > 0.95


@pytest.mark.parametrize(
    ("quad", "good"),
    [
        (WHOLE, True),
        (((0, 0), (0, 1), (1, 1), (1, 0)), False),  # anticlockwise
        (((0, 0), (1, 1), (1, 0), (0, 1)), False),  # crosses itself
        (((0, 0), (0, 0), (1, 1), (0, 1)), False),  # three corners
        (((0, 0), (0.001, 0), (0.001, 0.001), (0, 0.001)), False),  # a speck
        (((0, 0), (1, 0), (0.2, 0.2), (0, 1)), False),  # dented
    ],
)
def test_only_a_convex_quad_that_goes_clockwise_is_good(
    quad: tuple[Point, Point, Point, Point], good: bool
) -> None:
    assert is_convex(quad) is good


@pytest.mark.parametrize(
    ("framing", "expected"),
    [
        (Framing(), 1),
        (Framing(area=Area(0, 0, 0.5, 0.25)), 2),
        (Framing(quad=((0.25, 0.25), (0.75, 0.25), (0.75, 0.5), (0.25, 0.5))), 2),
    ],
)
def test_a_part_is_decoded_larger(framing: Framing, expected: float) -> None:
    assert framing.enlargement() == pytest.approx(expected)
