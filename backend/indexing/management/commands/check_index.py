"""`manage.py check_index`: prove that database, vectors and index agree, or name what differs."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import RectoError
from indexing.checking import Agreement, compare_index
from indexing.queries import descriptor_in_force


class Command(BaseCommand):
    help = "Compare pictures, vectors and index; name every difference and end with 1 if there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            agreement = compare_index(descriptor=descriptor_in_force())
        except RectoError as error:
            raise CommandError(error.message) from error
        if options["json"]:
            self.stdout.write(json.dumps(asdict(agreement), ensure_ascii=False))
        else:
            self._print(agreement)
        if agreement.differences:
            raise CommandError(
                f"{len(agreement.differences)} differences; 'manage.py build_index' repairs what it can."
            )

    def _print(self, agreement: Agreement) -> None:
        self.stdout.write(
            f"{agreement.images} images, {agreement.features} vectors of {agreement.descriptor}, "
            f"{agreement.indexed} in the index (version {agreement.version or 'not published'}), "
            f"{agreement.left_out} images left out with a reason."
        )
        for difference in agreement.differences:
            self.stdout.write(f"- {difference.code}: {difference.sentence}")
        if not agreement.differences:
            self.stdout.write("All three agree.")
