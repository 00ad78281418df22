"""`python -m serve.load`: the one step of starting that needs Django. Migrates, then loads every collection.

It calls management commands only, so that what it does can be repeated by hand.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.core.management import call_command

from catalog.sample import make_sample_collection
from serve.console import ProgressLine, say, step
from serve.places import Places, places_from_environment


def prepare_data(places: Places) -> None:
    """Bring the database up to date and load data/raw/, or else the sample collection."""
    with step("bringing the database up to date"):
        call_command("migrate", interactive=False, verbosity=0)
    for folder in collections_to_load(places.data):
        say(f"loading {folder}")
        call_command("load_collection", str(folder))


def collections_to_load(data: Path) -> list[Path]:
    """Every folder of data/raw/ that holds images, or else the sample collection."""
    raw = data / "raw"
    folders = sorted(folder for folder in raw.glob("*") if (folder / "images").is_dir())
    return folders or [sample_collection(data)]


def sample_collection(data: Path) -> Path:
    """The folder of the sample collection; drawn on the first run."""
    folder = data / "processed" / "sample"
    if not (folder / "metadata" / "metadata.csv").is_file():
        make_sample_collection(folder, progress=ProgressLine("drawing the sample collection"))
    return folder


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    prepare_data(places_from_environment())
    sys.exit(0)
