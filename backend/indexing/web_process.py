"""A web process as it is served, for benchmarks: how large it is once it searches, and how fast."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter, sleep

import requests

from catalog.models import Print

BACKEND = Path(__file__).resolve().parents[1]
SEARCHES = 20
START_TIMEOUT_S = 60.0


class WebProcessFailed(Exception):
    """The web process did not start or did not answer; the text says how."""


@dataclass(frozen=True)
class WebProcess:
    """Resident memory, the mapped index included, and milliseconds of searches by a stored vector."""

    memory_mb: float
    first_ms: float
    median_ms: float


def measure_web_process(*, port: int) -> WebProcess:
    """Start a server on this database, have it search, and look at its worker. Raises WebProcessFailed."""
    ids = list(Print.objects.order_by("?").values_list("pk", flat=True)[: SEARCHES + 1])
    with served(port, os.environ) as server:
        times = [_search_ms(f"http://127.0.0.1:{port}/api/v1/prints/{i}/similar/") for i in ids]
        return WebProcess(_memory_mb(_worker_of(server.pid)), times[0], median(times[1:]))


def _search_ms(url: str) -> float:
    started = perf_counter()
    response = requests.get(url, timeout=START_TIMEOUT_S)
    if response.status_code != 200:
        raise WebProcessFailed(f"{url} answered {response.status_code}: {response.text[:500]}")
    return 1000 * (perf_counter() - started)


@contextmanager
def served(port: int, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A server with one worker of eight threads, for as long as the block lasts. Raises WebProcessFailed."""
    options = ["--worker-class", "gthread", "--workers", "1", "--threads", "8", "--log-level", "warning"]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", *options]
    server = subprocess.Popen([*command, "--no-control-socket"], cwd=BACKEND, env=dict(environment))
    try:
        _wait_until_alive(port, server)
        yield server
    finally:
        server.terminate()
        server.wait(30)


def _wait_until_alive(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = monotonic() + START_TIMEOUT_S
    while server.poll() is None and monotonic() < deadline:
        try:
            requests.get(f"http://127.0.0.1:{port}/health/live", timeout=2)
        except requests.RequestException:
            sleep(0.1)
        else:
            return
    raise WebProcessFailed(f"The web process did not start on port {port}; is the port taken?")


def _worker_of(pid: int) -> int:
    """gunicorn's one worker is the child of the process that was started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if children else pid


def _memory_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise WebProcessFailed(f"The memory of process {pid} cannot be read.")
