"""Placeholder pictures of an import, from images_to_remove/ of its collection and of its source."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from shutil import copyfile

from django.conf import settings

from imports.folders import FoundFile
from imports.issues import Issue
from imports.models import ImportRun
from imports.picture import Picture
from imports.pictures import read_pictures
from imports.placeholders import find_placeholders
from imports.progress import silent
from imports.sources.folder_pictures import PLACEHOLDERS
from imports.sources.local import LocalPictures
from imports.uploads import imports_folder


class Unwanted:
    """Says which pictures are a placeholder, by their bytes or by what they show."""

    def __init__(self, run: ImportRun, local: LocalPictures | None) -> None:
        self._folder = imports_folder() / str(run.pk) / PLACEHOLDERS
        of_source = local.placeholders(self._folder) if local else []
        self._placeholders = _read([*_of_collection(run), *self._in_data(of_source)])

    def among(self, pictures: Sequence[Picture]) -> dict[str, Issue]:
        """The placeholders among `pictures`, by their paths, each with the issue that says which it is."""
        if not self._placeholders:
            return {}
        # Compared by their looks, which are made when a picture is read through.
        known = _read(Path(settings.RECTO_DATA_DIR) / picture.path for picture in pictures)
        return find_placeholders(
            known, self._placeholders, data_dir=Path(settings.RECTO_DATA_DIR), progress=silent
        )

    def _in_data(self, files: Iterable[Path]) -> Iterator[Path]:
        for number, file in enumerate(files):
            if file.is_relative_to(settings.RECTO_DATA_DIR):
                yield file
            else:
                self._folder.mkdir(parents=True, exist_ok=True)
                yield Path(copyfile(file, self._folder / f"folder-{number}"))


def _of_collection(run: ImportRun) -> Iterator[Path]:
    folder = Path(settings.RECTO_DATA_DIR) / "raw" / run.collection.slug / PLACEHOLDERS
    for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if file.is_file() and not file.name.startswith("."):
            yield file


def _read(files: Iterable[Path]) -> list[Picture]:
    """The pictures among files of the data folder. One that cannot be read is no placeholder."""
    found = read_pictures([_found(file) for file in files])
    return [one for one in found if isinstance(one, Picture)]


def _found(file: Path) -> FoundFile:
    status, path = file.stat(), file.relative_to(settings.RECTO_DATA_DIR).as_posix()
    return FoundFile(file, file.name, path, status.st_size, status.st_mtime_ns)
