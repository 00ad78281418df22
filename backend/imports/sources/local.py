"""Pictures that are on this machine, by the names that a table may write."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from imports.issues import Issue
from imports.models import ImportRun
from imports.picture import Picture
from imports.sources.archive_pictures import ArchivePictures, archive_files
from imports.sources.choosing import chosen_folder, kind_of
from imports.sources.folder_pictures import FolderPictures


class LocalPictures(Protocol):
    """`names` of all pictures, `where` they lie, and `issues` of what of the source is not read at all."""

    where: str
    names: list[str]
    issues: list[Issue]

    def read(self, names: Sequence[str]) -> list[Picture | Issue]:
        """Read through, and kept where Recto finds them again, in the order of `names`.

        Hold `catalog.scans.keeping_scans` until they are named by a row.
        """

    def placeholders(self, into: Path) -> list[Path]:
        """Files of pictures that say that there is none; what has to be unpacked goes `into` a folder."""

    def close(self) -> None: ...


@contextmanager
def local_pictures(run: ImportRun) -> Iterator[LocalPictures | None]:
    """The pictures of the run's folder or archives, or None for a source of another kind."""
    pictures = _local_pictures(run)
    try:
        yield pictures
    finally:
        if pictures is not None:
            pictures.close()


def _local_pictures(run: ImportRun) -> LocalPictures | None:
    kind = kind_of(run.image_source)
    if kind == "folder":
        return FolderPictures(chosen_folder(run))
    return ArchivePictures(archive_files(run)) if kind == "zip" else None
