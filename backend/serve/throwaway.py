"""A Recto of its own for a test or a measurement: the real processes, free ports, a temporary data folder."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from zlib import crc32

import psycopg
from psycopg.sql import SQL, Identifier

from serve.announce import ask
from serve.console import Refusal
from serve.machine import free_port_pair
from serve.places import HOST, Places, places_from_environment

PATIENCE_TO_STOP = 90.0  # seconds; requests that run are finished first


@dataclass
class Throwaway:
    """A running Recto: where it is, what it printed, and its supervisor's process."""

    places: Places
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        return self.places.url

    @property
    def output(self) -> str:
        """Everything the processes printed so far."""
        return self.log.read_text(errors="replace")

    def wait_until_serving(self, patience: float = 900.0) -> None:
        """Return when the page answers (the first time, the sample is drawn first). Raises Refusal."""
        self.wait_until(lambda: ask(f"{self.url}/health/live") is not None, "the page", patience)

    def wait_until_extracting(self, patience: float = 180.0) -> None:
        """Return when the extractor has loaded its network, so that new pictures can be searched with."""
        self.wait_until(
            lambda: ask(f"{self.places.extractor_url}/health") is not None, "the network", patience
        )

    def wait_until_searchable(self, patience: float = 600.0) -> None:
        """Return when every image has the features of both roads and the index serves them."""
        self.wait_until(self.is_searchable, "every image's features", patience)

    def is_searchable(self) -> bool:
        info = ask(f"{self.url}/api/v1/info/") or {}
        described = {info.get("features"), info.get("local", {}).get("features")}
        return bool(info.get("images")) and described == {info["images"]}

    def is_published(self) -> bool:
        """Whether a version of each road's index is in force."""
        info = ask(f"{self.url}/api/v1/info/") or {}
        return bool(info.get("index_version") and info.get("local", {}).get("index_version"))

    def wait_until(self, done: Callable[[], bool], what: str, patience: float) -> None:
        """Ask until `done`; raises Refusal, with the last output, when it takes too long or all died."""
        until = time.monotonic() + patience
        while not done():
            if self.process.poll() is not None or time.monotonic() > until:
                raise Refusal(f"{what} did not come within {patience:.0f} s:\n{self.output[-4000:]}")
            time.sleep(0.1)

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Stop it as Ctrl-C does; returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(PATIENCE_TO_STOP)


def start_throwaway(data: Path, **env: str) -> Throwaway:
    """Start a Recto over this data folder on free ports; its output goes into a file beside the folder."""
    port = free_port_pair()
    places = replace(
        places_from_environment({}),
        data=data,
        port=port,
        extractor_port=port + 1,
        extractor_url=f"http://{HOST}:{port + 1}",
    )
    make_own_database(data)
    log = data.with_suffix(".log")
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(places.python), "-m", "serve.start"],
            cwd=places.backend,
            env={**clean_environment(places), **env},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    return Throwaway(places, process, log)


def clean_environment(places: Places) -> dict[str, str]:
    """The environment of these places, with nothing of the caller's own Recto in it."""
    own = ("RECTO_DATA_DIR", "RECTO_PORT", "RECTO_EXTRACTOR_PORT")
    env = places.environment()
    foreign = ("RECTO_", "DJANGO_")  # pytest-django names the settings of the tests
    dropped = [name for name in env if name.startswith(foreign) and name not in own]
    kept = {name: value for name, value in env.items() if name not in dropped}
    chosen = {name: os.environ[name] for name in DESCRIPTOR_CHOICE if name in os.environ}
    return kept | chosen | own_servers(places.data)


DESCRIPTOR_CHOICE = (
    "RECTO_DESCRIPTOR",
    "RECTO_COMPACT_WEIGHTS",
    "RECTO_VGG16_WEIGHTS",
    "RECTO_VGG16_MD5",
)


def own_servers(data: Path) -> dict[str, str]:
    """With `make test-hosted`, this data folder's own database and broker; else SQLite and a folder."""
    if "RECTO_TEST_DATABASE_URL" not in os.environ:
        return {}
    database = urlsplit(os.environ["RECTO_TEST_DATABASE_URL"])
    number = crc32(str(data).encode())
    return {
        "RECTO_DATABASE_URL": urlunsplit(database._replace(path=f"/recto_{number}")),
        "RECTO_BROKER_URL": f"{os.environ['RECTO_TEST_REDIS_URL']}/{number % 10_000}",
    }


def make_own_database(data: Path) -> None:
    """Make the database that `own_servers` names, if there is to be one and it is not there yet."""
    if not (own := own_servers(data)):
        return
    name = urlsplit(own["RECTO_DATABASE_URL"]).path.strip("/")
    with psycopg.connect(os.environ["RECTO_TEST_DATABASE_URL"], autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))


@contextmanager
def throwaway(collections: dict[str, Path], **env: str) -> Iterator[Throwaway]:
    """A Recto over links to these collections (none: the sample collection), gone at the end."""
    with tempfile.TemporaryDirectory(prefix="recto-") as folder:
        data = Path(folder) / "data"
        (data / "raw").mkdir(parents=True)
        for name, source in collections.items():
            (data / "raw" / name).symlink_to(source.resolve(), target_is_directory=True)
        recto = start_throwaway(data, **env)
        try:
            recto.wait_until_serving()
            yield recto
        finally:
            recto.stop()
