"""The objective around any Keras network, in backend-neutral operations: which print it is, and what it resembles.

Chen, Kornblith, Norouzi, Hinton: "A Simple Framework for Contrastive Learning of Visual Representations", ICML
2020, eq. 1 (NT-Xent): each of the 2n views must find its partner among the other 2n - 1. Wang, Zhang, Huang,
Scott: "Cross-Batch Memory for Embedding Learning", CVPR 2020: vectors of the last batches serve as more prints to
be told from. Park, Kim, Lu, Cho: "Relational Knowledge Distillation", CVPR 2019: a teacher says which prints
resemble each other, and the network learns its order of them rather than its vectors.
"""

from typing import Any

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

NOT_ASKED = -1e4  # a logit that leaves the softmax
LIKENESS_TEMPERATURE = 0.1  # softer than the contrast: a dozen prints may resemble one


def nt_xent(embeddings: Any, temperature: float, memory: Any = None, is_other: Any = None) -> Any:
    """Mean loss of 2n unit rows, where row i and row i + n are partners.

    Args:
        embeddings: float32 of shape (2n, dim), rows of length 1.
        temperature: divides the cosine similarities.
        memory: float32 of shape (m, dim), further rows that no view may find.
        is_other: bool of shape (2n, m): whether the memory's row shows another print.
    """
    count = ops.shape(embeddings)[0]
    logits = ops.matmul(embeddings, ops.transpose(embeddings)) / temperature
    logits = logits + NOT_ASKED * ops.eye(count)  # a view is not its own candidate
    partners = ops.roll(ops.arange(count), count // 2)
    found = ops.take_along_axis(logits, partners[:, None], axis=1)[:, 0]
    if memory is not None:
        remembered = ops.matmul(embeddings, ops.transpose(memory)) / temperature
        logits = ops.concatenate([logits, ops.where(is_other, remembered, NOT_ASKED)], axis=1)
    return ops.mean(ops.logsumexp(logits, axis=1) - found)


def relational_loss(embeddings: Any, teacher: Any, temperature: float) -> Any:
    """Kullback-Leibler divergence of the network's likenesses from the teacher's, mean over 2n views.

    Each view's likeness to the other n - 1 scans is a softmax over them; its partner is left out, because who the
    same print is stays `nt_xent`'s question.

    Args:
        embeddings: float32 of shape (2n, dim), unit rows, scans first.
        teacher: float32 of shape (n, d), the teacher's unit rows of the same prints.
        temperature: divides both cosine similarities.
    """
    half = ops.shape(teacher)[0]
    without_itself = NOT_ASKED * ops.eye(half)
    wanted = ops.log_softmax(ops.matmul(teacher, ops.transpose(teacher)) / temperature + without_itself, axis=1)
    likeness = ops.matmul(embeddings, ops.transpose(embeddings[:half])) / temperature
    found = ops.log_softmax(likeness + ops.tile(without_itself, (2, 1)), axis=1)
    wanted = ops.tile(wanted, (2, 1))
    return ops.mean(ops.sum(ops.exp(wanted) * (wanted - found), axis=1))


def partner_accuracy(embeddings: Any) -> Any:
    """Share of the first n rows whose nearest row among the second n is their partner."""
    half = ops.shape(embeddings)[0] // 2
    similarity = ops.matmul(embeddings[:half], ops.transpose(embeddings[half:]))
    return ops.mean(ops.cast(ops.equal(ops.argmax(similarity, axis=1), ops.arange(half)), "float32"))


class ContrastiveModel(keras.Model):
    """A network whose `fit` minimises `nt_xent`, and the teacher's relations, over batches of `PairBatches`.

    Args:
        network: gives unit rows.
        temperature: of the contrast.
        remembered: how many vectors of former batches are told from, 0 for none.
        teacher: float32 of shape (images, d), the teacher's unit rows of all training images, or None.
        teacher_weight: what the relations count beside the contrast.
    """

    def __init__(
        self,
        network: keras.Model,
        temperature: float,
        *,
        remembered: int = 0,
        teacher: NDArray[np.float32] | None = None,
        teacher_weight: float = 0.0,
    ) -> None:
        super().__init__()
        self.network, self.temperature, self.teacher_weight = network, temperature, teacher_weight
        self.accuracy = keras.metrics.Mean(name="partner_found")
        self.teacher = None if teacher is None or not teacher_weight else ops.convert_to_tensor(teacher)
        self.memory: Any = None
        if remembered:
            dim = int(network.output_shape[-1])
            self.memory = self.add_weight(shape=(remembered, dim), initializer="zeros", trainable=False, name="memory")
            # float32, because integer variables do not go to every accelerator; -1 is an empty place
            self.owners = self.add_weight(
                shape=(remembered,), initializer=keras.initializers.Constant(-1), trainable=False, name="owners"
            )

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
        embeddings, owners = ops.cast(y_pred, "float32"), ops.cast(y, "float32")
        self.accuracy.update_state(partner_accuracy(embeddings))
        loss = self._contrast(embeddings, owners)
        if self.teacher is None:
            return loss
        half = ops.shape(embeddings)[0] // 2
        taught = ops.take(self.teacher, ops.cast(owners[:half], "int32"), axis=0)
        return loss + self.teacher_weight * relational_loss(embeddings, taught, LIKENESS_TEMPERATURE)

    def _contrast(self, embeddings: Any, owners: Any) -> Any:
        if self.memory is None:
            return nt_xent(embeddings, self.temperature)
        is_other = ops.logical_and(owners[:, None] != self.owners[None, :], self.owners[None, :] >= 0)
        loss = nt_xent(embeddings, self.temperature, ops.convert_to_tensor(self.memory), is_other)
        self._remember(ops.stop_gradient(embeddings), owners)
        return loss

    def _remember(self, embeddings: Any, owners: Any) -> None:
        """The newest rows first; the oldest fall out."""
        kept = self.memory.shape[0]
        self.memory.assign(ops.concatenate([embeddings, self.memory], axis=0)[:kept])
        self.owners.assign(ops.concatenate([owners, self.owners], axis=0)[:kept])
