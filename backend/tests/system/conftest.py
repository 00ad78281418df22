"""Fixtures: one Recto of real processes for all tests of this folder."""

from __future__ import annotations

import random
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from serve.places import HOST
from serve.throwaway import Throwaway, start_throwaway

# What a search confirms in a quarter of a second depends on what else the machine does.
PATIENT = {"RECTO_VERIFY_MS": "20000"}


def free_low_port() -> int:
    """Below the ports that systems give to connections: what is free now is so when it is opened."""
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind((HOST, port))
            return port
    raise RuntimeError("no port between 20,000 and 30,000 is free")


# The site that may show the search box in a frame: frontend/e2e/embed.spec.ts serves its pages.
EMBEDDING_SITE = f"http://{HOST}:{free_low_port()}"


@dataclass(frozen=True)
class FirstRun:
    """What was seen before the tests: a first start, Ctrl-C, and a second start."""

    output: str
    exit_status: int
    survivors: list[str]
    seconds_to_stop: float
    seconds_to_second_start: float


@dataclass(frozen=True)
class System:
    """A Recto that serves the sample collection, at its second start, and what its first run was like."""

    recto: Throwaway
    first_run: FirstRun

    @property
    def url(self) -> str:
        return self.recto.url

    def process(self, words: str) -> psutil.Process | None:
        """The supervisor's own child whose command line contains the words, or None while there is none."""
        children = psutil.Process(self.recto.process.pid).children()
        return next((process for process in children if words in command_line(process)), None)

    def family(self, words: str) -> list[psutil.Process]:
        """That child and all below it."""
        process = self.process(words)
        assert process, f"no process {words!r} runs"
        return [process, *process.children(recursive=True)]


def command_line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Start, load, make everything findable, press Ctrl-C, start again; stop at the end of all tests."""
    data = tmp_path_factory.mktemp("recto") / "data"
    recto = start_throwaway(data, **PATIENT, RECTO_EMBED_ORIGINS=EMBEDDING_SITE)
    try:
        recto.wait_until_serving()
        recto.wait_until_searchable()
        stopped = stop_and_look(recto)
        started = time.monotonic()
        recto = start_throwaway(data, **PATIENT, RECTO_EMBED_ORIGINS=EMBEDDING_SITE)
        recto.wait_until_serving()
        first_run = FirstRun(*stopped, time.monotonic() - started)
        recto.wait_until_extracting()
        yield System(recto, first_run)
    finally:
        recto.stop(signal.SIGTERM)


def stop_and_look(recto: Throwaway) -> tuple[str, int, list[str], float]:
    """Press Ctrl-C; the output, the exit status, the command lines of what survived, and the seconds."""
    family = psutil.Process(recto.process.pid).children(recursive=True)
    started = time.monotonic()
    status = recto.stop(signal.SIGINT)
    seconds = time.monotonic() - started
    _, alive = psutil.wait_procs(family, timeout=2)
    survivors = [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]
    return recto.output, status, list(map(command_line, survivors)), seconds


def wait_until(done: object, *, seconds: float = 60.0, what: str) -> None:
    """Ask a callable until it answers true; fails the test, naming what was waited for."""
    assert callable(done)
    until = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < until, f"{what} did not happen within {seconds:.0f} s"
        time.sleep(0.05)


@pytest.fixture
def prints_folder() -> Path:
    """The real prints beside the repository; the test is skipped by name where they are not."""
    folder = Path(__file__).resolve().parents[4] / "shared" / "data" / "prints"
    if not folder.is_dir():
        pytest.skip("needs the prints in ../shared/data/prints")
    return folder
