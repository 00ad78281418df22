"""A Recto whose every part can be struck: its servers, its extractor, the wires between them, disk and clock.

The parts are those of `make run`; the extractor and (with HOSTED=1) PostgreSQL and Redis run beside it,
behind wires that can be slow, and are started again by us as a container engine would do it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil

from serve.console import say
from serve.machine import free_port_pair
from serve.measuring import material
from serve.places import HOST
from serve.real_prints import copy_prints
from serve.servers import Servers, running_servers, unprivileged
from serve.throwaway import Throwaway, clean_environment, own_servers, start_throwaway
from serve.under_faults.clock import Clock
from serve.under_faults.network import Wire
from serve.under_faults.server import Server, taken_over, wait_for_port

PRINTS = 60  # of the real ones; without them it is the sample collection
DISK_MB = 2500  # of the data folder: archives are refused where less than 1 GB would stay free
# Searches are kept all the time here, by one asker.
MANY_KEPT = {"RECTO_KEEP_PER_ASKER": "1000000", "RECTO_KEEP_MAX": "1000000"}
PATIENCE_TO_START = 900.0
# A transaction that was accepted is to outlive the server's death: not as in tests, which are in a hurry.
DURABLE = ("-c", "synchronous_commit=on")


@dataclass
class Stand:
    """`database` and `redis` are None without HOSTED=1; `full_disk` says why no disk can be filled, or ''."""

    recto: Throwaway
    env: dict[str, str]
    clock: Clock
    extractor: Server
    database: Server | None
    redis: Server | None
    full_disk: str
    wires: dict[str, Wire] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.recto.url

    @property
    def data(self) -> Path:
        return self.recto.places.data

    def process(self, words: str) -> psutil.Process | None:
        """The supervisor's child whose command line contains the words; None while there is none."""
        with suppress(psutil.NoSuchProcess):
            for process in psutil.Process(self.recto.process.pid).children():
                with suppress(psutil.NoSuchProcess):
                    if words in " ".join(process.cmdline()):
                        return process
        return None

    def kill_everything(self) -> None:
        """The supervisor and all below it at once: as when the machine loses its power."""
        family = psutil.Process(self.recto.process.pid)
        for process in [family, *family.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.recto.process.wait()

    def start_again(self) -> None:
        self.recto = start_throwaway(self.data, **self.env)


@contextmanager
def stand(*, hosted: bool) -> Iterator[Stand]:
    """Started and searchable; gone at the end. Raises Refusal."""
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="recto-faults-")))
        folder.chmod(0o711)
        servers = ends.enter_context(running_servers()) if hosted else None
        os.environ.update(servers.environment if servers else {})
        data, full_disk = ends.enter_context(small_disk(folder / "data"))
        made = start(folder, data, full_disk, servers, ends)
        ends.callback(lambda: made.recto.stop())
        say("starting a Recto of its own, and making its images findable ...")
        made.recto.wait_until_serving(PATIENCE_TO_START)
        made.recto.wait_until_searchable(PATIENCE_TO_START)
        yield made


def start(folder: Path, data: Path, full_disk: str, servers: Servers | None, ends: ExitStack) -> Stand:
    clock, port = Clock(folder), free_port_pair()
    wires = {"extractor": Wire(port)}
    env = {
        "RECTO_EXTRACTOR_URL": f"http://{HOST}:{wires['extractor'].port}",
        **MANY_KEPT,
        **clock.environment,
    }
    database = redis = None
    if servers:
        database, redis = take_over(servers, ends)
        wires |= {"database": Wire(servers.port), "redis": Wire(servers.redis_port)}
        env |= through_wires(data, wires)
    # (The first start makes the database, and needs nothing of the extractor yet.)
    recto = start_throwaway(data, **env)
    command = (str(recto.places.python), "-m", "search_model.extractor")
    own = {**clean_environment(recto.places), "RECTO_EXTRACTOR_PORT": str(port)}
    extractor = Server(command, folder / "extractor.log", env=own, folder=recto.places.backend)
    extractor.start()
    ends.callback(extractor.kill)
    return Stand(recto, env, clock, extractor, database, redis, full_disk, wires)


def take_over(servers: Servers, ends: ExitStack) -> tuple[Server, Server]:
    """PostgreSQL, which now keeps what it has accepted, and Redis, which keeps nothing."""
    log = servers.folder / "postgresql.log"
    database = taken_over(servers.postgresql, log, *DURABLE, user=unprivileged())
    ends.callback(database.kill)
    redis = taken_over(servers.redis, servers.folder / "redis.log")
    ends.callback(redis.kill)
    for port in (servers.port, servers.redis_port):
        wait_for_port(port)
    return database, redis


def through_wires(data: Path, wires: dict[str, Wire]) -> dict[str, str]:
    """The addresses of this data folder's own database and broker, each through its wire."""
    own = own_servers(data)
    name = urlsplit(own["RECTO_DATABASE_URL"]).path
    broker = urlsplit(own["RECTO_BROKER_URL"])
    at_redis = f"{HOST}:{wires['redis'].port}"
    return {
        "RECTO_DATABASE_URL": f"postgresql://recto@{HOST}:{wires['database'].port}{name}",
        "RECTO_BROKER_URL": urlunsplit(broker._replace(netloc=at_redis)),
        "RECTO_CACHE_URL": f"redis://{at_redis}/0",
    }


@contextmanager
def small_disk(folder: Path) -> Iterator[tuple[Path, str]]:
    """A disk of its own for the data folder where we may mount one, and why not elsewhere."""
    folder.mkdir()
    reason = mount(folder)
    if prints := material("prints"):
        copy_prints(prints, folder / "raw" / "prints", PRINTS)
    try:
        yield folder, reason
    finally:
        if not reason:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)


def mount(folder: Path) -> str:
    if not sys.platform.startswith("linux") or os.geteuid() != 0 or not shutil.which("mount"):
        return "to fill a disk one has to be mounted, which needs Linux and root"
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=755", "recto-faults", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return f"no disk could be mounted: {done.stderr.strip()}" if done.returncode else ""
