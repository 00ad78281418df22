"""`manage.py activate_model VERSION`: search with another version of the index from now on."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import audit
from core.errors import RectoError
from indexing.models import KnnModel
from indexing.queries import model_of
from indexing.switching import DescriptorIncomplete, activate_model

PATIENCE_S = 60.0
PAUSE_S = 2.0


class Command(BaseCommand):
    help = (
        "Switch to a prepared version of the index, or back to the previous one. No search fails meanwhile."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "version", help="a version of the index, or the id of a descriptor for its newest one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        newest = model_of(options["version"])
        try:
            model = _activated_patiently(newest.version if newest else options["version"])
        except RectoError as error:
            raise CommandError(error.message) from error
        audit.record(None, "model_activated", target=model.version)
        self.stdout.write(f"Searching with {model.descriptor} ({model.version}, {model.count} vectors).")


def _activated_patiently(version: str) -> KnnModel:
    """Pictures that just came in are being described: wait for them."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return activate_model(version=version)
        except DescriptorIncomplete:
            if time.monotonic() > until:
                raise
            time.sleep(PAUSE_S)
