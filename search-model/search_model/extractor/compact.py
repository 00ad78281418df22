"""Recto's own compact network: a small residual network with generalised-mean pooling, for prints.

Only the architecture and the reading of its weights file. What it learnt from, and how well it does, is in the
card beside the weights (`shipped/recto-compact.md`).
"""

from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers, ops

STEM_WIDTH = 48
STAGE_WIDTHS = (96, 192)
DIM = 256
SHIPPED_WEIGHTS = Path(__file__).parent / "shipped" / "recto-compact.npz"


@keras.saving.register_keras_serializable(package="recto")
class GeneralisedMeanPooling(layers.Layer):
    """GeM pooling, (mean of x^p)^(1/p) over the positions; (n, h, w, c) -> (n, c).

    Radenović, Tolias, Chum: "Fine-tuning CNN Image Retrieval with No Human Annotation", TPAMI 2018, eq. 3. The
    exponent is fixed at 3: learning it was not tried, and would cost the gradient of a power at every position.
    """

    def __init__(self, power: float = 3.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.power = power

    def call(self, inputs: Any) -> Any:
        positive = ops.maximum(inputs, 1e-4)
        cubes = positive * positive * positive if self.power == 3.0 else ops.power(positive, self.power)
        return ops.power(ops.mean(cubes, axis=(1, 2)), 1.0 / self.power)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "power": self.power}


def build_compact(weights_path: Path | None = None, input_size: int | None = None) -> keras.Model:
    """The network, float32 (n, size, size, 3) in [-1, 1] -> float32 (n, 256), rows of length 1.

    Args:
        weights_path: a file written by `save_weights`; without one the weights are random, for training.
        input_size: side of the input in pixels; None accepts any.

    Raises:
        ValueError: the file does not hold this network's tensors.
    """
    inputs = keras.Input((input_size, input_size, 3))
    # A wide stem at a quarter of the resolution: two thirds of the time of a deeper net went into its first 80 x 80
    # maps, and hatching is a texture that 7 x 7 filters see whole.
    x = _convolution(inputs, STEM_WIDTH, kernel=7, stride=4, name="stem")
    for stage, width in enumerate(STAGE_WIDTHS, start=1):
        x = _convolution(x, width, kernel=3, stride=2, name=f"stage{stage}_down")
        x = _residual_block(x, width, name=f"stage{stage}_block")
    x = _convolution(x, 2 * DIM, kernel=1, stride=1, name="head")
    x = GeneralisedMeanPooling(name="gem")(x)
    x = layers.Dense(DIM, use_bias=False, name="embedding")(x)
    # Pooled rectified features all point the same way; centred ones spread over the sphere from the first step.
    x = layers.BatchNormalization(momentum=0.97, scale=False, center=False, name="embedding_norm")(x)
    model = keras.Model(inputs, layers.UnitNormalization(name="unit")(x), name="recto_compact")
    if weights_path is not None:
        load_weights(model, weights_path)
    return model


def _convolution(x: Any, width: int, *, kernel: int, stride: int, name: str) -> Any:
    x = layers.Conv2D(width, kernel, stride, padding="same", use_bias=False, name=f"{name}_conv")(x)
    x = layers.BatchNormalization(momentum=0.97, name=f"{name}_norm")(x)
    return layers.Activation("relu", name=f"{name}_relu")(x)


def _residual_block(x: Any, width: int, *, name: str) -> Any:
    branch = _convolution(x, width, kernel=3, stride=1, name=f"{name}_a")
    branch = layers.Conv2D(width, 3, padding="same", use_bias=False, name=f"{name}_b_conv")(branch)
    branch = layers.BatchNormalization(momentum=0.97, gamma_initializer="zeros", name=f"{name}_b_norm")(branch)
    return layers.Activation("relu", name=f"{name}_relu")(layers.Add(name=f"{name}_add")([x, branch]))


def save_weights(model: keras.Model, path: Path) -> None:
    """Write every tensor as float16 under its layer's name; a temporary file is renamed into place."""
    tensors = {_tensor_name(w): np.asarray(ops.convert_to_numpy(w), dtype=np.float16) for w in model.weights}
    temporary = path.with_name(path.name + ".part")
    with temporary.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **tensors)
    temporary.replace(path)


def load_weights(model: keras.Model, path: Path) -> None:
    """Read what `save_weights` wrote; names and shapes must be exactly the network's."""
    with np.load(path, allow_pickle=False) as stored:
        wanted = {_tensor_name(w): tuple(w.shape) for w in model.weights}
        found = {name: stored[name].shape for name in stored.files}
        if wanted != found:
            odd = sorted(set(wanted.items()) ^ set(found.items()))[0]
            raise ValueError(f"{path.name} does not hold the compact network's weights: {odd[0]} {odd[1]} differs")
        for weight in model.weights:
            weight.assign(stored[_tensor_name(weight)].astype(np.float32))


def _tensor_name(weight: Any) -> str:
    layer, tensor = weight.path.split("/")[-2:]
    return f"{layer}.{tensor}"
