"""`manage.py forget_descriptor ID`: delete the vectors and versions of a descriptor that is not in force."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import audit
from core.errors import RectoError
from indexing.switching import forget_descriptor


class Command(BaseCommand):
    help = "Delete all that is stored of a descriptor that is not in force. It can be made again at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("descriptor", help="its id, as 'list_descriptors' shows it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = forget_descriptor(descriptor=options["descriptor"])
        except RectoError as error:
            raise CommandError(error.message) from error
        audit.record(None, "descriptor_forgotten", target=options["descriptor"], detail={"vectors": count})
        self.stdout.write(f"{count} vectors of {options['descriptor']} deleted.")
