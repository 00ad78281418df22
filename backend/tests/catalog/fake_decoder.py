"""A decoder that dies of certain pictures: the real process, in which decoding does what the picture says."""

import ctypes
import os
import time
from pathlib import Path
from typing import Any

from catalog import decoder_process, decoding
from catalog.decoder_frames import send

real_decode = decoding.decode


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
