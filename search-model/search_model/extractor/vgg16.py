"""VGG16 up to `block5_pool`, pooled to one vector of length 1.

Simonyan, Zisserman: "Very Deep Convolutional Networks for Large-Scale Image Recognition", ICLR 2015. The
pooling is MAC,
the maximum of each channel over all positions: Tolias, Sicre, Jégou, "Particular Object Retrieval with
Integral Max-Pooling of CNN Activations", ICLR 2016, section 3.
"""

from pathlib import Path

import keras
from keras import layers

LAYER = "block5_pool"


def build_vgg16(weights_path: Path, *, input_size: int) -> keras.Model:
    """The network, float32 (n, size, size, 3) as its preprocessing gives it -> float32 (n, 512), rows of
    length 1.

    Raises:
        ValueError: the file does not hold VGG16's convolutions.
    """
    convolutions = keras.applications.VGG16(include_top=False, weights=None, input_shape=(input_size, input_size, 3))
    try:
        convolutions.load_weights(weights_path)
    except (ValueError, KeyError, OSError) as error:
        raise ValueError(f"{weights_path} does not hold VGG16's convolutions: {error}") from error
    maxima = layers.GlobalMaxPooling2D(name="mac")(convolutions.get_layer(LAYER).output)
    return keras.Model(convolutions.input, layers.UnitNormalization(name="unit")(maxima), name="vgg16_mac")
