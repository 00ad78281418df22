"""The losses against slow versions written from the papers' formulas, and against values worked out by hand."""

import math

import keras
import numpy as np
import pytest

from search_model.training.contrastive import ContrastiveModel, nt_xent, partner_accuracy, relational_loss


def unit_rows(rows):
    rows = np.asarray(rows, dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def random_rows(seed, count, dim=6):
    return unit_rows(np.random.default_rng(seed).standard_normal((count, dim)))


def slow_nt_xent(embeddings, temperature, memory=(), is_other=None):
    count = len(embeddings)
    losses = []
    for i in range(count):
        partner = (i + count // 2) % count
        others = [math.exp(float(embeddings[i] @ embeddings[k]) / temperature) for k in range(count) if k != i]
        others += [math.exp(float(embeddings[i] @ row) / temperature) for k, row in enumerate(memory) if is_other[i][k]]
        positive = math.exp(float(embeddings[i] @ embeddings[partner]) / temperature)
        losses.append(-math.log(positive / sum(others)))
    return sum(losses) / count


def slow_relational_loss(embeddings, teacher, temperature):
    half = len(teacher)
    losses = []
    for i in range(2 * half):
        others = [j for j in range(half) if j != i % half]
        wanted = [math.exp(float(teacher[i % half] @ teacher[j]) / temperature) for j in others]
        found = [math.exp(float(embeddings[i] @ embeddings[j]) / temperature) for j in others]
        p, q = [w / sum(wanted) for w in wanted], [f / sum(found) for f in found]
        losses.append(sum(a * math.log(a / b) for a, b in zip(p, q, strict=True)))
    return sum(losses) / len(losses)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("temperature", [0.1, 1.0])
def test_nt_xent_equals_the_formula(seed, temperature):
    embeddings = random_rows(seed, 10)

    assert float(nt_xent(embeddings, temperature)) == pytest.approx(slow_nt_xent(embeddings, temperature), rel=1e-4)


@pytest.mark.parametrize("seed", range(3))
def test_nt_xent_with_a_memory_equals_the_formula(seed):
    embeddings, memory = random_rows(seed, 8), random_rows(seed + 10, 5)
    is_other = np.random.default_rng(seed).random((8, 5)) < 0.6

    found = float(nt_xent(embeddings, 0.2, memory, is_other))

    assert found == pytest.approx(slow_nt_xent(embeddings, 0.2, memory, is_other), rel=1e-4)


def test_nt_xent_of_two_perfect_orthogonal_pairs_by_hand():
    """Each view: its partner at cosine 1, two others at 0, so -log(e / (e + 2))."""
    embeddings = unit_rows([[1, 0], [0, 1], [1, 0], [0, 1]])

    assert float(nt_xent(embeddings, 1.0)) == pytest.approx(-math.log(math.e / (math.e + 2)), rel=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_relational_loss_equals_the_formula(seed):
    embeddings, teacher = random_rows(seed, 10), random_rows(seed + 20, 5, dim=9)

    found = float(relational_loss(embeddings, teacher, 0.3))

    assert found == pytest.approx(slow_relational_loss(embeddings, teacher, 0.3), rel=1e-4)


def test_a_network_that_orders_as_the_teacher_loses_nothing():
    teacher = random_rows(1, 6)

    assert float(relational_loss(np.concatenate([teacher, teacher]), teacher, 0.1)) == pytest.approx(0, abs=1e-5)


def test_partner_accuracy_counts_rows_whose_partner_is_nearest():
    embeddings = unit_rows([[1, 0, 0], [0, 1, 0], [1, 0.1, 0], [1, 0.2, 0]])

    assert float(partner_accuracy(embeddings)) == pytest.approx(1.0)
    swapped = embeddings[[0, 1, 3, 2]]
    assert float(partner_accuracy(swapped)) == pytest.approx(0.0)


class TestMemory:
    @pytest.fixture
    def model(self):
        network = keras.Sequential([keras.Input((6,)), keras.layers.UnitNormalization()])
        return ContrastiveModel(network, 0.2, remembered=6)

    def loss(self, model, embeddings, owners):
        return float(model.compute_loss(y=np.asarray(owners, np.float32), y_pred=embeddings))

    def test_an_empty_memory_changes_nothing(self, model):
        embeddings = random_rows(3, 4)

        assert self.loss(model, embeddings, [5, 7, 5, 7]) == pytest.approx(slow_nt_xent(embeddings, 0.2), rel=1e-4)

    def test_other_prints_of_former_batches_are_told_from_and_the_same_print_is_not(self, model):
        earlier, embeddings = random_rows(4, 4), random_rows(5, 4)
        self.loss(model, earlier, [7, 8, 7, 8])

        found = self.loss(model, embeddings, [7, 9, 7, 9])

        is_other = [[False, True, False, True], [True] * 4] * 2
        assert found == pytest.approx(slow_nt_xent(embeddings, 0.2, earlier, is_other), rel=1e-4)

    def test_the_oldest_fall_out(self, model):
        for seed, owners in ((1, [1, 2, 1, 2]), (2, [3, 4, 3, 4])):
            self.loss(model, random_rows(seed, 4), owners)

        assert np.asarray(model.owners).tolist() == [3, 4, 3, 4, 1, 2]
        np.testing.assert_array_equal(np.asarray(model.memory)[:4], random_rows(2, 4))
