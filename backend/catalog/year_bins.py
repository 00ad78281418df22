"""How many prints there are along the years. Pure."""

from collections import Counter
from collections.abc import Mapping
from itertools import accumulate

from catalog.years import EARLIEST_YEAR, LATEST_YEAR

# Years that people count in; the least of them that makes no more bars than a phone can show.
STEPS = (1, 5, 10, 25, 100, 250)
MOST_BINS = 40
Bin = dict[str, int]
Spans = Mapping[tuple[int, int], int]


def year_bins(spans: Spans) -> list[Bin]:
    """Bins of equal width, `from` and `to` included, over askable spans (first year, last year): how many.

    Those at the ends are cut off where no year can be asked for. A print that may be of several bins is
    counted in each. Empty bins between are there, with 0.
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
        {"from": max(year, EARLIEST_YEAR), "to": min(year + step - 1, LATEST_YEAR), "count": count}
        for year, count in zip(starts, counts, strict=True)
    ]


def askable(spans: Spans) -> Spans:
    """Cut off where no year can be asked for; what lies wholly beyond is no reason to draw millennia."""
    cut: Counter[tuple[int, int]] = Counter()
    for (low, high), count in spans.items():
        if low <= LATEST_YEAR and high >= EARLIEST_YEAR:
            cut[max(low, EARLIEST_YEAR), min(high, LATEST_YEAR)] += count
    return cut


def _step(first: int, last: int) -> int:
    return next((step for step in STEPS if last // step - first // step < MOST_BINS), STEPS[-1])
