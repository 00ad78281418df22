"""A training really learns, is really resumed after a stop, and writes weights that give the same vectors."""

import json
from dataclasses import replace

import numpy as np
import pytest

from search_model.extractor import compact
from search_model.training import run
from search_model.training.run import Recipe, train

RECIPE = Recipe(
    steps=4,
    pairs=4,
    sizes=(32,),
    size_shares=(1.0,),
    warm_up_steps=1,
    learning_rate=3e-4,
    steps_per_checkpoint=2,
)


class Killed(Exception):
    pass


@pytest.fixture
def images():
    rng = np.random.default_rng(2)
    return [rng.integers(0, 256, (48, 40, 3), dtype=np.uint8) for _ in range(8)]


def stop_after(step, monkeypatch):
    checkpoint = run._checkpoint

    def checkpoint_then_stop(model, recipe, folder, reached, history):
        checkpoint(model, recipe, folder, reached, history)
        if reached >= step:
            raise Killed

    monkeypatch.setattr(run, "_checkpoint", checkpoint_then_stop)


def test_interrupted_training_resumes_and_ends_where_an_uninterrupted_one_does(images, tmp_path, monkeypatch):
    whole = train(images, RECIPE, tmp_path / "whole")
    with monkeypatch.context() as patched:
        stop_after(2, patched)
        with pytest.raises(Killed):
            train(images, RECIPE, tmp_path / "parts")
    assert json.loads((tmp_path / "parts/state.json").read_text())["step"] == 2

    resumed = train(images, RECIPE, tmp_path / "parts")

    with np.load(whole) as expected, np.load(resumed) as found:
        for name in expected.files:
            np.testing.assert_array_equal(found[name], expected[name], err_msg=name)


def test_two_trainings_with_one_seed_write_the_same_file(images, tmp_path):
    recipe = replace(RECIPE, remembered=12, teacher_weight=0.5)
    taught = np.eye(len(images), dtype=np.float32)

    first, second = (train(images, recipe, tmp_path / name, teacher=taught) for name in ("first", "second"))

    assert first.read_bytes() == second.read_bytes()


def test_a_training_can_be_stopped_on_purpose_and_planned_anew(images, tmp_path):
    train(images, replace(RECIPE, steps=9), tmp_path, until=2)
    with pytest.raises(ValueError, match="another recipe"):
        train(images, RECIPE, tmp_path)

    train(images, RECIPE, tmp_path, replan=True)

    state = json.loads((tmp_path / "state.json").read_text())
    assert (state["step"], state["recipe"]["steps"]) == (4, 4)


def test_a_training_goes_on_from_given_weights(images, tmp_path):
    start = train(images, RECIPE, tmp_path / "start")
    still = replace(RECIPE, steps=1, learning_rate=1e-9)

    after = train(images, still, tmp_path / "after", weights=start)

    with np.load(start) as expected, np.load(after) as found:
        np.testing.assert_allclose(found["stem_conv.kernel"], expected["stem_conv.kernel"], atol=1e-3)


def test_another_recipe_does_not_continue_a_training(images, tmp_path, monkeypatch):
    stop_after(2, monkeypatch)
    with pytest.raises(Killed):
        train(images, RECIPE, tmp_path)

    with pytest.raises(ValueError, match="another recipe"):
        train(images, replace(RECIPE, pairs=5), tmp_path)


def test_recipe_changes_size_once_its_share_of_the_steps_is_done():
    recipe = Recipe(steps=10, sizes=(128, 160), size_shares=(0.6, 0.4))

    assert [recipe.size_at(step) for step in (0, 5, 6, 9)] == [128, 128, 160, 160]


def test_weights_file_gives_back_the_network(tmp_path):
    model = compact.build_compact()
    picture = np.random.default_rng(1).uniform(-1, 1, (2, 64, 64, 3)).astype(np.float32)
    compact.save_weights(model, tmp_path / "w.npz")

    again = compact.build_compact(tmp_path / "w.npz")

    vectors, expected = np.asarray(again(picture)), np.asarray(model(picture))
    assert vectors.shape == (2, compact.DIM)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert (vectors * expected).sum(axis=1).min() > 0.999  # float16 weights


def test_weights_of_another_network_are_refused(tmp_path):
    np.savez(tmp_path / "w.npz", other=np.zeros(3, np.float16))

    with pytest.raises(ValueError, match=r"w\.npz does not hold"):
        compact.build_compact(tmp_path / "w.npz")
