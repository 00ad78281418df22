"""A server process that is killed and after a while started again as it was, as a container engine would."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from serve.child import die_with_parent
from serve.places import HOST

TRIES = 20  # what a killed PostgreSQL leaves is in its successor's way for a moment


class Server:
    """Starts it; `kill()` leaves nothing of it."""

    def __init__(
        self,
        command: Sequence[str],
        log: Path,
        *,
        env: Mapping[str, str] | None = None,
        user: str | None = None,
        folder: Path | None = None,
    ) -> None:
        self._command, self._log, self._env, self._user = list(command), log, env, user
        self._folder = folder or log.parent
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """One that ends at once is started again a few times."""
        for _ in range(TRIES):
            with self._log.open("ab") as output:
                self._process = subprocess.Popen(
                    self._command,
                    cwd=self._folder,
                    env=None if self._env is None else dict(self._env),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    preexec_fn=die_with_parent,
                    start_new_session=True,
                    user=self._user,
                )
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.5)
                continue
            return

    def kill(self) -> None:
        """SIGKILL to it and all its children, which have its session."""
        if self._process:
            kill_session(self._process.pid)
            self._process.wait()


def kill_session(leader: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def taken_over(process: subprocess.Popen[bytes], log: Path, *more: str, user: str | None = None) -> Server:
    """The same server again, with more words on its command line, started in place of the one that runs."""
    # (Not as the system tells it: Redis gives itself another title.)
    assert isinstance(process.args, list)
    command = [str(word) for word in process.args]
    kill_session(process.pid)
    process.wait()
    server = Server([*command, *more], log, user=user)
    server.start()
    return server


def wait_for_port(port: int, patience: float = 60.0) -> None:
    """Until somebody listens there; returns all the same when nobody does in time."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        for connection in psutil.net_connections("tcp4"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr == (HOST, port):
                return
        time.sleep(0.2)
