"""`manage.py evaluate`: recall of a running server on photographs whose prints are known."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from core.errors import RectoError
from search.evaluation import RANKS, evaluate, read_cases, report
from search.over_http import SearchClient, SearchFailed


class Command(BaseCommand):
    help = "Search a running server with photographs and print R@1, R@10 and R@50."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--queries", type=Path, required=True, help="folder of the photographs")
        parser.add_argument(
            "--answers", type=Path, required=True, help="CSV with columns query and image_file"
        )
        parser.add_argument("--url", default=f"http://127.0.0.1:{settings.RECTO_PORT}", help="the server")
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object, with the rank of each"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            cases = read_cases(folder=options["queries"], answers=options["answers"])
            outcomes = evaluate(cases, client=SearchClient(options["url"]))
            result = report(list(tqdm(outcomes, total=len(cases), desc="Searches", unit="photograph")))
        except (RectoError, SearchFailed, OSError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(result))
            return
        recalls = "  ".join(f"R@{k} {result['recall'][str(k)]:.2f}" for k in RANKS)
        self.stdout.write(f"{recalls}  ({result['queries']} photographs, median {result['median_ms']} ms)")
