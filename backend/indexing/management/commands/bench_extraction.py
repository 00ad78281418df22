"""`manage.py bench_extraction FOLDER`: the rate of a bulk load beside the extractor's own.

It asks the running extractor, in a process and a data folder of its own that are gone at the end.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from core.errors import RectoError
from indexing.extraction_rates import measure_rates, store_pictures

MANAGE = Path(__file__).resolve().parents[3] / "manage.py"


class Command(BaseCommand):
    help = "Measure how many pictures a second a bulk load describes, and the extractor by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="of JPEG files, also in folders below it")
        parser.add_argument("--count", type=int, default=160, help="pictures")
        parser.add_argument("--rounds", type=int, default=3)
        parser.add_argument(
            "--here", action="store_true", help="in the database of this environment, if empty"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        figures = _measured(options) if options["here"] else _elsewhere(options)
        is_for_programs = options["json"] or options["here"]
        self.stdout.write(json.dumps(figures) if is_for_programs else _table(figures))


def _measured(options: dict[str, Any]) -> dict[str, Any]:
    files = sorted(options["folder"].rglob("*.jpg"))[: options["count"]]
    if not files:
        raise CommandError(f"{options['folder']} holds no JPEG file. Name a folder of scans.")
    call_command("migrate", verbosity=0)
    try:
        store_pictures(files)
        with tqdm(total=options["rounds"], desc=f"{len(files)} pictures", unit="round") as bar:
            rates = measure_rates(files, rounds=options["rounds"], told=lambda _: bar.update())
    except RectoError as error:
        raise CommandError(error.message) from error
    return {"pictures": len(files), **rates.as_json()}


def _elsewhere(options: dict[str, Any]) -> dict[str, Any]:
    """The same command over a throw-away data folder, for these prints may not reach a real one."""
    words = [str(options["folder"].resolve()), *(f"--{name}={options[name]}" for name in ("count", "rounds"))]
    with tempfile.TemporaryDirectory(prefix="recto-bench-") as folder:
        own = {"RECTO_DATA_DIR": folder, "RECTO_EXTRACTOR_URL": settings.RECTO_EXTRACTOR_URL}
        environment = {**os.environ, **own}
        environment.pop("RECTO_DATABASE_URL", None)
        command = [sys.executable, str(MANAGE), "bench_extraction", "--here", *words]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise CommandError("The benchmark failed; its reason is above.")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _table(figures: dict[str, Any]) -> str:
    return "\n".join(f"  {name:<20}{value:>10g}" for name, value in figures.items())
