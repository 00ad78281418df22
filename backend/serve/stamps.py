"""Is a step's result still fresh? A stamp keeps the hash of what the step was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(paths: Iterable[Path], *words: str) -> str:
    """SHA-256 over the words, and the names and bytes of the files (of all files below a folder)."""
    digest = hashlib.sha256("\0".join(words).encode())
    for file in sorted(file for path in paths for file in files_below(path)):
        digest.update(f"\0{file}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def files_below(path: Path) -> Iterable[Path]:
    """The file itself, or every file below the folder; nothing where there is neither."""
    return (
        (file for file in path.rglob("*") if file.is_file())
        if path.is_dir()
        else filter(Path.is_file, [path])
    )


def is_fresh(stamp: Path, value: str) -> bool:
    """Whether the stamp was written for this fingerprint."""
    return stamp.is_file() and stamp.read_text() == value


def write_stamp(stamp: Path, value: str) -> None:
    """Remember, after the step succeeded, what it was made from."""
    stamp.write_text(value)
