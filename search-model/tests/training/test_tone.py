"""Other digitisations: what changes, what stays, and that a seed decides it."""

import numpy as np
import pytest

from search_model.training import digitise, tone


@pytest.fixture
def print_():
    rng = np.random.default_rng(5)
    return rng.integers(0, 256, (60, 45, 3), dtype=np.uint8)


@pytest.mark.parametrize("change", [tone.change_tone, digitise.rescan, digitise.change_margins, digitise.frame])
@pytest.mark.parametrize("seed", range(8))
def test_a_change_is_a_picture_and_the_seed_decides_it(change, seed, print_):
    first, again = (change(np.random.default_rng(seed), print_.copy()) for _ in range(2))

    assert first.dtype == np.uint8
    assert first.shape[2:] == (3,)
    assert np.array_equal(first, again)


@pytest.mark.parametrize("seed", range(8))
def test_tone_keeps_the_shape(seed, print_):
    assert tone.change_tone(np.random.default_rng(seed), print_).shape == print_.shape


@pytest.mark.parametrize("seed", range(8))
def test_thresholded_is_grey(seed, print_):
    result = tone.threshold(np.random.default_rng(seed), print_)

    assert np.array_equal(result[..., 0], result[..., 2])


def test_thresholding_is_often_black_and_white_only(print_):
    grey = np.repeat(print_[..., :1], 3, axis=2)
    results = [tone.threshold(np.random.default_rng(seed), grey) for seed in range(20)]

    assert sum(np.isin(result, (0, 255)).mean() > 0.9 for result in results) >= 8


def test_inked_runs_from_ink_to_paper():
    grey = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    result = tone.change_ink(np.random.default_rng(2), grey).astype(int)

    assert (result[0, 0] <= 0.45 * 255 + 1).all()
    assert (result[0, 255] >= 0.65 * 255 - 1).all()
    assert (np.diff(result, axis=1) >= 0).all()


@pytest.mark.parametrize("seed", range(12))
def test_margins_stay_below_a_fifth_of_the_longer_side(seed, print_):
    height, width = digitise.change_margins(np.random.default_rng(seed), print_).shape[:2]

    assert 0.83 * 60 <= height <= 60 * 1.36
    assert 0.83 * 45 <= width <= 45 + 60 * 0.36


def test_a_frame_surrounds_the_whole_work(print_):
    framed = digitise.frame(np.random.default_rng(1), print_)
    rows = [y for y in range(framed.shape[0] - 59) for x in range(framed.shape[1] - 44)
            if np.array_equal(framed[y : y + 60, x : x + 45], print_)]  # fmt: skip

    assert len(rows) == 1
