"""MobileNetV2's ImageNet convolutions rebuilt from loose `.npy` files: the plain alternative to compare with.

The files name the biases by layer but the kernels only by number. Where several kernels have one shape, the table
below says which belongs where. It was found by measurement: in a folded batch norm the bias holds minus the
channel's running mean, so that for the right kernel the channels' mean outputs and the biases correlate (0.99 or
more at each block's projection, at most 0.11 for a wrong one).

Sandler et al.: "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018, table 2.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray

from search_model.preprocess import letterbox

INPUT_SIZE = 224
BATCH = 32
STEM_KERNEL, HEAD_KERNEL = 90, 71
# (expansion, channels, blocks, stride of the first) of table 2
STAGES = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)
# (expand, depthwise, project) of each block; the first block expands nothing
BLOCK_KERNELS = (
    (None, 238, 167), (165, 99, 73), (3, 119, 115), (255, 216, 157), (227, 221, 193), (243, 102, 215),
    (226, 163, 229), (104, 254, 143), (25, 142, 202), (225, 129, 98), (169, 2, 246), (162, 87, 106),
    (52, 22, 40), (114, 65, 242), (203, 250, 92), (133, 130, 258), (60, 248, 100),
)  # fmt: skip


def build_teacher(weights: Path) -> keras.Model:
    """The network up to its last convolution, averaged: float32 (n, 224, 224, 3) in [-1, 1] -> (n, 1280) unit rows.

    Raises:
        FileNotFoundError: a tensor is missing from the folder.
        ValueError: a tensor has another shape than its layer.
    """
    builder = _Builder(weights)
    inputs = keras.Input((INPUT_SIZE, INPUT_SIZE, 3))
    x = builder.convolution(inputs, STEM_KERNEL, "Conv_Conv2D", stride=2)
    blocks = [(t, c, s if first == 0 else 1) for t, c, n, s in STAGES for first in range(n)]
    for index, (block, kernels) in enumerate(zip(blocks, BLOCK_KERNELS, strict=True)):
        x = _inverted_residual(builder, x, index, block, kernels)
    x = builder.convolution(x, HEAD_KERNEL, "Conv_1_Conv2D")
    x = layers.GlobalAveragePooling2D()(x)
    model = keras.Model(inputs, layers.UnitNormalization()(x), name="mobilenet_v2_teacher")
    builder.fill(model)
    return model


def describe_with_teacher(teacher: keras.Model, images: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
    """Likeness to learn from: float32 (images, 1280), unit rows, whole pictures letterboxed.

    The mean over the images is taken away: all prints resemble each other to a network of photographs, and what is
    left over says in what they differ.
    """
    batches = (images[i : i + BATCH] for i in range(0, len(images), BATCH))
    vectors = np.concatenate(
        [np.asarray(teacher(np.stack([letterbox(rgb, INPUT_SIZE) for rgb in batch]))) for batch in batches]
    )
    centred = vectors - vectors.mean(axis=0)
    return np.asarray(centred / np.linalg.norm(centred, axis=1, keepdims=True), dtype=np.float32)


def _inverted_residual(
    builder: "_Builder", x: Any, index: int, block: tuple[int, int, int], kernels: tuple[int | None, int, int]
) -> Any:
    _, channels, stride = block
    expand, depthwise, project = kernels
    name = "expanded_conv" + (f"_{index}" if index else "")
    y = x if expand is None else builder.convolution(x, expand, f"{name}_expand_Conv2D")
    y = builder.depthwise(y, depthwise, f"{name}_depthwise_depthwise", stride=stride)
    y = builder.convolution(y, project, f"{name}_project_Conv2D", activation=None)
    return layers.Add()([x, y]) if stride == 1 and x.shape[-1] == channels else y


class _Builder:
    """Makes layers of the right shape and remembers which tensors fill them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tensors: dict[str, list[NDArray[np.float32]]] = {}

    def convolution(self, x: Any, kernel: int, bias: str, *, stride: int = 1, activation: str | None = "relu6") -> Any:
        weights = self._read(f"Const_{kernel}").transpose(1, 2, 3, 0)  # OHWI -> HWIO
        self.tensors[bias] = [weights, self._read(f"MobilenetV2_{bias}_bias")]
        size, filters = weights.shape[0], weights.shape[-1]
        return layers.Conv2D(filters, size, stride, padding="same", activation=activation, name=bias)(x)

    def depthwise(self, x: Any, kernel: int, bias: str, *, stride: int) -> Any:
        weights = self._read(f"Const_{kernel}").transpose(1, 2, 3, 0)  # 1HWC -> HWC1
        self.tensors[bias] = [weights, self._read(f"MobilenetV2_{bias}_bias")]
        return layers.DepthwiseConv2D(3, stride, padding="same", activation="relu6", name=bias)(x)

    def fill(self, model: keras.Model) -> None:
        for name, tensors in self.tensors.items():
            model.get_layer(name).set_weights(tensors)

    def _read(self, name: str) -> NDArray[np.float32]:
        return np.asarray(np.load(self.folder / f"{name}.npy", allow_pickle=False), dtype=np.float32)
