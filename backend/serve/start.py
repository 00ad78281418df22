"""`python -m serve.start`: migrate, load, supervise; in the environment, holding the data folder's lock."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from serve import machine
from serve.console import Refusal, complain, say
from serve.lock import claim_data_folder
from serve.places import Places, places_from_environment
from serve.processes import programs_of, supervisor_configuration
from serve.supervise import supervise


def start(places: Places) -> int:
    """Serve until stopped; the exit status. Raises Refusal when a port or the data folder is taken."""
    machine.check_writable(places.data)
    claim_data_folder(places)
    machine.check_port(places.port, "RECTO_PORT")
    if places.own_extractor:
        machine.check_port(places.extractor_port, "RECTO_PORT (the extractor uses the port after it)")
    load(places)
    os.environ.update(places.environment())
    say("starting the processes (Ctrl-C stops them all)")
    return supervise(write_configuration(places))


def load(places: Places) -> None:
    """Migrate the database and load what is new, in a process of its own whose memory is given back."""
    command = [str(places.python), "-m", "serve.load"]
    done = subprocess.run(command, cwd=places.backend, env=places.environment(), check=False)
    if done.returncode:
        raise Refusal("The data could not be prepared; the lines above say why. Nothing was started.")


def write_configuration(places: Places) -> Path:
    """Generate supervisord.conf in the run folder; returns its path."""
    path = places.run / "supervisord.conf"
    text = supervisor_configuration(
        programs_of(places), run=places.run, directory=places.backend, python=str(places.python)
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
