"""VGG16 against its own definition, written out again in numpy."""

from pathlib import Path

import h5py
import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from search_model.descriptors import RECTO_COMPACT, VGG16_MAC, VGG16_MAC_LEGACY
from search_model.extractor.choice import Choice
from search_model.extractor.compact import build_compact, save_weights
from search_model.extractor.network import Network
from search_model.extractor.vgg16 import build_vgg16
from tests.conftest import VGG16_CONVOLUTIONS, write_vgg16_file

SMALL = 32  # the least that five halvings leave a pixel of


def numpy_vgg16_mac(path: Path, picture: NDArray[np.float32]) -> NDArray[np.float64]:
    """Thirteen 3 x 3 convolutions with ReLU, a 2 x 2 maximum after each block, the maximum over positions, L2."""
    x = picture.astype(np.float64)
    block_before = 1
    with h5py.File(path) as file:
        for block, number, _, _ in VGG16_CONVOLUTIONS:
            if block != block_before:
                x, block_before = halved(x), block
            name = f"block{block}_conv{number}"
            kernel, bias = file[name][f"{name}_W_1:0"][:], file[name][f"{name}_b_1:0"][:]
            windows = sliding_window_view(np.pad(x, ((1, 1), (1, 1), (0, 0))), (3, 3), axis=(0, 1))
            x = np.maximum(np.einsum("yxcij,ijco->yxo", windows, kernel, optimize=True) + bias, 0)
    maxima = halved(x).max(axis=(0, 1))
    return np.asarray(maxima / np.linalg.norm(maxima))


def halved(x: NDArray[np.float64]) -> NDArray[np.float64]:
    height, width, channels = x.shape
    return np.asarray(x.reshape(height // 2, 2, width // 2, 2, channels).max(axis=(1, 3)))


def test_vgg16_equals_its_definition_in_numpy(vgg16_file: Path) -> None:
    pictures = np.random.default_rng(0).uniform(-120, 150, (2, SMALL, SMALL, 3)).astype(np.float32)
    made = np.asarray(build_vgg16(vgg16_file, input_size=SMALL)(pictures))
    wanted = [numpy_vgg16_mac(vgg16_file, picture) for picture in pictures]
    np.testing.assert_allclose(made, wanted, atol=1e-5)


@pytest.mark.parametrize("recipe", [VGG16_MAC, VGG16_MAC_LEGACY], ids=lambda recipe: recipe.name)
def test_the_network_gives_512_numbers_of_length_one(vgg16_file: Path, recipe) -> None:
    bound = recipe.with_weights(source="a test", sha256=64 * "0")
    network = Network(Choice(descriptor=bound, weights_path=vgg16_file, reason="a test"))
    pictures = np.random.default_rng(1).uniform(0, 1, (3, 224, 224, 3)).astype(np.float32)
    together = network(pictures)
    assert together.shape == (3, 512)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(network(pictures[:1])[0], together[0], atol=1e-5)


def test_the_compact_network_is_built_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "compact.npz"
    model = build_compact()
    save_weights(model, file)
    bound = RECTO_COMPACT.with_weights(source="a test", sha256=64 * "0")
    network = Network(Choice(descriptor=bound, weights_path=file, reason="a test"))
    size = RECTO_COMPACT.input_size
    made = network(np.random.default_rng(2).uniform(-1, 1, (2, size, size, 3)).astype(np.float32))
    assert made.shape == (2, RECTO_COMPACT.dim)
    np.testing.assert_allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("kept", [12, 5])
def test_a_file_with_too_few_layers_is_refused_by_name(tmp_path: Path, kept: int) -> None:
    file = tmp_path / "short.h5"
    write_vgg16_file(file, VGG16_CONVOLUTIONS[:kept])
    with pytest.raises(ValueError, match=r"short\.h5 does not hold VGG16's convolutions"):
        build_vgg16(file, input_size=SMALL)


def test_a_file_of_other_shapes_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "narrow.h5"
    write_vgg16_file(file, tuple((block, number, 3, 4) for block, number, _, _ in VGG16_CONVOLUTIONS))
    with pytest.raises(ValueError, match=r"narrow\.h5 does not hold VGG16's convolutions"):
        build_vgg16(file, input_size=SMALL)


def test_a_file_that_is_no_hdf5_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "text.h5"
    file.write_text("not found")
    with pytest.raises(ValueError, match=r"text\.h5 does not hold VGG16's convolutions"):
        build_vgg16(file, input_size=SMALL)
