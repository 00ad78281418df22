"""Forgetting what an import's source has left behind, once its pictures are where they belong."""

import shutil

from imports.models import ImportImage, ImportRun
from imports.sources.archive_pictures import archives_folder
from imports.sources.folder_pictures import PLACEHOLDERS

State = ImportImage.State


def clear_source(run: ImportRun) -> None:
    """Delete archives and halves of pictures that nobody will ask for again."""
    if run.state != ImportRun.State.DONE or run.images.filter(state=State.WAITING).exists():
        return
    folders = ["archives", "manifests", PLACEHOLDERS]
    if not run.images.filter(state=State.FAILED, retryable=True).exists():
        folders.append("fetched")
    for name in folders:
        shutil.rmtree(archives_folder(run).with_name(name), ignore_errors=True)
