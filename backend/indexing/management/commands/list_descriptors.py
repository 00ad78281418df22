"""`manage.py list_descriptors`: what the extractor offers, and what is stored of each."""

from typing import Any

from django.core.management.base import BaseCommand

from core.errors import RectoError
from indexing.extractor_client import offered_descriptors
from indexing.queries import stored_descriptors


class Command(BaseCommand):
    help = "List the descriptors on offer and those that vectors are stored of, with their state."

    def handle(self, *args: Any, **options: Any) -> None:
        offered = self._offered()
        stored = {row.descriptor: row for row in stored_descriptors()}
        for name in dict.fromkeys([*stored, *offered]):
            row = stored.get(name)
            facts = f"{row.state}, {row.count} vectors" if row else "no vectors"
            source = f"weights: {offered[name]}" if name in offered else "its weights are not on offer"
            self.stdout.write(f"{name}: {facts}; {source}")

    def _offered(self) -> dict[str, str]:
        """The sources of the weights on offer, by descriptor."""
        try:
            return {info.descriptor: info.weights_source for info in offered_descriptors(fresh=True)}
        except RectoError as error:
            self.stderr.write(error.message)
            return {}
