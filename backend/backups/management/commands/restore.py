"""`manage.py restore FOLDER`: put a backup in place, on an empty machine or in the place of what is there."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import audit
from backups.errors import BackupError
from backups.restoring import listed, restore_backup
from core.bars import Bars


class Command(BaseCommand):
    help = (
        "Restore the newest backup of FOLDER, or another, into the data folder and the database that the "
        "settings name; SQLite's into PostgreSQL and back as well. Recto has to be stopped. Everything is "
        "made and checked beside what is there before it takes its place."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder that `manage.py backup` has made")
        parser.add_argument("--backup", default="", metavar="NAME", help="which one; else the newest")
        parser.add_argument(
            "--replace", action="store_true", help="although there is something: its files are put aside"
        )
        parser.add_argument("--without-originals", action="store_true", help="leave data/raw/ as it is")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"].expanduser().resolve()
        try:
            with Bars(sys.stderr, only_on_terminal=True, short=True) as bars:
                restored = restore_backup(
                    folder,
                    name=options["backup"],
                    replace=options["replace"],
                    originals=not options["without_originals"],
                    progress=bars.show,
                )
        except BackupError as error:
            raise CommandError(str(error)) from error
        manifest = restored.manifest
        audit.record(None, "backup_restored", target=manifest.name)
        self.stdout.write(
            f"The backup {manifest.name} is restored: {manifest.rows:,} rows, {len(manifest.files):,} files."
        )
        for index, count in restored.indexed.items():
            self.stdout.write(f"The index of {index} holds {count:,} images.")
        if not manifest.originals:
            self.stdout.write("data/raw/ is as it was: see that the originals are there before Recto starts.")
        if restored.aside:
            self.stdout.write(
                f"What was here before lies in {listed(restored.aside)}. Delete it when all is well."
            )
