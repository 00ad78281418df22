"""From images to prints."""

from search.ranking import Hit, best_of_each_print, merged_hits

HITS = [Hit(1, 0.9), Hit(2, 0.8), Hit(3, 0.8), Hit(4, 0.1)]


def test_each_print_appears_once_by_its_best_image() -> None:
    assert best_of_each_print(HITS, {1: 10, 2: 20, 3: 10, 4: 20}) == [Hit(1, 0.9), Hit(2, 0.8)]


def test_an_image_without_a_print_is_left_out() -> None:
    assert best_of_each_print(HITS, {2: 20}) == [Hit(2, 0.8)]


def test_one_print_can_be_left_out() -> None:
    assert best_of_each_print(HITS, {1: 10, 2: 20, 3: 30, 4: 10}, without=10) == [Hit(2, 0.8), Hit(3, 0.8)]


def test_lists_are_merged_by_the_best_score_of_each_image() -> None:
    merged = merged_hits([[Hit(1, 0.9), Hit(2, 0.2)], [Hit(2, 0.95), Hit(3, 0.9)]])
    assert merged == [Hit(2, 0.95), Hit(1, 0.9), Hit(3, 0.9)]


def test_no_lists_merge_to_nothing() -> None:
    assert merged_hits([]) == []
