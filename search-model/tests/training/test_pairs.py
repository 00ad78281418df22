"""Pairs and batches: shapes, ranges, and that a batch depends on nothing but its seed and number."""

import numpy as np
import pytest

from search_model.training.data import PairBatches, is_left_out, read_images
from search_model.training.pairs import make_pair


@pytest.fixture
def images():
    rng = np.random.default_rng(2)
    return [rng.integers(0, 256, (60 + i, 90 - i, 3), dtype=np.uint8) for i in range(6)]


@pytest.mark.parametrize("seed", range(12))
def test_pair_is_two_network_inputs(images, seed):
    for view in make_pair(images[0], rng=np.random.default_rng(seed), size=64):
        assert view.shape == (64, 64, 3)
        assert view.dtype == np.float32
        assert np.abs(view).max() <= 1.0


def test_the_same_generator_makes_the_same_pair(images):
    first, second = (make_pair(images[1], rng=np.random.default_rng(4), size=48) for _ in range(2))

    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_batch_depends_only_on_seed_and_number(images):
    whole = PairBatches(images, pairs=4, size=48, first=0, steps=5, seed=9)
    resumed = PairBatches(images, pairs=4, size=48, first=3, steps=2, seed=9)

    assert np.array_equal(whole[4][0], resumed[1][0])


def test_batch_holds_scans_then_their_partners_and_whose_they_are(images):
    inputs, owners = PairBatches(images, pairs=4, size=48, first=0, steps=1, seed=9)[0]

    assert inputs.shape == (8, 48, 48, 3)
    assert owners[:4].tolist() == owners[4:].tolist()
    assert len(set(owners.tolist())) == 4


def test_rounds_use_every_image_once():
    batches = PairBatches([None] * 10, pairs=5, size=48, first=0, steps=4, seed=1)
    chosen = [batches._chosen(number).tolist() for number in range(4)]

    assert sorted(chosen[0] + chosen[1]) == list(range(10))
    assert sorted(chosen[2] + chosen[3]) == list(range(10))
    assert chosen[0] + chosen[1] != chosen[2] + chosen[3]


def test_a_folder_without_pictures_is_refused(tmp_path):
    (tmp_path / "note.jpg").write_text("not a picture")

    with pytest.raises(ValueError, match="at least 2 needed"):
        read_images([tmp_path])


def test_pictures_left_out_are_the_same_in_any_folder(tmp_path):
    names = [f"{number}.jpg" for number in range(60)]

    left_out = [name for name in names if is_left_out(tmp_path / name, 6)]

    assert 3 <= len(left_out) <= 20
    assert left_out == [name for name in names if is_left_out(tmp_path / "other" / name, 6)]
    assert not any(is_left_out(tmp_path / name, 0) for name in names)
