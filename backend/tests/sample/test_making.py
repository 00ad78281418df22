"""The files of the sample collection."""

import csv
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from catalog.sample import make_sample_collection, making
from catalog.sample.catalogue import all_sheets
from catalog.sample.genres import GENRES
from catalog.sample.sheets import Genre
from catalog.sample.studio import picture_of


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pixels(path: Path, mode: int = cv2.IMREAD_COLOR) -> NDArray[np.uint8]:
    read = cv2.imread(str(path), mode)
    assert read is not None, f"{path.name} cannot be decoded"
    return np.asarray(read, dtype=np.uint8)


def tiny(path: Path) -> NDArray[np.float64]:
    """The picture as 12 x 12 grey values about their mean."""
    grey = cv2.resize(pixels(path, cv2.IMREAD_GRAYSCALE), (12, 12), interpolation=cv2.INTER_AREA)
    return np.asarray(grey, dtype=np.float64).ravel() - np.mean(grey)


@pytest.mark.parametrize("genre", GENRES, ids=lambda genre: genre.name)
def test_a_sheet_drawn_twice_is_the_same_to_the_pixel(genre: Genre) -> None:
    sheet = next(sheet for sheet in all_sheets() if sheet.genre is genre)
    assert np.array_equal(picture_of(sheet), picture_of(sheet))


@pytest.mark.slow
def test_every_row_has_a_decodable_picture_of_the_right_size(sample_folder: Path) -> None:
    for row in rows(sample_folder / "metadata" / "metadata.csv"):
        picture = pixels(sample_folder / "images" / row["image_file"])
        assert 640 <= max(picture.shape) <= 1000


@pytest.mark.slow
def test_there_is_no_file_without_a_row_and_nothing_half_written(sample_folder: Path) -> None:
    listed = {row["image_file"] for row in rows(sample_folder / "metadata" / "metadata.csv")}
    assert {path.name for path in (sample_folder / "images").iterdir()} == listed
    assert list(sample_folder.rglob("*.part")) == []


@pytest.mark.slow
def test_the_pictures_of_different_plates_differ_clearly(sample_folder: Path) -> None:
    sheets = [sheet for sheet in all_sheets() if not sheet.impression]
    names = {row["recordID"]: row["image_file"] for row in rows(sample_folder / "metadata" / "metadata.csv")}
    vectors = np.stack([tiny(sample_folder / "images" / names[sheet.record_id]) for sheet in sheets])
    distances = np.abs(vectors[:, None] - vectors[None]).mean(axis=2) + np.eye(len(vectors)) * 99
    assert distances.min() > 3


@pytest.mark.slow
def test_examples_name_records_and_files_that_exist(sample_folder: Path) -> None:
    examples = rows(sample_folder / "examples" / "examples.csv")
    records = {row["recordID"] for row in rows(sample_folder / "metadata" / "metadata.csv")}
    assert len(examples) >= 12
    assert all(row["record_id"] in records and row["title"] for row in examples)
    for row in examples:
        assert max(pixels(sample_folder / "examples" / row["file"]).shape) <= 1000


@pytest.mark.slow
def test_making_it_again_draws_nothing_that_is_there(
    sample_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "picture_of", lambda sheet: pytest.fail(f"{sheet.matrix} was drawn again"))
    steps: list[tuple[int, int, str]] = []
    make_sample_collection(
        sample_folder, progress=lambda done, total, what: steps.append((done, total, what))
    )
    assert [done for done, _, _ in steps] == list(range(1, steps[-1][1] + 1))
