"""`python -m serve.hosted web|indexer|importer|beat|prepare`: become one process of a hosted Recto.

For containers (docker-compose.yml), where an engine keeps them running. The commands are those of `make run`,
from the same home (processes.py).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from serve.console import complain
from serve.lock import one_preparation
from serve.places import Places, places_from_environment
from serve.processes import WORKERS, Program, beat_program, web_program, worker_program

EVERYWHERE = "0.0.0.0"
# Before anything is served: settings that are not safe stop the start, then the database follows the code.
PREPARATIONS = (("check", "--deploy"), ("migrate", "--noinput"))


def program_of(places: Places, name: str) -> Program:
    if name == "web":
        return web_program(places, host=EVERYWHERE)
    if name == "beat":
        return beat_program(places)
    return worker_program(places, name)


def prepare(places: Places) -> int:
    """Check, migrate, leave the limits for nginx; the exit status of what failed first, or 0.

    Of several at once, which share the data folder, each waits for the one before: PostgreSQL would let both
    make the same table, and fail one.
    """
    places.run.mkdir(parents=True, exist_ok=True)
    with one_preparation(places.run, "another container prepares the database"):
        return prepare_alone(places)


def prepare_alone(places: Places) -> int:
    manage, env = (str(places.python), "manage.py"), places.environment()
    for words in PREPARATIONS:
        if status := subprocess.run([*manage, *words], env=env, check=False).returncode:
            return complain(f"`manage.py {' '.join(words)}` failed with exit status {status}: nothing starts")
    limits = subprocess.run([*manage, "proxy_limits"], env=env, check=True, stdout=subprocess.PIPE).stdout
    write_whole(places.run / "proxy-limits", limits)
    return 0


def write_whole(path: Path, content: bytes) -> None:
    """Beside its place, then renamed: whoever reads it reads all of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    os.replace(draft, path)


def main(arguments: list[str]) -> int:
    places = places_from_environment()
    if arguments == ["prepare"]:
        return prepare(places)
    if len(arguments) != 1 or arguments[0] not in {"web", "beat", *WORKERS}:
        return complain(f"usage: python -m serve.hosted prepare|web|beat|{'|'.join(WORKERS)}")
    program = program_of(places, arguments[0])
    return os.execve(program.command[0], program.command, {**places.environment(), **program.environment})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
