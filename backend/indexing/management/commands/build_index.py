"""`manage.py build_index`: describe what is not described and publish both indexes, here and now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts import audit
from core.errors import RectoError
from indexing.building import build_index


class Command(BaseCommand):
    help = "Describe all pictures that lack a vector or local features and publish both indexes."

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(desc="Vectors", unit="picture") as bar:

            def show(done: int, total: int, message: str) -> None:
                bar.total = total
                bar.set_postfix_str(message, refresh=False)
                bar.update(done - bar.n)

            try:
                built = build_index(progress=show)
            except RectoError as error:
                raise CommandError(error.message) from error
        audit.record(None, "index_built", target=built.model.version)
        self.stdout.write(
            f"{built.summary.sentence()}. Version {built.model.version} holds {built.model.count} vectors, "
            f"{built.local_model.version} the local features of {built.local_model.count} images."
        )
