"""The process that changes the catalogue while others search: `python -m tests.indexing.freshness_writer`.

It fills the database, says `ready`, waits for a line, then adds and removes images and says when it did what.
Times are those of the machine's monotonic clock, which all processes share.
"""

import json
import sys
from pathlib import Path
from time import monotonic

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from catalog.models import Collection, Print, PrintImage  # noqa: E402
from indexing.extraction import extract_missing_features  # noqa: E402
from indexing.extractor_client import extractor_info  # noqa: E402
from indexing.local_publishing import compact_local_index, publish_local_index  # noqa: E402
from indexing.services import compact_index, publish_knn_model  # noqa: E402
from tests.indexing.fixtures import add_image, drawing  # noqa: E402

STANDING, CHANGES = 60, 50
PUBLISH_AT, COMPACT_AT = 15, 30


def say(**event: object) -> None:
    """One line of JSON on the standard output."""
    sys.stdout.write(json.dumps(event) + "\n")
    sys.stdout.flush()


def add(collection: Collection, seed: int) -> PrintImage:
    """A print with one picture, no vector yet."""
    made = Print.objects.create(collection=collection, record_id=str(seed))
    return add_image(made, Path(settings.RECTO_DATA_DIR), drawing(seed), name=f"{seed}.png")


def describe() -> None:
    """Vectors for what has none."""
    extract_missing_features(progress=lambda *_: None)


def change(collection: Collection, standing: list[PrintImage]) -> None:
    """Add and remove images in turn; publish and compact meanwhile, as a busy day would."""
    info = extractor_info()
    for number in range(CHANGES):
        image = add(collection, STANDING + number)
        describe()
        say(kind="added", image=image.pk, seed=STANDING + number, at=monotonic())
        leaving, begun = standing[number], monotonic()
        image_id = leaving.pk
        leaving.print.delete()
        say(kind="removed", image=image_id, begun=begun, at=monotonic())
        if number == PUBLISH_AT:
            publish_knn_model(descriptor=info.descriptor, dim=info.dim)
            publish_local_index()
        if number == COMPACT_AT:
            compact_index(descriptor=info.descriptor, dim=info.dim)
            compact_local_index()


def main() -> None:
    """Fill, wait, change."""
    call_command("migrate", verbosity=0)
    collection = Collection.objects.create(slug="prints", name="Prints")
    standing = [add(collection, seed) for seed in range(STANDING)]
    describe()
    say(kind="ready")
    sys.stdin.readline()
    change(collection, standing)


if __name__ == "__main__":
    main()
