"""The kinds of query: seeded, of the promised share, and alike where they must be."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from search_model.evaluation.queries import KINDS, SIZE, detail, make_query, pasted, shared_detail

RgbImage = NDArray[np.uint8]


@pytest.fixture(scope="module")
def sheet() -> RgbImage:
    """Patches on the left, an empty margin on the right."""
    patches = np.random.default_rng(3).integers(0, 256, (40, 20, 1), dtype=np.uint8)
    drawn = cv2.resize(patches, (200, 400), interpolation=cv2.INTER_NEAREST)
    return np.repeat(np.hstack([drawn, np.full((400, 100), 255, np.uint8)])[..., None], 3, axis=2)


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_same_seed_makes_the_same_query(sheet: RgbImage, kind: str) -> None:
    first, again, other = (make_query(kind, sheet, seed=seed) for seed in (5, 5, 6))
    assert first.dtype == np.uint8
    assert first.ndim == 3
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_mirrored_query_is_the_photograph_mirrored(sheet: RgbImage) -> None:
    assert np.array_equal(make_query("mirrored", sheet, seed=5), make_query("normal", sheet, seed=5)[:, ::-1])


@pytest.mark.parametrize(("seed", "turns"), [(3, 1), (4, 2), (5, 3)])
def test_a_turned_query_is_the_photograph_turned(sheet: RgbImage, seed: int, turns: int) -> None:
    turned, plain = (make_query(kind, sheet, seed=seed) for kind in ("turned", "normal"))
    assert np.array_equal(np.rot90(turned, -turns), plain)


@pytest.mark.parametrize("share", [0.4, 0.2, 0.1])
def test_a_detail_has_its_share_of_the_area(sheet: RgbImage, share: float) -> None:
    for seed in range(20):
        part = detail(sheet, share=share, seed=seed)
        assert part.shape[0] * part.shape[1] / (400 * 300) == pytest.approx(share, rel=0.03)


def test_a_detail_shows_some_of_the_drawing(sheet: RgbImage) -> None:
    assert all(detail(sheet, share=0.1, seed=seed).std() > 30 for seed in range(50))


def test_a_detail_of_a_blank_sheet_is_blank() -> None:
    assert (detail(np.full((50, 40, 3), 9, np.uint8), share=0.2, seed=1) == 9).all()


def test_a_detail_of_a_tiny_picture_is_not_empty() -> None:
    assert min(detail(np.zeros((3, 2, 3), np.uint8), share=0.1, seed=1).shape[:2]) >= 2


def test_a_pasted_detail_covers_its_share_of_the_host(sheet: RgbImage) -> None:
    host = np.zeros((300, 300, 3), np.uint8)
    host[..., 1] = 77
    for seed in range(10):
        changed = (pasted(sheet, host, seed=seed) != host).any(axis=2).mean()
        assert 0.2 <= changed <= 0.42


def test_a_photograph_of_a_shared_detail_has_the_usual_size(sheet: RgbImage) -> None:
    assert shared_detail(sheet, sheet, seed=1).shape == (SIZE, SIZE, 3)


def test_black_and_white_has_nothing_in_between(sheet: RgbImage) -> None:
    query = make_query("bilevel", sheet, seed=2)
    assert ((query < 60) | (query > 195)).mean() > 0.85


def test_faded_has_a_small_range(sheet: RgbImage) -> None:
    query = make_query("low-contrast", sheet, seed=2)
    assert np.percentile(query, 99) - np.percentile(query, 1) < 140


def test_brown_paper_is_brown(sheet: RgbImage) -> None:
    red, _, blue = make_query("toned-paper", sheet, seed=2).reshape(-1, 3).astype(float).mean(axis=0)
    assert red > blue + 20


@pytest.mark.parametrize("kind", ["bilevel", "toned-paper", "low-contrast"])
def test_another_digitisation_has_a_size_of_its_own(sheet: RgbImage, kind: str) -> None:
    sides = {max(make_query(kind, sheet, seed=seed).shape) for seed in range(5)}
    assert len(sides) > 1
    assert all(490 <= side <= 1010 for side in sides)
