"""Locks that vanish with the process that holds them, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from serve.console import Refusal, say
from serve.places import Places


@contextmanager
def one_preparation(root: Path, by: str = "another `make` prepares the environment") -> Iterator[None]:
    """Let one at a time prepare what is kept in this folder; the others say by whom, and wait."""
    folder = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"{by}; waiting for it ...")
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def claim_data_folder(places: Places) -> int:
    """Take the data folder for this process until it ends; returns the open lock file's descriptor.

    Raises Refusal, naming the other process and its address, when a Recto serves this folder already.
    """
    places.run.mkdir(parents=True, exist_ok=True)
    lock = os.open(places.run / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.read(lock, 200).decode("utf-8", "replace").strip() or "another process"
        os.close(lock)
        raise Refusal(
            f"Recto already serves {places.data} ({holder}): stop it first, "
            "or set RECTO_DATA_DIR and RECTO_PORT to run a second one."
        ) from error
    os.ftruncate(lock, 0)
    os.write(lock, f"process {os.getpid()}, {places.url}\n".encode())
    return lock
