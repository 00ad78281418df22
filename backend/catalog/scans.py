"""The pictures that Recto keeps itself: processed/scans/<sha256[:2]>/<sha256>.<ending>, each content once.

A file gets its name when it is whole, is a picture, and is on the disk. Who keeps a scan holds
`keeping_scans` until the row that names it is committed: what nobody names is swept away (`imports.files`).
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from catalog.images import decode, probe, scan_limits
from core.disks import disk_full, is_full
from core.errors import OperatorError, RectoError
from core.sentences import say

SCANS = "processed/scans"
CHUNK = 1 << 20
# Enough to have the decoder go through the whole file.
DECODED_SIDE = 64


@dataclass(frozen=True)
class KeptScan:
    """A picture in the store: its path below RECTO_DATA_DIR, and what it is; width and height upright."""

    path: str
    sha256: str
    width: int
    height: int
    format: str


@contextmanager
def keeping_scans() -> Iterator[None]:
    """No scan is swept away meanwhile; many may keep scans at a time. A process that dies holds nothing."""
    with _lock_file().open("w") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextmanager
def scans_at_rest() -> Iterator[bool]:
    """Whether nobody is keeping scans; then nobody begins to before the end of the block."""
    with _lock_file().open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def keep_scan(source: BinaryIO | Path) -> KeptScan:
    """Store the bytes of a picture, once. Hold `keeping_scans` until the row that names it is committed.

    Raises what `catalog.images.decode` raises for a picture that cannot be read, and OperatorError when
    there is no room.
    """
    incoming = _made(_scans_dir() / "incoming")
    try:
        with tempfile.NamedTemporaryFile(dir=incoming, delete=False) as file:
            temporary = Path(file.name)
            try:
                sha256 = _copied(source, file)
                return _placed(temporary, sha256)
            finally:
                temporary.unlink(missing_ok=True)
    except OSError as error:
        raise no_room(error) from error


def no_room(error: OSError) -> RectoError:
    """Our error for one of the file system below the data folder."""
    if is_full(error):
        return disk_full()
    where = settings.RECTO_DATA_DIR
    message = f"A picture cannot be stored below {where}: {error.strerror}."
    return OperatorError("scan_not_stored", say("scan_not_stored", message, folder=str(where)))


def _copied(source: BinaryIO | Path, target: "tempfile._TemporaryFileWrapper[bytes]") -> str:
    """Copy everything and have it on the disk; returns the SHA-256."""
    digest = hashlib.sha256()
    if isinstance(source, Path):
        with source.open("rb") as file:
            return _copied(file, target)
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest()


def _placed(temporary: Path, sha256: str) -> KeptScan:
    """Check that the file is a whole picture, and give it its name."""
    limits = scan_limits()
    info = probe(temporary, limits=limits)
    decode(temporary, limits=limits, longest_side=DECODED_SIDE)
    folder = _made(_scans_dir() / sha256[:2])
    file = folder / f"{sha256}.{info.format.lower()}"
    os.chmod(temporary, 0o644)
    os.replace(temporary, file)
    _sync_folder(folder)
    return KeptScan(f"{SCANS}/{sha256[:2]}/{file.name}", sha256, info.width, info.height, info.format)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _scans_dir() -> Path:
    return Path(settings.RECTO_DATA_DIR) / SCANS


def _lock_file() -> Path:
    return _made(Path(settings.RECTO_PROCESSED_DIR) / "locks") / "scans.lock"


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
