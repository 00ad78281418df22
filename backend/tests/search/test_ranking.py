"""From images to prints."""

from dataclasses import dataclass

from search.global_road import Hit, merged
from search.ranking import best_of_each_print


@dataclass(frozen=True)
class Line:
    image_id: int
    word: str


LINES = [Line(1, "best"), Line(2, "good"), Line(3, "good too"), Line(4, "last")]


def test_each_print_appears_once_by_its_best_image() -> None:
    assert best_of_each_print(LINES, {1: 10, 2: 20, 3: 10, 4: 20}) == LINES[:2]


def test_an_image_without_a_print_is_left_out() -> None:
    assert best_of_each_print(LINES, {2: 20}) == [LINES[1]]


def test_lists_are_merged_by_the_best_cosine_of_each_image() -> None:
    lists = [[Hit(1, 0.9), Hit(2, 0.2)], [Hit(2, 0.95), Hit(3, 0.9)]]
    assert merged(lists) == [Hit(2, 0.95), Hit(1, 0.9), Hit(3, 0.9)]


def test_no_lists_merge_to_nothing() -> None:
    assert merged([]) == []
