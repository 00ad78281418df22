"""How many prints there are along the years. Pure."""

from collections.abc import Mapping
from itertools import accumulate

# Years that people count in; the least of them that makes no more bars than a phone can show.
STEPS = (1, 5, 10, 25, 100, 250, 1000)
MOST_BINS = 40
Bin = dict[str, int]


def year_bins(spans: Mapping[tuple[int, int], int]) -> list[Bin]:
    """Bins of equal width, `from` and `to` included, over all spans (first year, last year): how many.

    A print that may be of several bins is counted in each. Empty bins between are there, with 0.
    """
    if not spans:
        return []
    first, last = min(low for low, _ in spans), max(high for _, high in spans)
    step = _step(first, last)
    start = first // step
    # +1 where a span begins, -1 after its end: added up, how many are open.
    changes = [0] * (last // step - start + 2)
    for (low, high), count in spans.items():
        changes[low // step - start] += count
        changes[high // step - start + 1] -= count
    counts = list(accumulate(changes))[:-1]
    starts = ((start + index) * step for index in range(len(counts)))
    return [
        {"from": year, "to": year + step - 1, "count": count}
        for year, count in zip(starts, counts, strict=True)
    ]


def _step(first: int, last: int) -> int:
    return next((step for step in STEPS if last // step - first // step < MOST_BINS), STEPS[-1])
