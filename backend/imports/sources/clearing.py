"""Forgetting what an import's source has left behind, once its pictures are where they belong.

Not while a backup is made, whose rows may be older than the last picture: what stays then is swept later.
"""

import shutil

from catalog.scans import scans_at_rest
from imports.models import ImportImage, ImportRun
from imports.sources.archive_pictures import archives_folder
from imports.sources.folder_pictures import PLACEHOLDERS
from imports.uploads import imports_folder

State = ImportImage.State


def clear_source(run: ImportRun) -> None:
    """Delete archives and halves of pictures that nobody will ask for again."""
    with scans_at_rest() as at_rest:
        if at_rest:
            clear_at_rest(run)


def clear_at_rest(run: ImportRun) -> None:
    """The same for who sees to it that no scans are being kept."""
    if run.state != ImportRun.State.DONE or run.images.filter(state=State.WAITING).exists():
        return
    folders = ["archives", "manifests", PLACEHOLDERS]
    if not run.images.filter(state=State.FAILED, retryable=True).exists():
        folders.append("fetched")
    for name in folders:
        shutil.rmtree(archives_folder(run).with_name(name), ignore_errors=True)


def clear_sources_left() -> None:
    """What could not be cleared when it was due, because scans were being kept or a backup was made."""
    with scans_at_rest() as at_rest:
        if at_rest and imports_folder().is_dir():
            numbers = [int(one.name) for one in imports_folder().iterdir() if one.name.isdecimal()]
            for run in ImportRun.objects.filter(pk__in=numbers, state=ImportRun.State.DONE):
                clear_at_rest(run)
