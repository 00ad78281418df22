"""Safe decoding of pictures that anybody may have sent: in processes of their own, within limits.

What is no picture of a type that we read is refused here; all else is done by `decoders`, as `decoding` says.
A hostile picture kills at most the process that decodes it. Every failure is one of our errors.
"""

import atexit
from pathlib import Path

from django.conf import settings

from catalog.decode_limits import DecodeLimits, ImageInfo, accepted_type, checked_head
from catalog.decoders import Answer, Decoders, Job
from catalog.image_geometry import Pixels, crop, mirror, rotate
from core.processors import processors

__all__ = [
    "DecodeLimits",
    "ImageInfo",
    "Pixels",
    "check_streaming",
    "crop",
    "decode",
    "decode_near",
    "mirror",
    "probe",
    "rotate",
    "scan_limits",
    "search_limits",
    "warm_up",
]

# Idle ones end by themselves, so a quiet process has one or none.
MOST_DECODERS = min(4, max(2, processors()))
# Measured on a busy machine: 36 megapixels take under 3 s of processor time, whatever the type.
SECONDS, PIXELS_A_SECOND = 5.0, 4_000_000
_decoders = Decoders(MOST_DECODERS)
atexit.register(_decoders.end)


def warm_up() -> None:
    """Have a decoder begin, for the first picture."""
    _decoders.warm_up()


def search_limits() -> DecodeLimits:
    """For pictures that visitors send."""
    pixels = settings.RECTO_SEARCH_MAX_PIXELS
    return DecodeLimits(settings.RECTO_SEARCH_MAX_BYTES, pixels, pixels)


def scan_limits() -> DecodeLimits:
    """For the collection's own scans, which curators load from disk."""
    pixels = settings.RECTO_SCAN_MAX_PIXELS
    return DecodeLimits(settings.RECTO_SCAN_MAX_BYTES, pixels, min(pixels, 150_000_000))


def probe(source: bytes | Path, *, limits: DecodeLimits) -> ImageInfo:
    """Format and size from the header, no pixel read. Raises what `decode` raises."""
    info, _ = _done({"do": "probe"}, source, limits)
    assert info is not None
    return info


def check_streaming(source: Path, *, limits: DecodeLimits) -> None:
    """Raises what `decode` would for what takes too much memory even where it is read row by row."""
    _done({"do": "check_streaming"}, source, limits)


def decode(source: bytes | Path, *, limits: DecodeLimits, longest_side: int | None = None) -> Pixels:
    """uint8 sRGB of shape (height, width, 3), upright; shrunk to `longest_side` where it is larger.

    Raises UserError (400) for a damaged file, TooLarge, UnsupportedType, or NotFound for a path.
    """
    size = "at_most" if longest_side else "as_it_is"
    return _decoded(source, limits, size=size, side=longest_side)[1]


def decode_near(source: bytes | Path, *, limits: DecodeLimits, side: int) -> tuple[ImageInfo, Pixels]:
    """The header, and the picture with its longer side from `side` to twice that, if it is so large, which
    is quicker than any other. Raises what `decode` raises."""
    return _decoded(source, limits, size="near", side=side)


def _decoded(
    source: bytes | Path, limits: DecodeLimits, *, size: str, side: int | None
) -> tuple[ImageInfo, Pixels]:
    info, pixels = _done({"do": "decode", "size": size, "side": side}, source, limits)
    assert info is not None
    assert pixels is not None
    return info, pixels


def _done(job: Job, source: bytes | Path, limits: DecodeLimits) -> Answer:
    kind = accepted_type(checked_head(source, limits))
    seconds = SECONDS + limits.max_pixels / PIXELS_A_SECOND
    return _decoders.do({**job, "seconds": seconds}, source, limits, kind=kind)
