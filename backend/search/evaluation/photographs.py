"""Real photographs with known answers, sent to a running server as a visitor's browser would send them."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from search_model.evaluation.queries import SAME_IMAGE
from search_model.evaluation.summary import FUSED, Found, Outcome

from catalog.models import PrintImage
from core.errors import UserError
from search.evaluation.asking import LIMIT, NO_SCORE, InProcess
from search.over_http import SearchClient
from search.searching import VERIFIED

KIND = "photographs"
WHOLE_REQUEST = "whole request"


@dataclass(frozen=True)
class Case:
    """A photograph, and the prints that are right answers; none: what it shows is not in the collection."""

    photograph: Path
    prints: frozenset[int]


def read_cases(*, folder: Path, answers: Path) -> list[Case]:
    """The rows of a CSV: `query` is a file of the folder, `image_file` one of the catalogue, or empty.

    A photograph may have several rows. Raises UserError for a row whose photograph or image is not there.
    """
    with answers.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {"query", "image_file"} <= rows[0].keys():
        raise UserError("answers_invalid", f"{answers} must have the columns query and image_file, and rows.")
    cases: dict[str, Case] = {}
    for row in rows:
        case = _case(folder, row)
        before = cases.get(row["query"])
        cases[row["query"]] = replace(case, prints=case.prints | before.prints) if before else case
    return list(cases.values())


def _case(folder: Path, row: dict[str, str]) -> Case:
    photograph = folder / row["query"]
    if not photograph.is_file():
        raise UserError("photograph_missing", f"There is no photograph {photograph}.")
    name = (row["image_file"] or "").strip()
    if not name:
        return Case(photograph, frozenset())
    prints = frozenset(
        PrintImage.objects.filter(path__endswith=f"/{name}").values_list("print_id", flat=True)
    )
    if not prints:
        raise UserError(
            "image_missing", f"No image of the catalogue is called {name}. Load its collection first."
        )
    return Case(photograph, prints)


def photographed(
    cases: Sequence[Case], *, client: SearchClient, alone: InProcess | None = None
) -> Iterator[tuple[Outcome, bytes]]:
    """Search with each photograph, one after the other; and here, by each road `alone`, if that is given.

    Raises SearchFailed, and what the search raises.
    """
    for case in cases:
        outcome = _outcome(case, client)
        picture = case.photograph.read_bytes()
        if alone is not None:
            outcome = replace(outcome, roads={**outcome.roads, **alone.each_road(picture)})
        yield outcome, picture


def _outcome(case: Case, client: SearchClient) -> Outcome:
    answer = client.search(case.photograph, limit=LIMIT)
    results: list[dict[str, Any]] = answer.body["results"]
    verdicts = {result["print"]["id"]: result.get("verdict") for result in results}
    score = results[0].get("score", NO_SCORE) if results else NO_SCORE
    return Outcome(
        kind=KIND,
        query=case.photograph.name,
        shows=dict.fromkeys(case.prints, SAME_IMAGE),
        roads={FUSED: Found(list(verdicts), score)},
        verdict=answer.body.get("verdict"),
        verdicts={id_: verdict for id_, verdict in verdicts.items() if verdict in VERIFIED},
        notices=[notice["code"] for notice in answer.body.get("notices", ())],
        timings_ms={**answer.body["timings_ms"], WHOLE_REQUEST: answer.total_ms},
    )
