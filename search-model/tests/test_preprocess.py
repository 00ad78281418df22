import numpy as np
import pytest
from keras.applications.vgg16 import preprocess_input
from numpy.typing import NDArray

from search_model.descriptors import REGISTRY, Descriptor
from search_model.preprocess import (
    SCHEMES,
    caffe_mode,
    fit_within,
    letterbox,
    letterbox_caffe,
    network_input,
    squash_unit,
)


def noise(height: int, width: int) -> NDArray[np.uint8]:
    return np.random.default_rng(height * width).integers(0, 256, (height, width, 3), dtype=np.uint8)


def plain(height: int, width: int, colour: tuple[int, int, int]) -> NDArray[np.uint8]:
    return np.full((height, width, 3), colour, dtype=np.uint8)


def test_caffe_mode_equals_keras() -> None:
    rgb = noise(31, 17)
    np.testing.assert_allclose(caffe_mode(rgb), preprocess_input(rgb.astype(np.float32)), atol=1e-5)


def test_caffe_mode_of_pure_colours_by_hand() -> None:
    # BGR order, less (103.939, 116.779, 123.68)
    np.testing.assert_allclose(caffe_mode(plain(1, 1, (255, 0, 0))), [[[-103.939, -116.779, 131.32]]], atol=1e-4)
    np.testing.assert_allclose(caffe_mode(plain(1, 1, (0, 0, 255))), [[[151.061, -116.779, -123.68]]], atol=1e-4)
    np.testing.assert_allclose(caffe_mode(plain(1, 1, (10, 20, 30))), [[[-73.939, -96.779, -113.68]]], atol=1e-4)


def test_letterbox_caffe_of_a_square_is_caffe_mode() -> None:
    rgb = noise(224, 224)
    np.testing.assert_array_equal(letterbox_caffe(rgb, 224), caffe_mode(rgb))


@pytest.mark.parametrize(
    ("height", "width", "rows", "columns"),
    [(100, 200, slice(2, 6), slice(0, 8)), (200, 100, slice(0, 8), slice(2, 6))],
)
def test_letterbox_keeps_the_aspect_and_fills_with_the_mean_colour(
    height: int, width: int, rows: slice, columns: slice
) -> None:
    made = letterbox_caffe(plain(height, width, (255, 255, 255)), 8)
    inside = np.zeros((8, 8), dtype=bool)
    inside[rows, columns] = True
    np.testing.assert_allclose(made[inside], np.tile([151.061, 138.221, 131.32], (32, 1)), atol=1e-4)
    np.testing.assert_allclose(made[~inside], 0, atol=1e-5)


def test_letterbox_gives_values_from_minus_one_to_one_and_a_grey_border() -> None:
    made = letterbox(plain(100, 200, (0, 255, 127)), 8)
    np.testing.assert_allclose(made[3, 3], [-1, 1, 127 / 127.5 - 1], atol=1e-6)
    np.testing.assert_array_equal(made[:2], 0)
    np.testing.assert_array_equal(made[6:], 0)


def test_squash_ignores_the_aspect_and_divides_by_255() -> None:
    wide = np.concatenate([plain(40, 100, (255, 0, 51)), plain(40, 100, (0, 255, 102))], axis=1)
    made = squash_unit(wide, 4)
    np.testing.assert_allclose(made[:, :2], np.tile([1, 0, 0.2], (4, 2, 1)), atol=1e-6)
    np.testing.assert_allclose(made[:, 2:], np.tile([0, 1, 0.4], (4, 2, 1)), atol=1e-6)


def test_shrinking_averages_fine_hatching_instead_of_aliasing() -> None:
    hatching = np.zeros((256, 256, 3), dtype=np.uint8)
    hatching[::2] = 254
    assert np.ptp(fit_within(hatching, 64).astype(int)) <= 1


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 5000), (5000, 1), (7, 13), (448, 448)])
@pytest.mark.parametrize("recipe", REGISTRY.values(), ids=lambda recipe: recipe.name)
def test_every_scheme_takes_every_shape(recipe: Descriptor, height: int, width: int) -> None:
    rgb = noise(height, width)
    before = rgb.copy()
    made = network_input(rgb, recipe)
    assert made.shape == (recipe.input_size, recipe.input_size, 3)
    assert made.dtype == np.float32
    assert made.flags.c_contiguous
    assert np.isfinite(made).all()
    np.testing.assert_array_equal(rgb, before)


def test_the_registry_uses_every_scheme() -> None:
    assert {recipe.preprocessing for recipe in REGISTRY.values()} == set(SCHEMES)
