"""`manage.py evaluate`: how well the prints are found, by simulated queries or by real photographs."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from search_model.evaluation.report import report_text
from tqdm import tqdm

from core.errors import RectoError
from indexing.models import KnnModel
from indexing.queries import active_model, descriptor_in_force
from search.evaluation.asking import InProcess
from search.evaluation.photographs import photographed, read_cases
from search.evaluation.plan import USUAL, full_counts, planned
from search.evaluation.queries import evaluation_called, evaluation_like, model_called, subjects
from search.evaluation.report import Report, as_json, as_page, reported, side_by_side
from search.evaluation.running import asked
from search.evaluation.services import store_evaluation
from search.models import Evaluation
from search.over_http import SearchClient, SearchFailed


class Command(BaseCommand):
    help = (
        "Ask for the collection's own prints with simulated photographs, details and other digitisations, in "
        "this process and with the running extractor, and store the figures with the published version. "
        "With --queries, send real photographs to a running server instead."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--collection", default="", help="slug: ask only for its prints, among all")
        parser.add_argument(
            "--model", default="", help="version or descriptor, if not that in force: one that is prepared"
        )
        parser.add_argument("--kinds", nargs="+", choices=list(USUAL), metavar="KIND", help=", ".join(USUAL))
        parser.add_argument("--limit", type=int, help="at most so many queries of each kind")
        parser.add_argument("--full", action="store_true", help="every kind of query of every print: hours")
        parser.add_argument("--seed", type=int, default=1, help="another seed makes other queries")
        parser.add_argument("--queries", type=Path, help="folder of real photographs")
        parser.add_argument(
            "--answers", type=Path, help="CSV with columns query and image_file (empty: not here)"
        )
        parser.add_argument("--url", default=f"http://127.0.0.1:{settings.RECTO_PORT}", help="the server")
        parser.add_argument(
            "--each-road", action="store_true", help="with --queries: each road alone as well, in here"
        )
        parser.add_argument("--html", type=Path, help="write the report, with what went wrong as pictures")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--compare", nargs=2, metavar=("BEFORE", "AFTER"),
            help="show two stored evaluations side by side: versions, descriptors or numbers",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["compare"]:
                text = side_by_side(*map(evaluation_called, options["compare"]))
            else:
                text = _measured(_photographs if options["queries"] else _simulated, options)
        except (RectoError, SearchFailed, ValueError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(text)


@dataclass(frozen=True)
class _Measured:
    """A report on what, of which version of the global road (None: not known), and beside which other one."""

    report: Report
    about: str
    model: KnnModel | None
    comparison: str = ""


def _measured(measure: Callable[[dict[str, Any]], _Measured], options: dict[str, Any]) -> str:
    started, done = perf_counter(), measure(options)
    if options["html"]:
        page = as_page(done.report, model=done.model, about=done.about, seconds=perf_counter() - started)
        options["html"].write_text(page, encoding="utf-8")
    if options["json"]:
        return json.dumps(as_json(done.report))
    return "\n\n".join(filter(None, [report_text(done.report.figures), done.comparison]))


def _photographs(options: dict[str, Any]) -> _Measured:
    if options["answers"] is None:
        raise CommandError("--queries needs --answers: which image of the catalogue each photograph shows.")
    cases = read_cases(folder=options["queries"], answers=options["answers"])
    alone = InProcess(descriptor_in_force()) if options["each_road"] else None
    outcomes = photographed(cases, client=SearchClient(options["url"]), alone=alone)
    return _Measured(_reported(outcomes, len(cases), options), "real photographs", active_model())


def _simulated(options: dict[str, Any]) -> _Measured:
    model = model_called(options["model"])
    report, stored, prints = _simulated_with(model, options)
    in_force, comparison = active_model(), ""
    if in_force is not None and in_force.descriptor != model.descriptor:
        # The one in force is asked the same, so that the figures can be compared before a switch.
        before = evaluation_like(stored, model=in_force)
        comparison = side_by_side(before or _simulated_with(in_force, options)[1], stored)
    about = f"simulated from {prints} prints with seed {options['seed']}"
    return _Measured(report, about, model, comparison)


def _simulated_with(model: KnnModel, options: dict[str, Any]) -> tuple[Report, Evaluation, int]:
    """What one version makes of the queries, as it is stored, and the number of prints that they are of."""
    found = subjects(descriptor=model.descriptor, collection=options["collection"])
    plan = planned(found, counts=_counts(options, prints=len(found)), seed=options["seed"])
    report = _reported(asked(plan, InProcess(model.descriptor)), len(plan.queries), options, model.descriptor)
    stored = store_evaluation(
        model=model, figures=as_json(report), collection=options["collection"], seed=options["seed"]
    )
    return report, stored, len(found)


def _counts(options: dict[str, Any], *, prints: int) -> dict[str, int]:
    counts = full_counts(prints) if options["full"] else USUAL
    limit = prints if options["limit"] is None else options["limit"]
    return {kind: min(counts[kind], limit) for kind in options["kinds"] or counts}


def _reported(outcomes: Iterable[Any], count: int, options: dict[str, Any], what: str = "Searches") -> Report:
    progress = tqdm(outcomes, total=count, desc=what, unit="query")
    return reported(progress, with_pictures=bool(options["html"]))
