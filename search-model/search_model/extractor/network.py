"""A descriptor's network, ready to run. The only module of the service that loads TensorFlow.

A `tf.function` of one fixed signature: Keras's `predict` costs twice the time for one picture and keeps more
memory.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from search_model.descriptors import RECTO_COMPACT, VGG16_MAC, VGG16_MAC_LEGACY, Descriptor
from search_model.extractor.choice import Choice
from search_model.extractor.compact import build_compact
from search_model.extractor.vgg16 import build_vgg16


def _vgg16(weights: Path, recipe: Descriptor) -> keras.Model:
    return build_vgg16(weights, input_size=recipe.input_size)


def _compact(weights: Path, recipe: Descriptor) -> keras.Model:
    return build_compact(weights, input_size=recipe.input_size)


BUILDERS: dict[str, Callable[[Path, Descriptor], keras.Model]] = {
    VGG16_MAC.name: _vgg16,
    VGG16_MAC_LEGACY.name: _vgg16,
    RECTO_COMPACT.name: _compact,
}


class Network:
    """A callable, float32 (n, size, size, 3) -> float32 (n, dim). Call it from one thread."""

    def __init__(self, choice: Choice) -> None:
        descriptor = choice.descriptor
        model = BUILDERS[descriptor.name](choice.weights_path, descriptor)
        if model.output_shape != (None, descriptor.dim):
            raise ValueError(f"{descriptor.name} gives {model.output_shape}, the registry says {descriptor.dim}")
        size = descriptor.input_size
        self._run: Any = tf.function(
            lambda batch: model(batch, training=False),
            input_signature=[tf.TensorSpec((None, size, size, 3), tf.float32)],
        )

    def __call__(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """Vectors of a batch of network inputs."""
        return np.asarray(self._run(tf.constant(batch)).numpy(), dtype=np.float32)


def limit_threads(threads: int) -> None:
    """Use that many threads for one call, 0 for every core; the same number for every network."""
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)
