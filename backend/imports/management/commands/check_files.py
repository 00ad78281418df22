"""`manage.py check_files`: prove that pictures and files agree, or name what differs."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from imports.files import FilesFound, check_files, sweep_files


class Command(BaseCommand):
    help = "Compare pictures and files; name every difference, end with 1 if there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--checksums", action="store_true", help="read every file, and compare its bytes")
        parser.add_argument("--sweep", action="store_true", help="first delete kept files that nobody names")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        swept = sweep_files() if options["sweep"] else []
        found = check_files(checksums=options["checksums"])
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(found), "swept": swept}, ensure_ascii=False))
        else:
            self._print(found, swept)
        if not found.agree:
            raise CommandError("Pictures and files do not agree. --sweep deletes what nobody names.")

    def _print(self, found: FilesFound, swept: list[str]) -> None:
        self.stdout.writelines(f"- deleted: {path}\n" for path in swept)
        self.stdout.writelines(f"- the file of a picture is not there: {path}\n" for path in found.missing)
        self.stdout.writelines(f"- not the bytes that were loaded: {path}\n" for path in found.altered)
        self.stdout.writelines(f"- nobody names it: {path}\n" for path in found.orphans)
        agree = " All agree." if found.agree else ""
        self.stdout.write(f"{found.pictures} pictures were looked at.{agree}")
