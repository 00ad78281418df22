"""The process that decodes, `python -m catalog.decoder_process`: what kills it has killed nothing else.

Jobs come on its standard input, answers go to its standard output (`decoder_frames`). It ends with its
parent, or when nobody needed it for long. It imports little, and no Django: several of them may be kept.
"""

import contextlib
import os
import resource
import select
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalog import decoding
from catalog.decode_limits import DecodeLimits
from catalog.decoder_frames import WALL_TIMES, Closed, receive, receive_bytes, send
from core.errors import RectoError

JOBS, ANSWERS, ERRORS = 0, 1, 2
IDLE_S = 600.0
# Of 32-bit numbers there are seven copies at once while they become grey; a WebP takes 15 bytes a pixel.
BYTES_PER_PIXEL = 32
# The threads of libheif and dav1d, and what fragments.
MEMORY_BESIDE = 400_000_000
# Pictures of fewer pixels do not ask whether they may be decoded now.
ASKED_FROM = 2_000_000
OUT_OF_MEMORY = 3  # exit status
MOST_EXPENDABLE = "1000"


def main() -> None:
    # (Ctrl-C is for the parent, which finishes what it does; then this ends as well.)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        # Where the machine or the container is short of memory, this is what it shall take.
        Path("/proc/self/oom_score_adj").write_text(MOST_EXPENDABLE)
    at_start = _address_space()
    with contextlib.suppress(Closed):
        send(ANSWERS, {"ready": True})
        # What libtiff and its kin say of each damaged file is no news for the log.
        os.dup2(os.open(os.devnull, os.O_WRONLY), ERRORS)
        while select.select([JOBS], [], [], IDLE_S)[0]:
            _answer(receive(JOBS), at_start)


def _answer(job: dict[str, Any], at_start: int) -> None:
    source = Path(job["path"]) if job["path"] else bytes(receive_bytes(JOBS, job["bytes"]))
    limits = DecodeLimits(**job["limits"])
    if at_start:
        most = at_start + MEMORY_BESIDE + BYTES_PER_PIXEL * limits.max_decoded_pixels
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
    try:
        with _time_limits(job["seconds"]):
            answer, pixels = _done(job, source, limits)
    except RectoError as error:
        answer, pixels = {"error": _told(error)}, memoryview(b"")
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    send(ANSWERS, answer, pixels)


def _done(
    job: dict[str, Any], source: bytes | Path, limits: DecodeLimits
) -> tuple[dict[str, Any], memoryview]:
    if job["do"] == "probe":
        return {"info": vars(decoding.probe(source, limits=limits))}, memoryview(b"")
    if job["do"] == "check_streaming":
        decoding.check_streaming(Path(source), limits=limits)  # type: ignore[arg-type]
        return {}, memoryview(b"")
    size = {"at_most": decoding.at_most, "near": decoding.near}.get(job["size"])
    pixels, info = decoding.decode(
        source, limits=limits, size=size(job["side"]) if size else decoding.as_it_is, admit=_admitted(job)
    )
    height, width = pixels.shape[:2]
    return {"info": vars(info), "height": height, "width": width}, pixels.reshape(-1).data


def _admitted(job: dict[str, Any]) -> decoding.Admission:
    """The parent is asked before large pictures, and says when there is room; that time is not counted."""

    @contextlib.contextmanager
    def admit(pixels: int) -> Iterator[None]:
        if pixels >= ASKED_FROM:
            signal.setitimer(signal.ITIMER_REAL, 0)
            send(ANSWERS, {"pixels": pixels})
            receive(JOBS)
            signal.setitimer(signal.ITIMER_REAL, job["seconds"] * WALL_TIMES)
        yield

    return admit


@contextlib.contextmanager
def _time_limits(seconds: float) -> Iterator[None]:
    """Of processor time, and of the clock: the signals have no handlers, so that they end the process
    whatever it is at, also in C."""
    timers = {signal.ITIMER_PROF: seconds, signal.ITIMER_REAL: seconds * WALL_TIMES}
    for timer, limit in timers.items():
        signal.setitimer(timer, limit)
    try:
        yield
    finally:
        for timer in timers:
            signal.setitimer(timer, 0)


def _told(error: RectoError) -> dict[str, Any]:
    said = error.sentence.said
    return {"kind": type(error).__name__, "code": error.code, "message": str(error.message), **said}


def _address_space() -> int:
    """Bytes that are taken without any picture; 0 where the system does not say, and no limit is set."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return 0
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
