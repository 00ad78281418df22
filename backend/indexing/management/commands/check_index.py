"""`manage.py check_index`: prove that database and indexes agree on both roads, or name what differs."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import RectoError
from indexing.checking import Agreement, compare_index
from indexing.local_checking import compare_local_index
from indexing.queries import descriptor_in_force


class Command(BaseCommand):
    help = "Compare pictures and indexes of both roads; name every difference, end with 1 if there is one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by_vectors = compare_index(descriptor=descriptor_in_force())
        except RectoError as error:
            raise CommandError(error.message) from error
        locally = compare_local_index()
        differences = [*by_vectors.differences, *locally.differences]
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(by_vectors, locally), ensure_ascii=False))
        else:
            self._print(by_vectors, "vectors", "the index")
            self._print(locally, "sets of local features", "the local index")
            self.stdout.writelines(f"- {each.code}: {each.sentence}\n" for each in differences)
            if not differences:
                self.stdout.write("All agree.")
        if differences:
            found = f"{len(differences)} differences"
            raise CommandError(f"{found}; 'manage.py build_index' repairs what it can.")

    def _print(self, agreement: Agreement, what: str, where: str) -> None:
        self.stdout.write(
            f"{agreement.images} images, {agreement.features} {what} of {agreement.descriptor}, "
            f"{agreement.indexed} in {where} (version {agreement.version or 'not published'}), "
            f"{agreement.left_out} images left out with a reason."
        )


def _as_json(by_vectors: Agreement, locally: Agreement) -> dict[str, Any]:
    """The counts of the vectors, those of the local features under `local`, and all differences."""
    described, local = asdict(by_vectors), asdict(locally)
    described["differences"] += local.pop("differences")
    return {**described, "local": local}
