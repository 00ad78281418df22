"""How much of a picture is read, and the sentences for what is refused. No Django here."""

from dataclasses import dataclass
from pathlib import Path

from catalog.image_types import ACCEPTED, HEAD_BYTES, file_type
from core.errors import NotFound, TooLarge, UnsupportedType, UserError
from core.sentences import say


@dataclass(frozen=True)
class DecodeLimits:
    """`max_pixels` is for the size in the header, `max_decoded_pixels` for what has to be in memory at once:
    a JPEG that is asked for smaller is decoded smaller, and may have more."""

    max_bytes: int
    max_pixels: int
    max_decoded_pixels: int


@dataclass(frozen=True)
class ImageInfo:
    """The format, one of image_types.ACCEPTED, and the size of the upright picture in pixels."""

    format: str
    width: int
    height: int


def checked_head(source: bytes | Path, limits: DecodeLimits) -> bytes:
    """The first bytes of a file that is neither empty nor too long."""
    try:
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        head = source[:HEAD_BYTES] if isinstance(source, bytes) else _first_bytes(source)
    except OSError as error:
        name = source.name if isinstance(source, Path) else "upload"
        message = f"The file {name} cannot be read: {error.strerror}."
        raise NotFound("image_missing", say("image_file_unreadable", message, file=name)) from error
    if size == 0:
        raise UserError("image_empty", "The file is empty. Choose another one.")
    if size > limits.max_bytes:
        found, limit = _in_millions(size, limits.max_bytes)
        message = say(
            "image_too_many_bytes",
            f"The picture has {found:.1f} MB; the limit is {limit:g} MB. "
            "Save it smaller, as JPEG for example.",
            megabytes=found,
            limit=limit,
        )
        raise TooLarge("image_too_many_bytes", message)
    return head


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def accepted_type(head: bytes) -> str:
    found = file_type(head)
    if found.name:
        return found.name
    readable = f"Recto reads {', '.join(ACCEPTED[:-1])} and {ACCEPTED[-1]}. Save it as one of these."
    if found.refused:
        message = f"The file is {found.refused}. {readable}"
        raise UnsupportedType("image_type_refused", _unreadable_type(message))
    message = f"The file is not a picture of a known type. {readable}"
    raise UnsupportedType("image_type_unknown", _unreadable_type(message))


def _unreadable_type(message: str) -> str:
    return say("image_type_unknown", message, types=", ".join(ACCEPTED))


def check_pixels(size: tuple[int, int], limits: DecodeLimits) -> None:
    width, height = size
    if width * height > limits.max_pixels:
        found, limit = _in_millions(width * height, limits.max_pixels)
        message = say(
            "image_too_large",
            f"The picture has {width} × {height} = {found:.1f} megapixels; "
            f"the limit is {limit:g} megapixels. Save it smaller.",
            megapixels=found,
            limit=limit,
        )
        raise TooLarge("image_too_large", message)


def check_memory(pixels: int, limits: DecodeLimits) -> None:
    if pixels > limits.max_decoded_pixels:
        found, limit = _in_millions(pixels, limits.max_decoded_pixels)
        message = say(
            "image_needs_memory",
            f"The picture needs {found:.1f} megapixels of memory; the limit is {limit:g} megapixels. "
            "Save it smaller, or as a baseline JPEG.",
            megapixels=found,
            limit=limit,
        )
        raise TooLarge("image_too_large", message)


def _in_millions(found: int, limit: int) -> tuple[float, float]:
    """As they are said: what was found, rounded, and the limit."""
    return round(found / 1e6, 1), limit / 1e6


def breaks_decoder(kind: str) -> UserError:
    """What killed the process that decoded it, or took too much of its time or memory."""
    message = f"The {kind} picture cannot be read: decoding it failed, or took too much memory or time."
    told = say("image_breaks_decoder", f"{message} Save it again from a viewer.", type=kind)
    return UserError("image_breaks_decoder", told)
