"""The loss against a slow version written from the paper's formula, and against values worked out by hand."""

import math

import numpy as np
import pytest

from search_model.training.contrastive import nt_xent, partner_accuracy


def unit_rows(rows):
    rows = np.asarray(rows, dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def slow_nt_xent(embeddings, temperature):
    count = len(embeddings)
    losses = []
    for i in range(count):
        partner = (i + count // 2) % count
        others = [math.exp(float(embeddings[i] @ embeddings[k]) / temperature) for k in range(count) if k != i]
        positive = math.exp(float(embeddings[i] @ embeddings[partner]) / temperature)
        losses.append(-math.log(positive / sum(others)))
    return sum(losses) / count


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("temperature", [0.1, 1.0])
def test_nt_xent_equals_the_formula(seed, temperature):
    embeddings = unit_rows(np.random.default_rng(seed).standard_normal((10, 6)))

    assert float(nt_xent(embeddings, temperature)) == pytest.approx(slow_nt_xent(embeddings, temperature), rel=1e-4)


def test_nt_xent_of_two_perfect_orthogonal_pairs_by_hand():
    """Each view: its partner at cosine 1, two others at 0, so -log(e / (e + 2))."""
    embeddings = unit_rows([[1, 0], [0, 1], [1, 0], [0, 1]])

    assert float(nt_xent(embeddings, 1.0)) == pytest.approx(-math.log(math.e / (math.e + 2)), rel=1e-5)


def test_partner_accuracy_counts_rows_whose_partner_is_nearest():
    embeddings = unit_rows([[1, 0, 0], [0, 1, 0], [1, 0.1, 0], [1, 0.2, 0]])

    assert float(partner_accuracy(embeddings)) == pytest.approx(1.0)
    swapped = embeddings[[0, 1, 3, 2]]
    assert float(partner_accuracy(swapped)) == pytest.approx(0.0)
