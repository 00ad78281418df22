"""SimCLR's objective around any Keras network, in backend-neutral operations.

Chen, Kornblith, Norouzi, Hinton: "A Simple Framework for Contrastive Learning of Visual Representations", ICML
2020, eq. 1 (NT-Xent): each of the 2n views must find its partner among the other 2n - 1.
"""

from typing import Any

import keras
from keras import ops


def nt_xent(embeddings: Any, temperature: float) -> Any:
    """Mean loss of 2n unit rows, where row i and row i + n are partners.

    Args:
        embeddings: float32 of shape (2n, dim), rows of length 1.
        temperature: divides the cosine similarities.
    """
    count = ops.shape(embeddings)[0]
    logits = ops.matmul(embeddings, ops.transpose(embeddings)) / temperature
    logits = logits - 1e4 * ops.eye(count)  # a view is not its own candidate
    partners = ops.roll(ops.arange(count), count // 2)
    return ops.mean(ops.logsumexp(logits, axis=1) - ops.take_along_axis(logits, partners[:, None], axis=1)[:, 0])


def partner_accuracy(embeddings: Any) -> Any:
    """Share of the first n rows whose nearest row among the second n is their partner."""
    half = ops.shape(embeddings)[0] // 2
    similarity = ops.matmul(embeddings[:half], ops.transpose(embeddings[half:]))
    return ops.mean(ops.cast(ops.equal(ops.argmax(similarity, axis=1), ops.arange(half)), "float32"))


class ContrastiveModel(keras.Model):
    """A network whose `fit` minimises `nt_xent` over batches of `PairBatches`."""

    def __init__(self, network: keras.Model, temperature: float) -> None:
        super().__init__()
        self.network, self.temperature = network, temperature
        self.accuracy = keras.metrics.Mean(name="partner_found")

    def call(self, inputs: Any, training: bool = False) -> Any:
        return self.network(inputs, training=training)

    def compute_loss(  # Keras calls it with these names
        self,
        x: Any = None,
        y: Any = None,
        y_pred: Any = None,
        sample_weight: Any = None,
        training: bool = True,
    ) -> Any:
        self.accuracy.update_state(partner_accuracy(y_pred))
        return nt_xent(ops.cast(y_pred, "float32"), self.temperature)
