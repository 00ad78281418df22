"""A decoder that dies of certain pictures: the real process, in which decoding does what the picture says."""

import ctypes
import os
import signal
import time
from pathlib import Path
from typing import Any

from catalog import decoder_process, decoding
from catalog.decoder_frames import send

real_decode = decoding.decode
TOLD = {"kind": "UserError", "code": "odd", "key": "odd", "message": "Odd.", "params": {}}
# No well decoder answers like this.
ODD: list[dict[str, Any]] = [
    {"info": {"format": "PNG", "width": 1, "height": 1, "colour": "red"}},
    {"info": {"format": "PNG"}},
    {"info": "PNG"},
    {"info": {"format": ["PNG"], "width": 1, "height": 1}},
    {"info": {"format": "PNG", "width": "1", "height": 1}},
    {"height": 1},
    {"height": -2, "width": -2},
    {"height": "2", "width": 3},
    {"error": {}},
    {"error": "no"},
    {"error": TOLD | {"kind": ["UserError"]}},
    {"error": TOLD | {"message": None}},
    {"error": TOLD | {"params": {"key": "said twice"}}},
    {"error": TOLD | {"params": {"list": []}}},
    {"error": TOLD | {"params": [1]}},
    {"pixels": "many"},
]


def decode(source: bytes | Path, **options: Any) -> Any:
    content = source if isinstance(source, bytes) else source.read_bytes()
    word = content[-8:].strip(b" ")
    if word == b"SEGFAULT":
        ctypes.string_at(0)
    if word == b"ALLOCATE":
        return [bytearray(100_000_000) for _ in range(1000)]
    if word == b"SPIN":
        while True:
            pass
    if word == b"HANG":
        time.sleep(3600)
    if word == b"STUCK":
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)
        time.sleep(3600)
    if word == b"STOPPED":
        os.kill(os.getpid(), signal.SIGSTOP)
    if word == b"HALF":
        os.write(decoder_process.ANSWERS, b"\0\0\1\0{")
        os.kill(os.getpid(), signal.SIGSTOP)
    if word.startswith(b"ODD"):
        send(decoder_process.ANSWERS, ODD[int(word[3:])])
    if word == b"KILLED":
        os.kill(os.getpid(), 9)
    if word == b"LIE":
        send(decoder_process.ANSWERS, {"info": None, "height": 10**9, "width": 10**9})
    if word == b"GARBAGE":
        os.write(decoder_process.ANSWERS, b"\xff" * 100)
    return real_decode(source, **options)


if __name__ == "__main__":
    decoding.decode = decode
    decoder_process.main()
