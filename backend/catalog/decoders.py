"""A few decoder processes, kept for the next picture. A picture that kills one gets an error; the next
picture gets another process.

(`concurrent.futures` would not do: there, one dead process fails all that is under way, and the pool.)
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Any

from catalog.decode_limits import DecodeLimits, ImageInfo, breaks_decoder
from catalog.decoder_answers import error_of, info_of, pixels_asked_for, shape_of
from catalog.decoder_frames import WALL_TIMES, Closed, Late, receive, receive_pixels, send
from catalog.image_geometry import Pixels
from catalog.pixel_budget import PixelBudget
from core import errors

BACKEND = Path(__file__).resolve().parents[1]
COMMAND = (sys.executable, "-m", "catalog.decoder_process")
# No secrets; one heap, and no threads for sums that are not made.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(BACKEND)}
PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE")
# Nothing that it did itself: it was idle for too long, or somebody killed it.
NOT_ITS_FAULT = (0, -signal.SIGKILL, -signal.SIGTERM)
TRIES = 2
PATIENCE_S = 1.0
# A decoder ends itself when its time is over. This is for one that cannot, on a machine that does much else.
BEYOND_S = 20.0
# Python, numpy and the codecs, where thirty others do the same.
START_S = 120.0
# What to do, of which size, within how many seconds: see `decoder_process`.
Job = dict[str, Any]
Answer = tuple[ImageInfo | None, Pixels | None]
# Measured: 36 million pixels take 100 (JPEG) to 550 MB (WebP) while they are decoded and shrunk.
_budget = PixelBudget(48_000_000)


class DecoderFailed(Exception):
    """The process does not even start; the operator's to mend."""


class Decoders:
    """At most `most` processes of `command` at a time, begun when they are needed."""

    def __init__(self, most: int, command: Sequence[str] = COMMAND) -> None:
        self._command = command
        self._places = threading.BoundedSemaphore(most)
        self._idle: list[_Decoder] = []

    def warm_up(self) -> None:
        """Begin one, for the first picture, and do not wait for it."""
        self._idle.append(_Decoder(self._command))

    def do(self, job: Job, source: bytes | Path, limits: DecodeLimits, *, kind: str) -> Answer:
        """Raises the job's own error, or UserError, with the picture's `kind`, when it ends the process."""
        for _ in range(TRIES):
            with self._decoder() as decoder:
                try:
                    return decoder.do(job, source, limits)
                except Late:
                    decoder.end()
                    break
                except Closed:
                    status = decoder.end()
            if status not in NOT_ITS_FAULT:
                break
        raise breaks_decoder(kind)

    @contextmanager
    def _decoder(self) -> "Iterator[_Decoder]":
        with self._places:
            decoder = self._idle_one() or _Decoder(self._command)
            try:
                yield decoder
            except errors.RectoError:
                self._idle.append(decoder)
                raise
            except BaseException:
                # It may be in the middle of something.
                decoder.end()
                raise
            if not decoder.ended:
                self._idle.append(decoder)

    def _idle_one(self) -> "_Decoder | None":
        """One that still lives: they end by themselves when nobody needs them."""
        while self._idle:
            with suppress(IndexError):  # another thread may have taken the last one
                decoder = self._idle.pop()
                if not decoder.ended:
                    return decoder
                decoder.end()
        return None

    def end(self) -> None:
        while self._idle:
            self._idle.pop().end()


class _Decoder:
    """One process. Whoever uses it has it alone."""

    def __init__(self, command: Sequence[str]) -> None:
        passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        self._process = subprocess.Popen(
            command,
            cwd=BACKEND,
            env=passed_on | ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._jobs, self._answers = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._jobs, False)
        self._ready = False

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def do(self, job: Job, source: bytes | Path, limits: DecodeLimits) -> Answer:
        """Raises the job's own error, Closed when the process ends or is late, DecoderFailed when it never
        began."""
        self._wait_until_ready()
        until = _deadline(job)
        content = source if isinstance(source, bytes) else b""
        path = None if isinstance(source, bytes) else str(source.absolute())
        frame = {**job, "limits": vars(limits), "path": path, "bytes": len(content)}
        send(self._jobs, frame, content, until=until)
        answer = receive(self._answers, until=until)
        if "pixels" in answer:
            with _budget.share(pixels_asked_for(answer, limits)):
                until = _deadline(job)
                send(self._jobs, {}, until=until)
                return self._answer(receive(self._answers, until=until), limits, until)
        return self._answer(answer, limits, until)

    def _wait_until_ready(self) -> None:
        if not self._ready:
            try:
                receive(self._answers, until=monotonic() + START_S)
            except Closed as error:
                raise DecoderFailed(f"{self._process.args!r} ended with status {self.end()}") from error
            self._ready = True

    def _answer(self, answer: dict[str, Any], limits: DecodeLimits, until: float) -> Answer:
        if "error" in answer:
            raise error_of(answer["error"])
        info, pixels = info_of(answer), None
        if "height" in answer:
            pixels = receive_pixels(self._answers, *shape_of(answer, limits), until=until)
        return info, pixels

    def end(self) -> int:
        """Its exit status."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            return self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


def _deadline(job: Job) -> float:
    seconds: float = job["seconds"]
    return monotonic() + seconds * WALL_TIMES + BEYOND_S
