"""Fixtures that more than one folder of tests needs."""

from pathlib import Path

import h5py
import numpy as np
import pytest

# Block, number, channels in, channels out: the thirteen 3 x 3 convolutions of VGG16 (table 1, column D of the paper).
VGG16_CONVOLUTIONS = (
    (1, 1, 3, 64),
    (1, 2, 64, 64),
    (2, 1, 64, 128),
    (2, 2, 128, 128),
    (3, 1, 128, 256),
    (3, 2, 256, 256),
    (3, 3, 256, 256),
    (4, 1, 256, 512),
    (4, 2, 512, 512),
    (4, 3, 512, 512),
    (5, 1, 512, 512),
    (5, 2, 512, 512),
    (5, 3, 512, 512),
)


def write_vgg16_file(path: Path, convolutions: tuple[tuple[int, int, int, int], ...]) -> None:
    """A weights file laid out as Keras's published one (HDF5, a group a layer), with random numbers in it."""
    random = np.random.default_rng(16)
    with h5py.File(path, "w") as file:
        names = ["input_1", *(f"block{block}_conv{number}" for block, number, _, _ in convolutions)]
        file.attrs["layer_names"] = [name.encode() for name in names]
        file.create_group("input_1").attrs["weight_names"] = np.array([], dtype="S1")
        for name, (_, _, inputs, outputs) in zip(names[1:], convolutions, strict=True):
            group = file.create_group(name)
            group.attrs["weight_names"] = [f"{name}_W_1:0".encode(), f"{name}_b_1:0".encode()]
            kernel = random.standard_normal((3, 3, inputs, outputs), dtype=np.float32)
            group[f"{name}_W_1:0"] = kernel * np.float32(np.sqrt(2 / (9 * inputs)))
            group[f"{name}_b_1:0"] = random.uniform(0, 0.1, outputs).astype(np.float32)


@pytest.fixture(scope="session")
def vgg16_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """VGG16's convolutions with random weights; 59 MB."""
    path = tmp_path_factory.mktemp("weights") / "random_vgg16_notop.h5"
    write_vgg16_file(path, VGG16_CONVOLUTIONS)
    return path
