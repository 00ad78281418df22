"""The simulator's promises: seeded, sized, and the corners it reports are where the sheet is."""

import cv2
import numpy as np
import pytest

from search_model.evaluation.simulate import SEVERITIES, photograph, photograph_with_quad


@pytest.fixture
def sheet():
    rng = np.random.default_rng(7)
    return rng.integers(0, 256, (90, 60, 3), dtype=np.uint8)


@pytest.mark.parametrize("severity", SEVERITIES)
def test_photograph_has_the_size_asked_for(sheet, severity):
    made = photograph(sheet, seed=3, severity=severity, size=120)

    assert made.shape == (120, 120, 3)
    assert made.dtype == np.uint8


def test_same_seed_gives_the_same_photograph_and_another_seed_another(sheet):
    first, again, other = (photograph(sheet, seed=seed, size=120) for seed in (5, 5, 6))

    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_source_is_not_changed(sheet):
    before = sheet.copy()

    photograph(sheet, seed=1, size=120)

    assert np.array_equal(sheet, before)


@pytest.mark.parametrize("seed", range(8))
def test_reported_corners_hold_the_sheet(seed):
    """A white sheet with a black left half: rectified by its corners it is black on the left and white on the right."""
    sheet = np.full((200, 200, 3), 255, dtype=np.uint8)
    sheet[:, :100] = 0

    made, quad = photograph_with_quad(sheet, seed=seed, severity="mild", size=400)

    square = np.array([[0, 0], [100, 0], [100, 100], [0, 100]], dtype=np.float32)
    upright = cv2.warpPerspective(made, cv2.getPerspectiveTransform(quad, square), (100, 100))
    assert upright[20:80, 10:40].mean() + 60 < upright[20:80, 60:90].mean()


def test_unknown_severity_is_named(sheet):
    with pytest.raises(KeyError, match="cruel"):
        photograph(sheet, seed=1, severity="cruel")
