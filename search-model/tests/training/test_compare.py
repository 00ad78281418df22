"""Ranks and figures of a comparison against hand-computed ones, ties included, and a comparison of real pictures."""

import cv2
import keras
import numpy as np
import pytest

from search_model.training.compare import (
    Candidate,
    Query,
    compare,
    made_queries,
    photographs,
    ranks_of_answers,
    recall_figures,
)


def test_ranks_by_hand_with_a_tie_counted_against_the_answer():
    catalogue = np.array([[1, 0], [0, 1], [0.6, 0.8], [0.6, 0.8]], dtype=np.float32)
    asked = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)

    assert ranks_of_answers(asked, catalogue, np.array([0, 2, 3])).tolist() == [1, 3, 2]


def test_figures_by_hand():
    figures = recall_figures(np.array([1, 2, 10, 51]))

    assert figures == {"R@1": 0.25, "R@10": 0.75, "R@50": 0.75, "mAP": round((1 + 1 / 2 + 1 / 10 + 1 / 51) / 4, 4)}


@pytest.fixture
def catalogue(tmp_path):
    rng = np.random.default_rng(1)
    for number in range(5):
        coarse = rng.integers(0, 256, (6, 5, 3), dtype=np.uint8)
        cv2.imwrite(str(tmp_path / f"{number}.png"), cv2.resize(coarse, (200, 240), interpolation=cv2.INTER_NEAREST))
    return sorted(tmp_path.iterdir())


def thumbnails():
    network = keras.Sequential([keras.Input((12, 10, 3)), keras.layers.Flatten(), keras.layers.UnitNormalization()])
    return Candidate(network, lambda rgb: cv2.resize(rgb, (10, 12), interpolation=cv2.INTER_AREA).astype(np.float32))


def test_the_pictures_themselves_are_found_first(catalogue):
    queries = [Query(cv2.imread(str(path))[:, :, ::-1], path.name) for path in catalogue]

    results = compare({"thumbnails": thumbnails()}, catalogue, {"themselves": queries})

    assert results["thumbnails"]["themselves"] == {"R@1": 1.0, "R@10": 1.0, "R@50": 1.0, "mAP": 1.0}


def test_made_queries_are_the_same_for_every_network_and_no_larger_than_needed(catalogue):
    first, again = made_queries("bilevel", catalogue, seed=3), made_queries("bilevel", catalogue, seed=3)

    assert all(np.array_equal(a.picture, b.picture) for a, b in zip(first, again, strict=True))
    assert max(max(query.picture.shape) for query in first) <= 480


def test_photographs_come_with_their_answers(catalogue, tmp_path):
    answers = tmp_path / "queries.csv"
    answers.write_text("query,image_file\n0.png,3.png\n")

    (query,) = photographs(tmp_path, answers)

    assert query.answer == "3.png"
    assert query.picture.shape == (240, 200, 3)
