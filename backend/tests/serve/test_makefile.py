"""What a service manager does to `make run` reaches Recto itself."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from serve.places import ROOT

MAKE = shutil.which("make")
STAND_IN = """#!/bin/sh
trap 'echo told to stop; exit 0' TERM
echo "$@"
while :; do sleep 0.05; done
"""


@pytest.mark.skipif(MAKE is None, reason="make is not installed")
def test_sigterm_to_make_alone_reaches_what_it_runs(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text(STAND_IN)
    python.chmod(0o755)
    output = tmp_path / "output"
    with output.open("w") as file:
        make = subprocess.Popen([str(MAKE), "run", f"PYTHON={python}"], cwd=ROOT, stdout=file, stderr=file)
    wait_for(output, "-m serve run")
    os.kill(make.pid, signal.SIGTERM)
    make.wait(timeout=30)
    wait_for(output, "told to stop")


def wait_for(file: Path, text: str) -> None:
    until = time.monotonic() + 30
    while text not in (found := file.read_text()):
        assert time.monotonic() < until, f"{text!r} is not in {found!r}"
        time.sleep(0.02)
