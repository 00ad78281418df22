"""`manage.py backup FOLDER`: add a backup of everything to the folder, while Recto runs."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from backups.errors import BackupError
from backups.making import Made, Wishes, make_backup, verify_backup
from backups.manifest import Manifest
from core.bars import Bars


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("must be a whole number from 1")
    return int(text)


class Command(BaseCommand):
    help = (
        "Add a backup of the database, the pictures and the uploads to FOLDER, while Recto runs. Only what "
        "is new is copied. Exit status 0: the backup is whole, and what was written was read back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", type=Path, help="an empty folder, or one with backups; best on another disk"
        )
        parser.add_argument("--keep", type=_count, default=0, metavar="N", help="delete all but the newest N")
        parser.add_argument(
            "--without-originals",
            action="store_true",
            help="leave out data/raw/, which is backed up elsewhere",
        )
        parser.add_argument(
            "--with-secret-key", action="store_true", help="with processed/secret_key, which signs sessions"
        )
        parser.add_argument(
            "--verify", action="store_true", help="make none, but read one through that is there"
        )
        parser.add_argument(
            "--backup", default="", metavar="NAME", help="which one to verify; else the newest"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"].expanduser().resolve()
        try:
            with Bars(sys.stderr, only_on_terminal=True, short=True) as bars:
                if options["verify"]:
                    manifest = verify_backup(folder, name=options["backup"], progress=bars.show)
                else:
                    made = make_backup(folder, _wishes(options), progress=bars.show)
        except BackupError as error:
            raise CommandError(str(error)) from error
        if options["verify"]:
            self.stdout.write(f"The backup {manifest.name} is whole: {_size_of(manifest)}.")
        else:
            self._say(folder, made)

    def _say(self, folder: Path, made: Made) -> None:
        place, missing = folder / "backups", made.manifest.missing
        copied = f"{made.copied / 1e6:,.1f} MB of it new"
        self.stdout.write(f"{place / made.manifest.name}: {_size_of(made.manifest)}, {copied}.")
        for name in made.pruned:
            self.stdout.write(f"The backup {name} was deleted.")
        for name, why in made.unreadable.items():
            self.stderr.write(f"{why} What no backup names stays there until {place / name} is deleted.")
        if missing:
            self.stderr.write(
                f"{len(missing):,} pictures that the catalogue names are not in the data folder, so "
                f"the backup lacks them: {', '.join(missing[:3])} … "
                "`manage.py check_files` lists all."
            )


def _wishes(options: dict[str, Any]) -> Wishes:
    return Wishes(not options["without_originals"], options["with_secret_key"], options["keep"])


def _size_of(manifest: Manifest) -> str:
    return f"{manifest.rows:,} rows, {len(manifest.files):,} files, {manifest.bytes / 1e6:,.1f} MB"
