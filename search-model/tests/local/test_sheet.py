from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from search_model.evaluation.simulate import photograph_with_quad
from search_model.local.sheet import find_sheet, from_top_left
from tests.local.test_features import drawing

TRAINING = Path(__file__).parents[4] / "shared" / "data" / "training" / "images"
WIDTH, HEIGHT = 800, 600


def laid(corners: NDArray[np.float64], table: tuple[int, int, int] = (90, 70, 50)) -> NDArray[np.uint8]:
    """A drawing with its corners at these fractions of a photograph of a plain table."""
    sheet = drawing(3)
    source = np.array([[0, 0], [540, 0], [540, 420], [0, 420]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, (corners * [WIDTH, HEIGHT]).astype(np.float32))
    photograph = np.full((HEIGHT, WIDTH, 3), table, np.uint8)
    mask = cv2.warpPerspective(np.full(sheet.shape[:2], 255, np.uint8), matrix, (WIDTH, HEIGHT)) > 128
    photograph[mask] = cv2.warpPerspective(sheet, matrix, (WIDTH, HEIGHT))[mask]
    return photograph


@pytest.mark.parametrize(
    "corners",
    [
        [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)],
        [(0.25, 0.15), (0.85, 0.25), (0.75, 0.85), (0.15, 0.75)],
        [(0.28, 0.1), (0.72, 0.12), (0.85, 0.9), (0.18, 0.88)],
    ],
)
def test_the_corners_of_a_sheet_on_a_table(corners: list[tuple[float, float]]) -> None:
    expected = np.array(corners)
    found = find_sheet(laid(expected))
    assert found is not None
    np.testing.assert_allclose(found, expected, atol=0.01)


def test_a_dark_sheet_on_a_light_table_is_found_when_it_lies_askew() -> None:
    expected = np.array([(0.25, 0.15), (0.85, 0.25), (0.75, 0.85), (0.15, 0.75)])
    found = find_sheet(255 - laid(expected))
    assert found is not None
    np.testing.assert_allclose(found, expected, atol=0.01)


@pytest.mark.parametrize(
    "picture",
    [
        np.full((300, 400, 3), 200, np.uint8),
        np.random.default_rng(0).integers(0, 256, (300, 400, 3)).astype(np.uint8),
        np.zeros((1, 1, 3), np.uint8),
        np.full((2, 900, 3), 50, np.uint8),
        drawing(1),
        drawing(1)[100:250, 100:300],
    ],
    ids=["blank", "noise", "one pixel", "a strip", "a scan", "a detail"],
)
def test_unsure_is_none(picture: NDArray[np.uint8]) -> None:
    assert find_sheet(picture) is None


def test_a_picture_with_a_dark_ground_on_a_page_is_no_sheet() -> None:
    page = np.full((600, 500, 3), 240, np.uint8)
    page[80:480, 60:440] = 70
    assert find_sheet(page) is None


def test_corners_start_at_the_top_left_and_run_clockwise() -> None:
    corners = np.array([(0.8, 0.9), (0.1, 0.2), (0.2, 0.8), (0.9, 0.1)])
    expected = [(0.1, 0.2), (0.9, 0.1), (0.8, 0.9), (0.2, 0.8)]
    assert from_top_left(corners).tolist() == [list(corner) for corner in expected]


@pytest.mark.slow
def test_simulated_photographs_and_flat_scans() -> None:
    if not TRAINING.is_dir():
        pytest.skip("needs ../shared/data/training")
    files = sorted(TRAINING.iterdir())[::40]
    right = wrong = flat = 0
    for seed, file in enumerate(files):
        picture = np.ascontiguousarray(cv2.imread(str(file))[:, :, ::-1])
        photograph, corners = photograph_with_quad(picture, seed=seed, severity="normal", size=700)
        found = find_sheet(photograph)
        if found is not None:
            error = min(np.abs(np.roll(found, k, axis=0) - corners / 700).max() for k in range(4))
            right, wrong = right + (error < 0.03), wrong + (error >= 0.03)
        flat += find_sheet(picture) is not None
    assert right >= 0.45 * len(files)
    assert wrong <= 0.1 * len(files)
    assert flat <= 0.1 * len(files)
