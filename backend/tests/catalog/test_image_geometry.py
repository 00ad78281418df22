"""Cutting out, turning and mirroring, against hand-written arrays."""

import numpy as np
import pytest

from catalog.image_geometry import crop, mirror, rotate
from core.errors import UserError

# Every pixel says where it is: (row, column, 0), of shape (20, 40, 3).
PLACES = np.stack([*np.mgrid[0:20, 0:40], np.zeros((20, 40))], axis=-1).astype(np.uint8)


def test_crop_by_fractions() -> None:
    part = crop(PLACES, x=0.25, y=0.5, width=0.5, height=0.5)
    assert part.shape == (10, 20, 3)
    assert part[0, 0].tolist() == [10, 10, 0]
    assert part[-1, -1].tolist() == [19, 29, 0]
    assert part.flags.c_contiguous


def test_crop_of_everything_is_the_picture() -> None:
    assert (crop(PLACES, x=0, y=0, width=1, height=1) == PLACES).all()


@pytest.mark.parametrize(
    "box",
    [(-0.1, 0, 1, 1), (0, 0, 1.1, 1), (0.6, 0, 0.5, 1), (0, 0, 0, 1), (0, 0, float("nan"), 1), (1, 0, 1, 1)],
)
def test_crop_outside_the_picture_is_refused(box: tuple[float, float, float, float]) -> None:
    x, y, width, height = box
    with pytest.raises(UserError, match="inside the picture"):
        crop(PLACES, x=x, y=y, width=width, height=height)


def test_crop_of_a_few_pixels_is_refused() -> None:
    with pytest.raises(UserError, match="smaller than 8 pixels"):
        crop(PLACES, x=0, y=0, width=0.1, height=0.1)


@pytest.mark.parametrize(
    ("degrees", "top_left"),
    [(0, [0, 0]), (90, [19, 0]), (180, [19, 39]), (270, [0, 39]), (-90, [0, 39]), (450, [19, 0])],
)
def test_rotate_is_clockwise(degrees: int, top_left: list[int]) -> None:
    turned = rotate(PLACES, degrees=degrees)
    assert turned[0, 0, :2].tolist() == top_left
    assert turned.shape == ((20, 40, 3) if degrees % 180 == 0 else (40, 20, 3))


def test_rotate_by_other_angles_is_refused() -> None:
    with pytest.raises(UserError, match="not 45"):
        rotate(PLACES, degrees=45)


def test_mirror_exchanges_left_and_right() -> None:
    assert mirror(PLACES)[0, 0].tolist() == [0, 39, 0]
