"""A picture from anywhere -> a scan in Recto's store, or the issue that says why not."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from catalog.scans import KeptScan
from core.errors import OperatorError, RectoError
from imports.issues import Issue, Source, make_issue, storable
from imports.picture import Picture
from imports.pictures import THREADS


def kept_picture(name: str, keep: Callable[[], KeptScan]) -> Picture | Issue:
    """What became of the picture that the source calls `name`. What only the operator can mend is raised."""
    try:
        scan = keep()
    except OperatorError:
        raise
    except RectoError as error:
        return refused_picture(name, error)
    return Picture(storable(name), scan.path, scan.sha256, scan.width, scan.height, scan.format)


def refused_picture(name: str, error: RectoError) -> Issue:
    """The issue for a picture that could not be had."""
    return make_issue(Source(storable(name)), error.code, error.message, left_out=True)


def read_in_threads(read: Callable[[str], Picture | Issue], names: Sequence[str]) -> list[Picture | Issue]:
    """`read` of each name, several at a time: decoders let go of the interpreter."""
    with ThreadPoolExecutor(THREADS, "keep-picture") as threads:
        return list(threads.map(read, names))
