"""Pyramids of tiles: each scan cut once into JPEG tiles at every halved size, below processed/tiles.

No request decodes a scan a second time, and none holds a whole one in memory: libvips reads it row by row
(docs/decisions/tiles.md). The folder may be deleted; what is missing is made again when it is asked for.
"""

import logging
import os
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import time

from django.conf import settings

from catalog.data_files import data_file
from catalog.models import PrintImage
from core.errors import NotFound, TryAgain, UserError
from core.sentences import say

logger = logging.getLogger(__name__)
# Part of every name: raise it when tiles are to look different.
RECIPE = 1
TILE = 512
# One pyramid at a time, and so many requests that make or await one: the other threads of the process go on
# answering. Whoever comes beyond is told to come again.
AT_MOST = 5
_room = threading.BoundedSemaphore(AT_MOST)
_making = threading.Lock()
# In the folder of a pyramid: its bytes as a number, and when it was last opened as its time.
_NOTE = "bytes"
# No picture takes as long to be cut.
_ABANDONED_AFTER_S = 3600.0


@dataclass(frozen=True)
class Pyramid:
    """Tiles of a picture of `width` by `height` pixels; factor 1 is its own size, 2 half of it ..."""

    folder: Path
    width: int
    height: int

    @cached_property
    def factors(self) -> list[int]:
        return factors_of(self.width, self.height)

    def tile(self, factor: int, column: int, row: int) -> Path:
        # (Level 0 is the smallest.)
        level = len(self.factors) - 1 - self.factors.index(factor)
        return self.folder / str(level) / f"{column}_{row}.jpg"

    def size_at(self, factor: int) -> tuple[int, int]:
        return -(-self.width // factor), -(-self.height // factor)


def factors_of(width: int, height: int) -> list[int]:
    """1, 2, 4 ... up to the one that brings the picture into one tile."""
    factors = [1]
    while max(width, height) > TILE * factors[-1]:
        factors.append(2 * factors[-1])
    return factors


def pyramid_of(image: PrintImage) -> Pyramid:
    """The pyramid of a picture, made now if there is none. Raises NotFound, or TryAgain while others wait."""
    name = f"{image.sha256}-{RECIPE}"
    pyramid = Pyramid(_root() / name[:2] / name, image.width, image.height)
    if not _touch(pyramid.folder):
        with _turn():
            if not _touch(pyramid.folder):
                _make(data_file(image.path), pyramid)
                _keep_within(settings.RECTO_TILES_MAX_BYTES, besides=pyramid.folder)
    return pyramid


def _root() -> Path:
    return Path(settings.RECTO_PROCESSED_DIR) / "tiles"


def _touch(folder: Path) -> bool:
    """Whether it is there; if so it is noted that somebody wanted it."""
    try:
        os.utime(folder / _NOTE)
    except FileNotFoundError:
        return False
    return True


def tiles_busy() -> TryAgain:
    message = "Pictures are being prepared for zooming. Try again in a second."
    return TryAgain("tiles_busy", message, retry_after=1)


@contextmanager
def _turn() -> Iterator[None]:
    if not _room.acquire(blocking=False):
        raise tiles_busy()
    try:
        with _making:
            yield
    finally:
        _room.release()


def _make(source: Path, pyramid: Pyramid) -> None:
    """Made beside its place and renamed, so that nobody ever sees half a pyramid."""
    # libvips is 11 MB that a process needs only once somebody looks into a scan that was never cut.
    from catalog.iiif import tile_cutting  # noqa: PLC0415

    draft = pyramid.folder.with_name(f".{pyramid.folder.name}.{secrets.token_hex(4)}")
    try:
        draft.mkdir(parents=True)
        tile_cutting.cut(source, draft / "tiles", tile=TILE)
        tiles = draft / "tiles_files"
        (tiles / _NOTE).write_text(str(sum(one.stat().st_size for one in tiles.rglob("*.jpg"))))
        tiles.rename(pyramid.folder)
    except UserError as error:
        message = f"{source.name} cannot be shown. {error.message}"
        raise NotFound("image_unreadable", say("image_unreadable", message, file=source.name)) from error
    except OSError:
        # Another process was first; anything else (a full disk) is for the operator.
        if not pyramid.folder.is_dir():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _remove_abandoned() -> None:
    """What a process that was killed left half made or half deleted."""
    for folder in _root().glob("*/.*"):
        with suppress(FileNotFoundError):
            if folder.stat().st_mtime < time() - _ABANDONED_AFTER_S:
                shutil.rmtree(folder, ignore_errors=True)


def _keep_within(most_bytes: int, *, besides: Path) -> None:
    """Delete the pyramids that were not opened for longest until all together take no more."""
    _remove_abandoned()
    found = sorted(
        (note.stat().st_mtime, _bytes_of(note), note.parent) for note in _root().glob(f"*/*/{_NOTE}")
    )
    total = sum(size for _, size, _ in found)
    for _, size, folder in found:
        if total <= most_bytes:
            return
        if folder != besides:
            gone = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
            folder.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)
            total -= size
            logger.info("Tiles of %s were deleted to make room.", folder.name[:12])


def _bytes_of(note: Path) -> int:
    text = note.read_text()
    return int(text) if text.isdecimal() else 0
