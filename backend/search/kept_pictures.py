"""Photographs of kept searches: processed/kept/<two letters>/<id>.jpg, at most 1600 pixels, without EXIF.

Pixels are written anew, so nothing of the file that was sent is left: no place, no camera, no name. A file
has its name when it is whole and on the disk; one without a row is swept away by the purge.
"""

import os
import secrets
from collections.abc import Container, Iterator
from pathlib import Path
from time import time

from django.conf import settings
from PIL import Image

from catalog.images import decode, search_limits
from core.disks import is_full
from core.errors import NoRoom, OperatorError
from core.sentences import say

LONGEST_SIDE = 1600
QUALITY = 88
# A younger file without a row may be about to get one.
ORPHAN_AFTER_S = 3600.0


def store_picture(kept_id: str, data: bytes) -> None:
    """Raises what decoding raises, and OperatorError when it cannot be written, NoRoom on a full disk.

    Nothing is left then.
    """
    picture = Image.fromarray(decode(data, limits=search_limits(), longest_side=LONGEST_SIDE))
    file = picture_file(kept_id)
    draft = file.with_name(f".{kept_id}.{secrets.token_hex(4)}.draft")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as target:
            picture.save(target, format="JPEG", quality=QUALITY)
            target.flush()
            os.fsync(target.fileno())
        draft.replace(file)
    except OSError as error:
        # (Where the folder is, is nothing for visitors.)
        text = f"The search cannot be kept: the server cannot store the picture ({error.strerror})."
        message = say("kept_not_stored", text, reason=str(error.strerror))
        raise (NoRoom if is_full(error) else OperatorError)("kept_not_stored", message) from error
    finally:
        draft.unlink(missing_ok=True)


def picture_file(kept_id: str) -> Path:
    return _folder() / kept_id[:2] / f"{kept_id}.jpg"


def remove_picture(kept_id: str) -> None:
    picture_file(kept_id).unlink(missing_ok=True)


def remove_orphans(known: Container[str]) -> int:
    """Delete what belongs to none of the `known` ids; returns how many files."""
    young = time() - ORPHAN_AFTER_S
    removed = 0
    for file in _files():
        if file.suffix != ".jpg" or file.stem not in known:
            try:
                if file.stat().st_mtime < young:
                    file.unlink()
                    removed += 1
            except FileNotFoundError:
                continue  # somebody has just deleted it
    return removed


def _files() -> Iterator[Path]:
    yield from (file for file in _folder().glob("*/*") if file.is_file())


def _folder() -> Path:
    return Path(settings.RECTO_PROCESSED_DIR) / "kept"
