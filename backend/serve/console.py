"""What the commands say: steps with the time they took, and refusals of one sentence."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Refusal(Exception):
    """The command cannot go on; the message names the thing and the remedy."""


def say(text: str) -> None:
    """Print one line at once, also when standard output is a file or a pipe."""
    supervised = "SUPERVISOR_ENABLED" in os.environ  # then the supervisor writes a name before each line
    write(text if supervised else f"recto     | {text}")


def write(text: str) -> None:
    """Print one line as it is."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a long step, and say how long it took."""
    say(f"{text} ...")
    started = time.monotonic()
    yield
    say(f"{text}: done in {duration(time.monotonic() - started)}")


class ProgressLine:
    """A line that counts: redrawn in place on a terminal, printed at every tenth of the way elsewhere."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tenth = -1

    def __call__(self, done: int, total: int, what: str = "") -> None:
        """Show that `done` of `total` are done."""
        tenth, last = done * 10 // max(total, 1), done == total
        if sys.stdout.isatty():
            sys.stdout.write(f"\rrecto     | {self.text}: {done} of {total}" + "\n" * last)
            sys.stdout.flush()
        elif tenth != self.tenth:
            say(f"{self.text}: {done} of {total}")
        self.tenth = tenth


def duration(seconds: float) -> str:
    """Seconds as people say them: '4.2 s', '3 min 05 s'."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60:02d} s"


def complain(text: str) -> int:
    """Print why the command stopped to standard error; returns the exit status."""
    sys.stderr.write(f"recto     | {text}\n")
    return 1
