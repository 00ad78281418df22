"""`make requirements`: pin every requirements.in, with all that it brings, into the .txt file beside it.

The files name packages and versions only, no index and no path, so that they fit every machine. All are
installed into one environment, so that each is resolved under the constraints of those before it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from serve.console import Refusal, complain, say
from serve.places import ROOT

SOURCES = (
    "search-model/requirements.in",
    "search-model/requirements-extractor.in",
    "backend/requirements.in",
    "backend/serve/requirements.in",
    "backend/requirements-dev.in",
    "backend/requirements-hosted.in",
)
HEAD = "# Pinned by `make requirements` from {source}; edit that file, not this one.\n"
FOREIGN = re.compile(
    r"https?://|file://|^\s*(-i|--index|--extra-index|--find-links|--trusted)|/(tmp|root|home|opt|work)/",
    re.M,
)
# pip resolves for the machine it runs on, and TensorFlow is two packages: a small one for Linux on x86-64.
HERE = re.compile(r"^tensorflow-cpu==(\S+)( ;.*)?$", re.M)
LINUX_X86 = 'sys_platform == "linux" and platform_machine == "x86_64"'
OTHERS = 'sys_platform != "linux" or platform_machine != "x86_64"'


def pin(source: Path, constraints: list[Path]) -> Path:
    """Write the pins of one requirements.in; returns the file. Raises Refusal when pip cannot resolve it."""
    target = source.with_suffix(".txt")
    options = ["--quiet", "--no-header", "--strip-extras", "--allow-unsafe", "--annotation-style=line"]
    options += ["--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host", "--no-emit-options"]
    options += [
        word for path in constraints for word in ("--constraint", os.path.relpath(path, source.parent))
    ]
    command = [
        sys.executable,
        "-m",
        "piptools",
        "compile",
        *options,
        "--output-file",
        target.name,
        source.name,
    ]
    done = subprocess.run(command, cwd=source.parent, check=False)
    if done.returncode:
        raise Refusal(f"pip-compile could not resolve {source.relative_to(ROOT)}; its lines are above.")
    pins = both_tensorflows(target.read_text())
    target.write_text(HEAD.format(source=source.name) + pins)
    return target


def both_tensorflows(pins: str) -> str:
    """Add the pin of TensorFlow for the machines that this one is not."""
    return HERE.sub(rf"tensorflow-cpu==\1 ; {LINUX_X86}\ntensorflow==\1 ; {OTHERS}", pins)


def check(target: Path) -> None:
    """Refuse pins that name an index, a host or a path of this machine, or that leave a version open."""
    for line in target.read_text().splitlines():
        if FOREIGN.search(line) or (line and not line.lstrip().startswith("#") and "==" not in line):
            raise Refusal(f"{target.relative_to(ROOT)} holds a line that fits this machine only: {line}")


def main() -> int:
    pinned: list[Path] = []
    try:
        for source in SOURCES:
            pinned.append(pin(ROOT / source, pinned))
            check(pinned[-1])
            say(f"pinned {pinned[-1].relative_to(ROOT)}")
    except Refusal as refusal:
        return complain(str(refusal))
    return 0


if __name__ == "__main__":
    sys.exit(main())
