"""Which part of a picture is meant, and which way it is turned."""

import numpy as np
import pytest

from search.framing import Area, Framing, Point, framed, is_convex, rectified, upright_points
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


FRAMINGS = [
    Framing(),
    Framing(area=Area(0.25, 0.125, 0.5, 0.75)),
    Framing(degrees=90),
    Framing(degrees=180, mirrored=True),
    Framing(area=Area(0.25, 0.125, 0.5, 0.75), degrees=270, mirrored=True),
    Framing(quad=((0.2, 0.1), (0.8, 0.2), (0.9, 0.9), (0.1, 0.8)), degrees=90),
    Framing(quad=((0.2, 0.1), (0.8, 0.2), (0.9, 0.9), (0.1, 0.8)), degrees=270, mirrored=True),
]


@pytest.mark.parametrize("framing", FRAMINGS)
def test_a_point_of_the_framed_part_is_found_in_the_whole_picture(framing: Framing) -> None:
    """A bright spot is looked for in the framed pixels; its place there leads back to where it was put."""
    pixels = np.zeros((400, 600, 3), np.uint8)
    pixels[200:209, 320:329] = 255
    part = framed(pixels, framing)[..., 0].astype(float)
    rows, columns = np.indices(part.shape)
    weight = part.sum()
    seen = [(columns * part).sum() / weight + 0.5, (rows * part).sum() / weight + 0.5]
    place = upright_points(np.array([seen]) / [part.shape[1], part.shape[0]], framing)
    np.testing.assert_allclose(place[0] * [600, 400], [324.5, 204.5], atol=1.0)


@pytest.mark.parametrize("framing", FRAMINGS)
def test_the_corners_of_the_framed_part_are_those_of_the_cut(framing: Framing) -> None:
    corners = upright_points(np.array(WHOLE, dtype=float), framing)
    area = framing.area
    cut = framing.quad or (
        [(area.x + area.width * x, area.y + area.height * y) for x, y in WHOLE] if area else WHOLE
    )
    assert {(round(x, 5), round(y, 5)) for x, y in corners} == {(round(x, 5), round(y, 5)) for x, y in cut}


def test_a_point_on_the_horizon_is_far_away_and_finite() -> None:
    framing = Framing(quad=((0.4, 0.2), (0.6, 0.2), (0.9, 0.9), (0.1, 0.9)))
    vanishing = upright_points(np.array([[0.5, y] for y in np.linspace(-5, 5, 4001)]), framing)
    assert np.isfinite(vanishing).all()
