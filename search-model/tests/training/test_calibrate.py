import csv
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from search_model.local.fitting import fit
from search_model.training.calibrate import Catalogue, cases_of, catalogue_of, queries, read, read_copies
from tests.local.test_features import drawing


def small_network(inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """Stands in for the network: the picture in 8 x 8 grey squares, rows of length 1."""
    shrunk = np.stack([cv2.resize(one.mean(axis=2), (8, 8), interpolation=cv2.INTER_AREA).ravel() for one in inputs])
    return np.asarray(shrunk / np.linalg.norm(shrunk, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("scans")
    for number in range(5):
        cv2.imwrite(str(folder / f"{number}.png"), drawing(min(number, 3), height=260, width=300)[:, :, ::-1])
    network: Any = small_network
    return catalogue_of(sorted(folder.iterdir()), network, [["3.png", "4.png", "not there.png"]])


def test_the_same_seed_asks_the_same(catalogue: Catalogue) -> None:
    one, other = (list(queries(catalogue, count=3, seed=5)) for _ in range(2))
    assert [(q.kind, q.right) for q in one] == [(q.kind, q.right) for q in other]
    assert all(np.array_equal(a.picture, b.picture) for a, b in zip(one, other, strict=True))


def test_a_query_is_asked_with_its_print_and_without(catalogue: Catalogue) -> None:
    asked = next(queries(catalogue, count=1, seed=3))
    there, left_out = cases_of(catalogue, asked)
    assert there.right == asked.right
    assert set(asked.right) <= {e.image_id for e in there.evidence}
    assert left_out.right == {}
    assert not set(asked.right) & {e.image_id for e in left_out.evidence}
    best = max(there.evidence, key=lambda e: e.votes or 0)
    assert best.image_id in {*asked.right, *there.passed_over}
    assert best.match is not None


def test_a_known_copy_is_passed_over(catalogue: Catalogue) -> None:
    asked = next(q for q in queries(catalogue, count=40, seed=1) if q.right.keys() & {3, 4})
    copy = {3, 4} - set(asked.right)
    assert all(case.passed_over == copy for case in cases_of(catalogue, asked))


def test_all_kinds_teach_a_calibration(catalogue: Catalogue) -> None:
    asked = list(queries(catalogue, count=12, seed=2))
    assert len({q.kind for q in asked}) == 12
    cases = [case for one in asked for case in cases_of(catalogue, one)]
    calibration = fit(cases, descriptor="d", codec=catalogue.index.codec.id, measured_on="12 queries")
    assert calibration.false_alarms["same_image"] <= 0.1
    assert calibration.detected["found_score"] > 0.5


def test_copies_are_groups_of_names(tmp_path: Path) -> None:
    with (tmp_path / "copies.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["a.jpg", "b.jpg", "c.jpg"], [], ["d.jpg", "e.jpg"]])
    assert read_copies(tmp_path / "copies.csv") == [["a.jpg", "b.jpg", "c.jpg"], ["d.jpg", "e.jpg"]]
    assert read_copies(None) == []


def test_what_is_no_picture_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no picture")
    with pytest.raises(ValueError, match=r"notes\.txt cannot be read"):
        read(tmp_path / "notes.txt")
