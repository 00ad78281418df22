"""How many photographs find their print, measured over HTTP against a running server."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from catalog.models import PrintImage
from core.errors import UserError
from search.over_http import SearchClient

LIMIT = 100
RANKS = (1, 10, 50)


@dataclass(frozen=True)
class Case:
    """A photograph, and the prints that are right answers."""

    photograph: Path
    prints: frozenset[int]


@dataclass(frozen=True)
class Outcome:
    """At which rank the first right print came, None when it was not among the first `LIMIT`."""

    photograph: str
    rank: int | None
    total_ms: float


def read_cases(*, folder: Path, answers: Path) -> list[Case]:
    """The rows of a CSV: `query` is a file of the folder, `image_file` one of the catalogue.

    Raises UserError for a row whose photograph or catalogue image is not there.
    """
    with answers.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {"query", "image_file"} <= rows[0].keys():
        raise UserError("answers_invalid", f"{answers} must have the columns query and image_file, and rows.")
    return [_case(folder, row) for row in rows]


def _case(folder: Path, row: dict[str, str]) -> Case:
    photograph = folder / row["query"]
    if not photograph.is_file():
        raise UserError("photograph_missing", f"There is no photograph {photograph}.")
    name = row["image_file"]
    images = PrintImage.objects.filter(path__endswith=f"/{name}")
    prints = frozenset(images.values_list("print_id", flat=True))
    if not prints:
        raise UserError(
            "image_missing", f"No image of the catalogue is called {name}. Load its collection first."
        )
    return Case(photograph, prints)


def evaluate(cases: Sequence[Case], *, client: SearchClient) -> Iterator[Outcome]:
    """Search with each photograph, one after the other. Raises SearchFailed."""
    for case in cases:
        answer = client.search(case.photograph, limit=LIMIT)
        ranks = [r["rank"] for r in answer.body["results"] if r["print"]["id"] in case.prints]
        yield Outcome(case.photograph.name, min(ranks, default=None), answer.total_ms)


def report(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Recall at the usual ranks, and the median time of a search."""
    return {
        "queries": len(outcomes),
        "recall": {str(k): recall_at(outcomes, k) for k in RANKS},
        "median_ms": round(median(outcome.total_ms for outcome in outcomes), 1),
        "outcomes": [{"query": o.photograph, "rank": o.rank} for o in outcomes],
    }


def recall_at(outcomes: Sequence[Outcome], k: int) -> float:
    """The share of photographs whose print is among the first k."""
    return sum(o.rank is not None and o.rank <= k for o in outcomes) / len(outcomes)
