from collections.abc import Mapping
from itertools import pairwise

import pytest

from catalog.year_bins import MOST_BINS, askable, year_bins
from catalog.years import EARLIEST_YEAR, LATEST_YEAR

Spans = Mapping[tuple[int, int], int]


def counted_slowly(spans: Spans, low: int, high: int) -> int:
    return sum(count for (first, last), count in spans.items() if first <= high and last >= low)


@pytest.mark.parametrize(
    ("spans", "step", "bins"),
    [
        ({(1515, 1515): 2}, 1, 1),
        ({(1515, 1515): 2, (1554, 1554): 1}, 1, 40),
        ({(1515, 1515): 2, (1555, 1555): 1}, 5, 9),
        ({(1501, 1600): 3, (1865, 1865): 1}, 10, 37),
        ({(1450, 1450): 1, (1951, 1960): 1}, 25, 21),
        ({(-500, -401): 1, (1951, 1960): 4}, 100, 25),
        ({(-5000, -5000): 1, (3000, 3000): 1}, 250, 33),
    ],
)
def test_bins_are_of_one_width_and_count_each_print_they_touch(spans: Spans, step: int, bins: int) -> None:
    made = year_bins(spans)
    assert len(made) == bins <= MOST_BINS
    for before, after in pairwise(made):
        assert after["from"] == before["to"] + 1
    for one in made:
        assert one["to"] == min(one["from"] + step - 1, LATEST_YEAR)
        assert one["from"] % step == 0
        assert one["count"] == counted_slowly(spans, one["from"], one["to"])
    assert made[0]["count"] > 0
    assert made[-1]["count"] > 0


@pytest.mark.parametrize(
    ("slip", "bins", "most"),
    [((1, 1), 20, 4), ((99999, 99999), 17, 4), ((-99999, 1520), 28, 5), ((10**9, 10**12), 17, 4)],
)
def test_a_slip_of_the_hand_makes_no_endless_chart(slip: tuple[int, int], bins: int, most: int) -> None:
    made = year_bins(askable({slip: 1, (1515, 1519): 4, (1915, 1915): 1}))
    assert len(made) == bins <= MOST_BINS
    assert max(one["count"] for one in made) == most
    assert made[0]["from"] >= EARLIEST_YEAR


def test_all_years_that_can_be_asked_for_make_no_more_bins_and_no_other_years() -> None:
    made = year_bins({(EARLIEST_YEAR, LATEST_YEAR): 1})
    assert len(made) <= MOST_BINS
    assert (made[0]["from"], made[-1]["to"]) == (EARLIEST_YEAR, LATEST_YEAR)


def test_no_spans_make_no_bins() -> None:
    assert year_bins({}) == []
