"""`python -m serve.start`: migrate, load, supervise; in the environment, holding the data folder's lock.

The very first load is done before anything is served, so that the page never greets a newcomer empty. Later
ones are done beside the running processes, so that a restart serves at once.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from serve import machine
from serve.console import Refusal, complain, say
from serve.lock import claim_data_folder
from serve.places import Places, places_from_environment
from serve.processes import programs_of, supervisor_configuration
from serve.stamps import fingerprint, is_fresh, write_stamp
from serve.supervise import supervise


def start(places: Places) -> int:
    """Serve until stopped; the exit status. Raises Refusal when a port or the data folder is taken."""
    machine.check_writable(places.data)
    claim_data_folder(places)
    machine.check_port(places.port, "RECTO_PORT")
    if places.own_extractor:
        machine.check_port(places.extractor_port, "RECTO_PORT (the extractor uses the port after it)")
    loaded = prepare_data(places)
    close_to_others(places)
    os.environ.update(places.environment())
    say("starting the processes (Ctrl-C stops them all)")
    return supervise(write_configuration(places, load=not loaded))


def prepare_data(places: Places) -> bool:
    """Migrate when that is due; load as well when nothing ever was. Returns whether it loaded."""
    places.loading.unlink(missing_ok=True)
    stamp, first = places.run / "loaded.stamp", not (places.run / "loaded.stamp").exists()
    wanted = database_state(places)
    if wanted and is_fresh(stamp, wanted):
        if hosted():
            run_load(places, "check")
        return False
    run_load(places, "migrate", *(["collections"] if first else []))
    write_stamp(stamp, database_state(places))
    return first


def close_to_others(places: Places) -> None:
    """Others who use this machine are not to read sessions, passwords and kept photographs: no more than the
    secret key, which is made like that."""
    processed = places.data / "processed"
    (processed / "kept").mkdir(mode=0o700, exist_ok=True)
    for path in (processed / "kept", *processed.glob("recto.sqlite3*")):
        # (Not every file system knows whom a file is for; and what is another user's is theirs to close.)
        with suppress(OSError):
            path.chmod(path.stat().st_mode & 0o700)


def hosted() -> bool:
    """Whether the settings have to be safe for others, which takes Django, and seconds, to say."""
    return any(os.environ.get(name, "").strip() for name in ("RECTO_HTTPS", "RECTO_HOSTED"))


def database_state(places: Places) -> str:
    """What was migrated: the migrations of every app, and which database file; '' for a database server."""
    if os.environ.get("RECTO_DATABASE_URL"):
        return ""
    database = places.data / "processed" / "recto.sqlite3"
    file = str(database.stat().st_ino) if database.exists() else "none"
    return fingerprint(
        places.backend.glob("*/migrations/*.py"), file, (places.venv / "recto.stamp").read_text()
    )


def run_load(places: Places, *what: str) -> None:
    """Migrate and load in a process of its own, whose memory is given back."""
    command = [str(places.python), "-m", "serve.load", *what]
    done = subprocess.run(command, cwd=places.backend, env=places.environment(), check=False)
    if done.returncode:
        raise Refusal("The data could not be prepared; the lines above say why. Nothing was started.")


def write_configuration(places: Places, *, load: bool) -> Path:
    """Generate supervisord.conf in the run folder; returns its path."""
    path = places.run / "supervisord.conf"
    text = supervisor_configuration(
        programs_of(places, load=load), run=places.run, directory=places.backend, python=str(places.python)
    )
    path.write_text(text)
    return path


def main() -> int:
    try:
        return start(places_from_environment())
    except Refusal as refusal:
        return complain(str(refusal))
    except KeyboardInterrupt:
        return complain("interrupted before it served; run the same command again to go on")


if __name__ == "__main__":
    sys.exit(main())
