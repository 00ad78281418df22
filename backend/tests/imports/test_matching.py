"""Which file shows which record."""

import unicodedata

import pytest

from imports.issues import Source
from imports.matching import Matching, match_images
from imports.records import Record


def record(record_id: str, *, number: str = "", files: tuple[str, ...] = (), url: str = "") -> Record:
    return Record(record_id, (Source("m.csv", 2),), number, image_files=files, image_url=url)


def codes(matching: Matching) -> list[str]:
    return [issue.code for issue in matching.issues]


@pytest.mark.parametrize(
    ("one", "path"),
    [
        (record("1", files=("a.jpg",)), "a.jpg"),
        (record("1", files=("A.JPG",)), "sub/a.jpg"),
        (record("1", files=("images/sub\\a.jpg",)), "sub/a.jpg"),
        (record("1", files=("a",)), "a.tif"),
        (record("1", files=("zürich.jpg",)), unicodedata.normalize("NFD", "zürich.jpg")),
        (record("14943"), "14943.jpg"),
        (record("1", number="1916.0047.1"), "1916.0047.1.jpg"),
        (record("1", number="D/123"), "D_123.jpg"),
        (record("a.jpg"), "a.jpg"),
        (record("1", url="https://example.org/x/z%C3%BCrich.jpg?size=2"), "zürich.jpg"),
        (record("1", files=("gone.jpg",), number="7"), "7.png"),
    ],
)  # fmt: skip
def test_a_record_finds_its_file(one: Record, path: str) -> None:
    matching = match_images([one], [path, "other.jpg"])
    assert matching.images == {one.record_id: [path]}
    assert matching.unclaimed == ["other.jpg"]


def test_the_column_image_file_goes_before_a_number_of_another_record() -> None:
    matching = match_images([record("7"), record("8", files=("7.jpg",))], ["7.jpg"])
    assert matching.images == {"7": [], "8": ["7.jpg"]}
    assert codes(matching) == ["image_taken"]


def test_a_picture_belongs_to_the_first_record_that_names_it() -> None:
    matching = match_images([record("1", files=("a.jpg",)), record("2", files=("a.jpg",))], ["a.jpg"])
    assert matching.images == {"1": ["a.jpg"], "2": []}
    assert codes(matching) == ["image_taken"]


def test_one_name_in_two_folders_is_asked_about_and_the_path_decides() -> None:
    paths = ["x/a.jpg", "y/a.jpg"]
    assert codes(match_images([record("1", files=("a.jpg",))], paths)) == ["image_ambiguous"]
    assert match_images([record("1", files=("y/a.jpg",))], paths).images == {"1": ["y/a.jpg"]}


def test_a_file_that_is_not_there_is_named() -> None:
    matching = match_images([record("1", files=("gone.jpg",))], ["a.jpg"])
    assert codes(matching) == ["image_missing"]
    assert matching.images == {"1": []}


def test_several_files_of_one_record_keep_the_order_of_the_rows() -> None:
    matching = match_images([record("1", files=("b.jpg", "a.jpg"))], ["a.jpg", "b.jpg"])
    assert matching.images == {"1": ["b.jpg", "a.jpg"]}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("a.jpg", ["a.jpg"]),
        ("A.jpg", ["A.jpg"]),
        ("images\\a.jpg", ["a.jpg"]),
        ("Images/A.jpg", ["A.jpg"]),
        ("a.JPG", []),
        ("é.jpg", ["é.jpg"]),
        ("e\u0301.jpg", ["e\u0301.jpg"]),
        ("b.jpg", ["x/b.jpg"]),
        ("c.jpg", []),
    ],
)
def test_of_names_that_differ_in_case_or_normal_form_each_is_meant_by_its_spelling(
    wanted: str, found: list[str]
) -> None:
    paths = ["a.jpg", "A.jpg", "é.jpg", "e\u0301.jpg", "x/b.jpg", "y/B.jpg", "x/c.jpg", "y/c.jpg"]
    matching = match_images([record("1", files=(wanted,))], paths)
    assert matching.images["1"] == found
    assert codes(matching) == ([] if found else ["image_ambiguous"])
