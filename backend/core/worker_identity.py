"""Who runs a job, and whether that process still lives.

A process that runs jobs holds a lock on a file named after it. The kernel drops the lock when the process
dies, kill -9 included, and no other process can be mistaken for it, as a reused process id could.
"""

import fcntl
import os
import secrets
import socket
import threading
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

_stop = threading.Event()


@dataclass(frozen=True)
class _Identity:
    pid: int
    token: str
    # A number, no file object: it is held until the process ends, on purpose, and nobody need warn of it.
    lock: int


_identity: _Identity | None = None
_making = threading.Lock()


def token() -> str:
    """This process's name, such as `museum-pc:4711:9f86d081`; its lock is held from the first call on."""
    global _identity
    with _making:
        # A forked child has its parent's identity in memory, but is another process.
        if _identity is None or _identity.pid != os.getpid():
            _let_go()
            name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
            _identity = _Identity(os.getpid(), name, _locked(_lock_path(name)))
        return _identity.token


def forget() -> None:
    """Give the name and its lock up; jobs that still carry the name count as lost from now on."""
    with _making:
        _let_go()


def _let_go() -> None:
    """A child lets go of its parent's, too: else the lock would outlive the parent.

    Forgotten first: a number that is closed a second time may be another file's by then.
    """
    global _identity
    if _identity is not None:
        lock, _identity = _identity.lock, None
        os.close(lock)


def known_dead(other: str) -> bool:
    """Whether the process named `other` is certainly dead. Only this machine's processes can be known so."""
    return on_this_machine(other) and _is_free(_lock_path(other))


def remove_locks_of_the_dead() -> None:
    """At the start of a worker: its predecessors' files are of no use to anybody."""
    for path in _lock_folder().glob("*.lock"):
        _is_free(path)


def on_this_machine(other: str) -> bool:
    return other.startswith(f"{socket.gethostname()}:")


def request_stop() -> None:
    """Ask the job that this process runs to give itself back at its next progress."""
    _stop.set()


def stop_requested() -> bool:
    return _stop.is_set()


def _lock_folder() -> Path:
    return Path(settings.RECTO_PROCESSED_DIR) / "workers"


def _lock_path(name: str) -> Path:
    return _lock_folder() / f"{name.replace(':', '_')}.lock"


def _locked(path: Path) -> int:
    """A new file, open and locked."""
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        fcntl.flock(file, fcntl.LOCK_EX)
        if path.exists():
            return file
        # Another process took it for a dead one's in the moment before it was locked, and removed it.
        os.close(file)


def _is_free(path: Path) -> bool:
    """Whether nobody holds the lock; a file that is free is removed."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink(missing_ok=True)
    except FileNotFoundError:
        return True
    except BlockingIOError:
        return False
    return True
