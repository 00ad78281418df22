"""Smaller copies of pictures for the page, made when first asked for and kept below processed/derivatives."""

import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from PIL import Image

from catalog import images
from catalog.data_files import data_file
from catalog.models import Example, PrintImage
from core.errors import NotFound, UserError
from core.sentences import say

# Part of every cached name: raise it when a derivative is to look different.
RECIPE = 1


@dataclass(frozen=True)
class Kind:
    name: str
    longest_side: int
    quality: int


THUMBNAIL = Kind("thumbnail", 480, 80)
DISPLAY = Kind("display", 1600, 85)


@dataclass(frozen=True)
class Derivative:
    """A WebP file that exists, and the tag that changes whenever its picture does."""

    path: Path
    etag: str


def of_image(image: PrintImage, kind: Kind) -> Derivative:
    return _derivative(image.path, content_key=image.sha256, kind=kind)


def of_example(example: Example, kind: Kind) -> Derivative:
    stat = data_file(example.path).stat()
    key = hashlib.sha256(f"{example.path}:{stat.st_size}:{stat.st_mtime_ns}".encode()).hexdigest()
    return _derivative(example.path, content_key=key, kind=kind)


def _derivative(path: str, *, content_key: str, kind: Kind) -> Derivative:
    name = f"{content_key}-{RECIPE}"
    target = Path(settings.RECTO_PROCESSED_DIR) / "derivatives" / kind.name / name[:2] / f"{name}.webp"
    if not _is_made(target):
        _make(data_file(path), target, kind)
    return Derivative(target, f'"{name[:24]}-{RECIPE}-{kind.name}"')


def _is_made(target: Path) -> bool:
    """An empty one is what a machine that was switched off has left: a name, and no bytes yet."""
    with suppress(FileNotFoundError):
        return target.stat().st_size > 0
    return False


def _make(source: Path, target: Path, kind: Kind) -> None:
    """Written beside the target and renamed, so that nobody is ever served half a picture."""
    try:
        pixels = images.decode(source, limits=images.scan_limits(), longest_side=kind.longest_side)
    except UserError as error:
        message = f"{source.name} cannot be shown. {error.message}"
        raise NotFound("image_unreadable", say("image_unreadable", message, file=source.name)) from error
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        Image.fromarray(pixels).save(draft, format="WEBP", quality=kind.quality, method=2)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
