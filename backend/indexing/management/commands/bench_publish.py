"""`manage.py bench_publish`: publish made-up vectors from a throw-away database, search in a web process.

The benchmark runs in processes of its own, over a data folder of its own that is removed at the end.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from core.errors import RectoError
from indexing.made_up import DESCRIPTOR, fill_database
from indexing.services import publish_knn_model
from indexing.web_process import WebProcessFailed, measure_web_process

MANAGE = Path(__file__).resolve().parents[3] / "manage.py"
MEGABYTE = 1_000_000


class Command(BaseCommand):
    help = "Time the publication of made-up vectors, and measure a web process that searches them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", type=int, default=100_000, help="vectors")
        parser.add_argument("--dim", type=int, default=512)
        parser.add_argument("--port", type=int, default=settings.RECTO_PORT + 5, help="for the web process")
        parser.add_argument("--most-seconds", type=float, help="fail when publishing takes longer")
        parser.add_argument("--most-mb", type=float, help="fail when the web process is larger")
        parser.add_argument(
            "--here", action="store_true", help="in the database of this environment, if empty"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        figures = self._measure(options) if options["here"] else _elsewhere(options)
        self.stdout.write(json.dumps(figures) if options["json"] or options["here"] else _table(figures))
        for name, limit in (("publish_s", options["most_seconds"]), ("web_process_mb", options["most_mb"])):
            if limit and figures[name] > limit:
                raise CommandError(f"{name} is {figures[name]}, more than {limit:g}.")

    def _measure(self, options: dict[str, Any]) -> dict[str, float]:
        call_command("migrate", verbosity=0)
        try:
            with tqdm(total=options["count"], desc="Made-up vectors", unit="vector") as bar:
                for stored in fill_database(count=options["count"], dim=options["dim"]):
                    bar.update(stored - bar.n)
            before, started = _peak_mb(), perf_counter()
            publish_knn_model(descriptor=DESCRIPTOR, dim=options["dim"])
            publish_s = perf_counter() - started
            web = measure_web_process(port=options["port"])
        except (RectoError, WebProcessFailed) as error:
            raise CommandError(str(error)) from error
        return {
            "vectors": options["count"],
            "dim": options["dim"],
            "publish_s": round(publish_s, 2),
            "publish_memory_mb": round(_peak_mb() - before),
            "web_process_mb": round(web.memory_mb),
            "first_search_ms": round(web.first_ms, 1),
            "search_ms": round(web.median_ms, 1),
        }


def _elsewhere(options: dict[str, Any]) -> dict[str, float]:
    """The same command over a throw-away data folder, for nothing made up may reach a real one."""
    words = [f"--{name}={options[name]}" for name in ("count", "dim", "port")]
    with tempfile.TemporaryDirectory(prefix="recto-bench-") as folder:
        environment = {**os.environ, "RECTO_DATA_DIR": folder}
        environment.pop("RECTO_DATABASE_URL", None)
        command = [sys.executable, str(MANAGE), "bench_publish", "--here", *words]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise CommandError("The benchmark failed; its reason is above.")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE


def _table(figures: dict[str, float]) -> str:
    return "\n".join(f"  {name:<18}{value:>10g}" for name, value in figures.items())
