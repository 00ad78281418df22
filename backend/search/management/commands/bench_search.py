"""`manage.py bench_search`: where the time of a search goes, measured at a running server."""

import json
import math
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.models import Example
from search.over_http import SearchClient, SearchFailed, TimedAnswer, photographs
from search.stages import STAGES

WARM_UP = 3
# Stages whose time does not depend on what there is to see in a picture.
BESIDE_PIXELS = ("decode", "knn", "metadata")


class Command(BaseCommand):
    help = "Search a running server and print the median time of each stage, and of everything but features."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", default=f"http://127.0.0.1:{settings.RECTO_PORT}", help="the server")
        parser.add_argument("--queries", type=Path, help="folder of photographs; else the examples are taken")
        parser.add_argument("--count", type=int, default=50, help="searches")
        parser.add_argument("--most-ms", type=float, help="fail when the rest costs more than this")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        files = list(photographs(options["queries"])) if options["queries"] else _examples()
        if not files:
            raise CommandError("There is no photograph to search with. Give a folder with --queries.")
        client = SearchClient(options["url"])
        try:
            answers = [
                client.search(path, limit=25) for path in islice(cycle(files), options["count"] + WARM_UP)
            ]
        except SearchFailed as error:
            raise CommandError(str(error)) from error
        figures = _figures(answers[WARM_UP:])
        self.stdout.write(json.dumps(figures) if options["json"] else _table(figures))
        if options["most_ms"] and figures["without_features"] > options["most_ms"]:
            raise CommandError(f"A search costs more than {options['most_ms']:g} ms beyond its features.")


def _examples() -> list[Path]:
    return [Path(settings.RECTO_DATA_DIR) / example.path for example in Example.objects.all()]


def _figures(answers: list[TimedAnswer]) -> dict[str, Any]:
    """Medians in milliseconds, and the 95th percentile of the whole.

    `http_and_json` is what the client waited for beyond the search; `without_features` leaves out describing
    and verifying the picture, which other stages than `features` do as well.
    """
    timings = [answer.body["timings_ms"] for answer in answers]
    totals = sorted(answer.total_ms for answer in answers)
    figures = {
        **{stage: median(timing[stage] for timing in timings) for stage in STAGES if stage != "total"},
        "http_and_json": median(a.total_ms - t["total"] for a, t in zip(answers, timings, strict=True)),
        "total": median(totals),
        "p95": totals[math.ceil(0.95 * len(totals)) - 1],
        "without_features": median(_beside_pixels(a, t) for a, t in zip(answers, timings, strict=True)),
    }
    rounded: dict[str, Any] = {name: round(value, 1) for name, value in figures.items()}
    return {"searches": len(answers), "prints": answers[-1].body["total"], **rounded}


def _beside_pixels(answer: TimedAnswer, timing: dict[str, float]) -> float:
    return answer.total_ms - timing["total"] + sum(timing[stage] for stage in BESIDE_PIXELS)


def _table(figures: dict[str, Any]) -> str:
    head = f"{figures['searches']} searches among {figures['prints']} prints, median milliseconds:"
    rows = [
        f"  {name:<18}{value:>8.1f}" for name, value in figures.items() if name not in ("searches", "prints")
    ]
    return "\n".join([head, *rows])
