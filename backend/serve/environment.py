"""The one Python environment, .venv at the repository root, with every package pinned."""

from __future__ import annotations

import subprocess
import sys
from collections import deque
from pathlib import Path

from serve import machine
from serve.console import Refusal, say, step
from serve.places import Places
from serve.stamps import fingerprint, is_fresh, write_stamp

BIG_DOWNLOAD = " MB)"
PIP_FAILED = (
    "pip could not install the packages (exit status {status}); its last lines are above. "
    "It needs to reach the package registry (behind a proxy: HTTPS_PROXY; your own registry: PIP_INDEX_URL); "
    "then run the same command again."
)


def ensure_environment(places: Places, *, development: bool = False, hosted: bool = False) -> None:
    """Make or refresh .venv; does nothing when the pinned requirements are those it was made from.

    Raises Refusal when this Python cannot make one, the disk is full, or pip fails.
    """
    requirements = requirement_files(places, development=development, hosted=hosted)
    kind = "-hosted" if hosted else "-development" if development else ""
    stamp = places.venv / f"recto{kind}.stamp"
    # The folder counts, because scripts in an environment break when it is moved.
    wanted = fingerprint(requirements, str(places.venv), sys.version)
    if is_fresh(stamp, wanted) and works(places.python):
        return
    machine.check_venv()
    machine.check_space(places.root, machine.SPACE_FOR_ENVIRONMENT, "the environment")
    with step("installing the pinned Python packages into .venv (a few minutes the first time)"):
        make_environment(places)
        install(places.python, requirements)
    write_stamp(stamp, wanted)


def requirement_files(places: Places, *, development: bool, hosted: bool = False) -> list[Path]:
    """The pinned requirements of the parts, all installed together."""
    files = [
        places.search_model / "requirements-extractor.txt",
        places.backend / "requirements.txt",
        places.backend / "serve" / "requirements.txt",
    ]
    if development or hosted:
        files.append(places.backend / "requirements-dev.txt")
    if hosted:
        files.append(places.backend / "requirements-hosted.txt")
    return files


def works(python: Path) -> bool:
    """Whether the environment's Python still starts and is of this version."""
    if not python.exists():
        return False
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    answer = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == "{}.{}".format(*sys.version_info)


def make_environment(places: Places) -> None:
    """Make .venv if it does not work yet, and let it import search_model from the repository."""
    if not works(places.python):
        subprocess.run([sys.executable, "-m", "venv", "--clear", places.venv], check=True)
    site_packages = next((places.venv / "lib").glob("python3.*/site-packages"))
    (site_packages / "recto-search-model.pth").write_text(f"{places.search_model}\n")


def install(python: Path, requirements: list[Path]) -> None:
    """Let pip install the pinned requirements, naming the big downloads while it works."""
    command = [str(python), "-m", "pip", "install", "--no-input", "--progress-bar", "off"]
    command += ["--disable-pip-version-check", *(word for path in requirements for word in ("-r", str(path)))]
    last: deque[str] = deque(maxlen=15)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            last.append(line.rstrip())
            say_if_telling(line.strip())
    if pip.returncode:
        raise Refusal("\n".join([*last, PIP_FAILED.format(status=pip.returncode)]))


def say_if_telling(line: str) -> None:
    """Show the lines of pip that say what one waits for."""
    if line.startswith("Installing collected packages"):
        say(f"  installing {line.count(',') + 1} packages")
    elif line.startswith("Downloading") and BIG_DOWNLOAD in line:
        say(f"  {line[0].lower()}{line[1:]}")
