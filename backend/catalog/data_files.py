"""Files of the collection: from the path in a row to the file on disk, never outside RECTO_DATA_DIR."""

from pathlib import Path, PurePosixPath

from django.conf import settings

from core.errors import NotFound, OperatorError
from core.sentences import say


def data_file(path: str) -> Path:
    """The file with this path relative to RECTO_DATA_DIR.

    An operator may link a folder of scans into the data folder, so links are followed; a path that climbs
    out by itself is an OperatorError, a file that is not there NotFound.
    """
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or "\0" in path:
        message = f"The path {path!r} leads out of the data folder. Load it again."
        raise OperatorError("path_outside", say("path_outside", message, path=path))
    found = Path(settings.RECTO_DATA_DIR) / parts
    if not found.is_file():
        message = f"The file {path} is not in the data folder any more."
        raise NotFound("file_missing", say("data_file_missing", message, file=path))
    return found
