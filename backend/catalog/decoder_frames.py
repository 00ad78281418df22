"""What a decoder and its parent say to each other through pipes: JSON with its length before it, and bytes.

JSON and no pickle: a picture that takes the decoder over shall not get to the parent as well. Whoever says
`until`, a moment of time.monotonic(), waits no longer; its ends of the pipes must not block.
"""

import json
import os
import select
import struct
from time import monotonic
from typing import Any

import numpy as np

from catalog.image_geometry import Pixels

_LENGTH = struct.Struct(">I")
LONGEST_FRAME = 100_000
# A job says its seconds of processor time. A busy machine may give it a third of a processor.
WALL_TIMES = 3


class Closed(Exception):
    """The other side is gone, or is not well."""


class Late(Closed):
    """The other side is there, and neither reads nor writes."""


def send(
    pipe: int, frame: dict[str, Any], content: bytes | memoryview = b"", *, until: float | None = None
) -> None:
    """Raises Closed."""
    text = json.dumps(frame).encode()
    try:
        _write(pipe, memoryview(_LENGTH.pack(len(text)) + text), until)
        _write(pipe, memoryview(content), until)
    except BrokenPipeError as error:
        raise Closed from error


def receive(pipe: int, *, until: float | None = None) -> dict[str, Any]:
    """Raises Closed, also when what comes is no frame: whoever says such a thing is not well."""
    length = _LENGTH.unpack(receive_bytes(pipe, _LENGTH.size, until=until))[0]
    if length > LONGEST_FRAME:
        raise Closed
    try:
        frame = json.loads(receive_bytes(pipe, length, until=until))
    except ValueError as error:
        raise Closed from error
    if not isinstance(frame, dict):
        raise Closed
    return frame


def receive_bytes(pipe: int, count: int, *, until: float | None = None) -> bytearray:
    content = bytearray(count)
    _read_into(pipe, memoryview(content), until)
    return content


def receive_pixels(pipe: int, height: int, width: int, *, until: float | None = None) -> Pixels:
    """uint8 of shape (height, width, 3)."""
    pixels = np.empty((height, width, 3), dtype=np.uint8)
    _read_into(pipe, pixels.reshape(-1).data, until)
    return pixels


def _write(pipe: int, content: memoryview, until: float | None) -> None:
    while content:
        _wait(pipe, select.POLLOUT, until)
        content = content[os.write(pipe, content) :]


def _read_into(pipe: int, place: memoryview, until: float | None) -> None:
    while place:
        _wait(pipe, select.POLLIN, until)
        count = os.readv(pipe, [place])
        if not count:
            raise Closed
        place = place[count:]


def _wait(pipe: int, event: int, until: float | None) -> None:
    if until is None:
        return
    waiting = select.poll()
    waiting.register(pipe, event)
    if not waiting.poll(max(0.0, until - monotonic()) * 1000):
        raise Late
