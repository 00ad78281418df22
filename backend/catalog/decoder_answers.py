"""What a decoder's answers say. A picture may have taken it over: odd ones raise Closed, and it is ended."""

from typing import Any

from catalog.decode_limits import DecodeLimits, ImageInfo
from catalog.decoder_frames import Closed
from catalog.image_types import ACCEPTED
from core import errors
from core.sentences import say

_KINDS = {
    kind.__name__: kind
    for kind in (errors.UserError, errors.NotFound, errors.TooLarge, errors.UnsupportedType)
}


def info_of(answer: dict[str, Any]) -> ImageInfo | None:
    """None where it says nothing of it."""
    told = answer.get("info")
    if told is None:
        return None
    if not isinstance(told, dict) or told.keys() != {"format", "width", "height"}:
        raise Closed
    if told["format"] not in ACCEPTED:
        raise Closed
    return ImageInfo(told["format"], _positive(told["width"]), _positive(told["height"]))


def pixels_asked_for(answer: dict[str, Any], limits: DecodeLimits) -> int:
    return _at_most(_positive(answer["pixels"]), limits)


def shape_of(answer: dict[str, Any], limits: DecodeLimits) -> tuple[int, int]:
    """Height and width of the pixels that follow."""
    height, width = _positive(answer.get("height")), _positive(answer.get("width"))
    _at_most(height * width, limits)
    return height, width


def error_of(told: Any) -> errors.RectoError:
    """The error that the decoder ran into."""
    try:
        texts, params = [told[name] for name in ("kind", "code", "key", "message")], told["params"]
        if not all(isinstance(one, str) for one in texts) or not _are_values(params):
            raise Closed
        kind, code, key, message = texts
        return _KINDS.get(kind, errors.UserError)(code, say(key, message, **params))
    except (KeyError, TypeError) as error:
        raise Closed from error


def _are_values(params: Any) -> bool:
    return isinstance(params, dict) and all(isinstance(one, str | int | float) for one in params.values())


def _positive(number: Any) -> int:
    if not isinstance(number, int) or number <= 0:
        raise Closed
    return number


def _at_most(pixels: int, limits: DecodeLimits) -> int:
    if pixels > limits.max_pixels:
        raise Closed
    return pixels
