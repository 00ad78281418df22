"""What a decoder and its parent say to each other through pipes: JSON with its length before it, and bytes.

JSON and no pickle: a picture that takes the decoder over shall not get to the parent as well.
"""

import json
import os
import struct
from typing import Any

import numpy as np

from catalog.image_geometry import Pixels

_LENGTH = struct.Struct(">I")
LONGEST_FRAME = 100_000


class Closed(Exception):
    """The other side is gone."""


def send(pipe: int, frame: dict[str, Any], content: bytes | memoryview = b"") -> None:
    """Raises Closed."""
    text = json.dumps(frame).encode()
    try:
        _write(pipe, memoryview(_LENGTH.pack(len(text)) + text))
        _write(pipe, memoryview(content))
    except BrokenPipeError as error:
        raise Closed from error


def receive(pipe: int) -> dict[str, Any]:
    """Raises Closed, also when what comes is no frame: whoever says such a thing is not well."""
    length = _LENGTH.unpack(receive_bytes(pipe, _LENGTH.size))[0]
    if length > LONGEST_FRAME:
        raise Closed
    try:
        frame = json.loads(receive_bytes(pipe, length))
    except ValueError as error:
        raise Closed from error
    if not isinstance(frame, dict):
        raise Closed
    return frame


def receive_bytes(pipe: int, count: int) -> bytearray:
    content = bytearray(count)
    _read_into(pipe, memoryview(content))
    return content


def receive_pixels(pipe: int, height: int, width: int) -> Pixels:
    """uint8 of shape (height, width, 3)."""
    pixels = np.empty((height, width, 3), dtype=np.uint8)
    _read_into(pipe, pixels.reshape(-1).data)
    return pixels


def _write(pipe: int, content: memoryview) -> None:
    while content:
        content = content[os.write(pipe, content) :]


def _read_into(pipe: int, place: memoryview) -> None:
    while place:
        count = os.readv(pipe, [place])
        if not count:
            raise Closed
        place = place[count:]
