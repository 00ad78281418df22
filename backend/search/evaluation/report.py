"""From what was asked to the report: figures, JSON and page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from search_model.evaluation.page import Gallery, report_page
from search_model.evaluation.report import comparison
from search_model.evaluation.summary import Outcome, summarised

from indexing.models import KnnModel, Road
from indexing.queries import active_model
from search.evaluation.pictures import Album, went_wrong
from search.evaluation.plan import USUAL
from search.evaluation.queries import unlike
from search.models import Evaluation


@dataclass(frozen=True)
class Report:
    """The figures of a run, and its outcomes by kind; `galleries` is empty where no page is wanted."""

    figures: dict[str, Any]
    outcomes: Sequence[Outcome]
    galleries: Sequence[Gallery]


def reported(asked: Iterable[tuple[Outcome, bytes]], *, with_pictures: bool) -> Report:
    """Run through what is asked. Raises ValueError when that is nothing."""
    album, outcomes = Album(), []
    for outcome, picture in asked:
        outcomes.append(outcome)
        if with_pictures:
            album.note(outcome, picture)
    outcomes.sort(key=lambda outcome: _place(outcome.kind))
    return Report(summarised(outcomes), outcomes, album.galleries(outcomes) if with_pictures else [])


def as_json(report: Report) -> dict[str, Any]:
    """The figures, and of each query that went wrong what was said."""
    return {**report.figures, "wrong": [_line(outcome) for outcome in report.outcomes if went_wrong(outcome)]}


def as_page(report: Report, *, model: KnnModel | None, about: str, seconds: float) -> str:
    """The HTML page; `about` says what was asked of what, `model` is that of the global road."""
    models = {"global road": model, "local road": active_model(road=Road.LOCAL)}
    facts = {road: f"{one.descriptor}, version {one.version}" for road, one in models.items() if one}
    facts["queries"] = f"{report.figures['queries']}, {about}"
    facts["measured"] = f"{datetime.now().astimezone().isoformat(' ', 'minutes')}, in {seconds:.0f} s"
    page: str = report_page(
        title="How well the prints are found", facts=facts, figures=report.figures, galleries=report.galleries
    )
    return page


def _line(outcome: Outcome) -> dict[str, Any]:
    return {
        "kind": outcome.kind,
        "query": outcome.query,
        "shows": list(outcome.shows),
        "ranks": {road: outcome.rank(road) for road in outcome.roads},
        "verdict": outcome.verdict,
        "verdicts": dict(outcome.verdicts),
    }


def _place(kind: str) -> int:
    """In the order in which the kinds are listed; others after them."""
    kinds = list(USUAL)
    return kinds.index(kind) if kind in kinds else len(kinds)


def side_by_side(before: Evaluation, after: Evaluation) -> str:
    """Two stored evaluations as a table of text, with what the second gains."""
    names = tuple(f"#{row.pk} {row.descriptor}, {row.figures['queries']} queries" for row in (before, after))
    text: str = comparison(before.figures, after.figures, names=names)
    differs = unlike(before, after)
    warning = f"Not asked the same: {', '.join(differs)} differ. Compare with care.\n" if differs else ""
    return f"Side by side\n{warning}{text}"
