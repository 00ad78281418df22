"""`manage.py evaluate`: how well the prints are found, by simulated queries or by real photographs."""

import json
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from search_model.evaluation.report import comparison, report_text
from tqdm import tqdm

from core.errors import RectoError
from search.evaluation.asking import InProcess
from search.evaluation.photographs import photographed, read_cases
from search.evaluation.plan import USUAL, full_counts, planned
from search.evaluation.queries import evaluation_called, subjects
from search.evaluation.report import Report, as_json, as_page, reported
from search.evaluation.running import asked
from search.evaluation.services import store_evaluation
from search.over_http import SearchClient, SearchFailed


class Command(BaseCommand):
    help = (
        "Ask for the collection's own prints with simulated photographs, details and other digitisations, in "
        "this process and with the running extractor, and store the figures with the published version. "
        "With --queries, send real photographs to a running server instead."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--collection", default="", help="slug: ask only for its prints, among all")
        parser.add_argument("--limit", type=int, help="at most so many queries of each kind")
        parser.add_argument("--full", action="store_true", help="every kind of query of every print: hours")
        parser.add_argument("--seed", type=int, default=1, help="another seed makes other queries")
        parser.add_argument("--queries", type=Path, help="folder of real photographs")
        parser.add_argument(
            "--answers",
            type=Path,
            help="CSV with columns query and image_file (empty: not here)",
        )
        parser.add_argument("--url", default=f"http://127.0.0.1:{settings.RECTO_PORT}", help="the server")
        parser.add_argument(
            "--each-road",
            action="store_true",
            help="with --queries: each road alone as well, in here",
        )
        parser.add_argument("--html", type=Path, help="write the report, with what went wrong as pictures")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--compare", nargs=2, metavar=("BEFORE", "AFTER"),
            help="show two stored evaluations side by side: versions, descriptors or numbers",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = _compared(*options["compare"]) if options["compare"] else self._measured(options)
        except (RectoError, SearchFailed, ValueError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(text)

    def _measured(self, options: dict[str, Any]) -> str:
        started = perf_counter()
        report, about = _photographs(options) if options["queries"] else _simulated(options)
        if options["html"]:
            page = as_page(report, about=about, seconds=perf_counter() - started)
            options["html"].write_text(page, encoding="utf-8")
        return json.dumps(as_json(report)) if options["json"] else report_text(report.figures)


def _photographs(options: dict[str, Any]) -> tuple[Report, str]:
    if options["answers"] is None:
        raise CommandError("--queries needs --answers: which image of the catalogue each photograph shows.")
    cases = read_cases(folder=options["queries"], answers=options["answers"])
    alone = InProcess() if options["each_road"] else None
    outcomes = photographed(cases, client=SearchClient(options["url"]), alone=alone)
    progress = tqdm(outcomes, total=len(cases), desc="Searches", unit="photograph")
    return reported(progress, with_pictures=bool(options["html"])), "real photographs"


def _simulated(options: dict[str, Any]) -> tuple[Report, str]:
    found = subjects(collection=options["collection"])
    counts = full_counts(len(found)) if options["full"] else USUAL
    if options["limit"] is not None:
        counts = {kind: min(count, options["limit"]) for kind, count in counts.items()}
    plan = planned(found, counts=counts, seed=options["seed"])
    progress = tqdm(asked(plan, InProcess()), total=len(plan.queries), desc="Searches", unit="query")
    report = reported(progress, with_pictures=bool(options["html"]))
    store_evaluation(figures=as_json(report), collection=options["collection"], seed=options["seed"])
    return report, f"simulated from {len(found)} prints with seed {options['seed']}"


def _compared(before: str, after: str) -> str:
    first, second = evaluation_called(before), evaluation_called(after)
    names = (f"#{first.pk} {first.descriptor}", f"#{second.pk} {second.descriptor}")
    return comparison(first.figures, second.figures, names=names)
