"""`python -m serve.load check|migrate|collections`: the steps of starting that need Django.

They call management commands only, so that what they do can be repeated by hand.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError

from catalog.sample import make_sample_collection
from core.deployment_checks import refuse_unsafe_start
from serve.console import ProgressLine, complain, say, step
from serve.places import Places, places_from_environment

SAMPLE_NAME = "Sample collection"


def migrate() -> None:
    """Bring the database up to date."""
    with step("bringing the database up to date"):
        call_command("migrate", interactive=False, verbosity=0)


def load_collections(places: Places) -> None:
    """Load data/raw/, or else the sample collection; while it does, the file run/loading is there."""
    places.loading.touch()
    try:
        for folder in collections_to_load(places.data):
            load(folder)
    finally:
        places.loading.unlink(missing_ok=True)


def collections_to_load(data: Path) -> list[Path]:
    """Every folder of data/raw/ that holds images; else the sample, if there is nothing else."""
    raw = data / "raw"
    folders = sorted(folder for folder in raw.glob("*") if (folder / "images").is_dir())
    if folders or apps.get_model("catalog", "Collection").objects.exclude(slug="sample").exists():
        return folders
    return [sample_collection(data)]


def sample_collection(data: Path) -> Path:
    """The folder of the sample collection; drawn on the first run."""
    folder = data / "processed" / "sample"
    if not (folder / "metadata" / "metadata.csv").is_file():
        make_sample_collection(folder, progress=ProgressLine("drawing the sample collection"))
    return folder


def load(folder: Path) -> None:
    """Load one collection; one that cannot be loaded is named and keeps nothing else from being served."""
    say(f"loading {folder}")
    try:
        call_command("load_collection", str(folder), name=first_name(folder))
    except CommandError as error:
        say(f"{folder} was not loaded: {error}")


def first_name(folder: Path) -> str:
    """What the sample is called when it is first loaded; later its curators may have named it anew."""
    sample = apps.get_model("catalog", "Collection").objects.filter(slug="sample")
    return SAMPLE_NAME if folder.name == "sample" and not sample.exists() else ""


def do(what: list[str]) -> None:
    django.setup()
    refuse_unsafe_start()
    if "migrate" in what:
        migrate()
    if "collections" in what:
        load_collections(places_from_environment())


def main(what: list[str]) -> int:
    """The exit status; what an operator can mend is one sentence, and no traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        do(what)
    except ImproperlyConfigured as error:
        return complain(f"A setting is wrong. {error}")
    except CommandError as error:  # a database that a later version has made
        return complain(str(error))
    except OperationalError as error:
        return complain(
            f"The database cannot be used: {str(error).strip()} "
            "Is it started, and are RECTO_DATABASE_URL and its password right?"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
