"""`manage.py load_collection PATH`: load a folder of scans and the tables that describe them."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.bars import Bars
from core.errors import RectoError
from imports.services import load_collection
from imports.watching import wait_for_jobs


def _found(path: Path) -> Path:
    """`path` from here; or `data/raw/prints`, as the manual writes it, wherever the data folder really is."""
    written = path.parts[1:] if path.parts[:1] == ("data",) else path.parts
    in_data_dir = settings.RECTO_DATA_DIR.joinpath(*written)
    return in_data_dir if in_data_dir.is_dir() and not path.exists() else path


class Command(BaseCommand):
    help = (
        "Load a collection's folder: images/, metadata.csv, metadata/*.csv, images_to_remove/ and examples/. "
        "Files stay where they are. Loading it again changes nothing; what is new is added, and what was "
        "changed in Recto stays as it is there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the folder, for example data/raw/prints")
        parser.add_argument(
            "--slug", default="", help="the collection's short name in addresses (else the folder's)"
        )
        parser.add_argument("--name", default="", help="the collection's name on the page; else the folder's")
        parser.add_argument(
            "--remove-missing", action="store_true", help="remove pictures that are gone from disk"
        )
        parser.add_argument(
            "--over-edits",
            action="store_true",
            help="give back to the folder what was changed or removed in Recto",
        )
        parser.add_argument("--wait", action="store_true", help="wait until the new pictures can be searched")
        parser.add_argument("--show", type=int, default=5, help="how many examples of each finding to print")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with Bars(sys.stderr) as bars:
                summary = load_collection(
                    _found(options["path"]),
                    slug=options["slug"],
                    name=options["name"],
                    remove_missing=options["remove_missing"],
                    over_edits=options["over_edits"],
                    progress=bars.show_work,
                )
            self.stdout.write("\n".join(summary.lines(shown=options["show"])))
            if options["wait"]:
                self._wait(summary.job_id)
        except RectoError as error:
            raise CommandError(error.message) from error

    def _wait(self, job_id: int) -> None:
        with Bars(sys.stderr) as bars:
            failed = wait_for_jobs(first_id=job_id, progress=bars.show_work)
        if failed:
            job = failed[0]
            raise CommandError(
                f"The job {job.kind} (number {job.pk}) has {job.state}: {job.message or job.last_error}"
            )
        self.stdout.write("  the new pictures can be searched")
