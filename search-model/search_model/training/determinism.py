"""One seed, one result. The only module of the training that knows which backend Keras runs on."""

import importlib

import keras


def make_reproducible(seed: int) -> None:
    """Seed every generator, and let TensorFlow add up in one order whatever its threads do.

    With it two runs agree to the last bit on one machine with one number of threads; other processors and other
    versions of TensorFlow still differ in the last digits. JAX on a CPU needs nothing.
    """
    keras.utils.set_random_seed(seed)
    name = keras.backend.backend()
    backend = importlib.import_module(name)  # loaded long ago by Keras; which of the three, only it knows
    if name == "tensorflow":
        backend.config.experimental.enable_op_determinism()
    elif name == "torch":
        backend.use_deterministic_algorithms(True)
