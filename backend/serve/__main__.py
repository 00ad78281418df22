"""`python3 -m serve COMMAND`, run from backend/. Finds a Python that is new enough, then does the command.

This file alone must be readable by any Python 3, so that an old one can say what is missing.
"""

import os
import shutil
import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 13)  # TensorFlow has no wheels beyond


def fitting(version: "tuple[int, ...]") -> bool:
    """Say whether Recto's pinned packages exist for this (major, minor)."""
    return OLDEST <= tuple(version[:2]) <= NEWEST


def use_a_fitting_python() -> None:
    """Replace this process by a newer (or older) Python of this machine, or say which one to install."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which("python3.%d" % minor)  # noqa: UP031 - old Pythons read this line
        # A version manager may put a name on the path that answers nothing but an error.
        if other and subprocess.call([other, "-c", "import venv"], stderr=subprocess.DEVNULL) == 0:
            os.execv(other, [other, "-m", "serve"] + sys.argv[1:])  # noqa: RUF005
    sys.exit(
        "Recto needs Python 3.11, 3.12 or 3.13; `python3` here is %d.%d and no other was found. "  # noqa: UP031
        "Install one (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.13) "
        "or name it: make run PYTHON=/path/to/python3.13" % sys.version_info[:2]
    )


if __name__ == "__main__":
    if not fitting(sys.version_info[:2]):
        use_a_fitting_python()
    from serve.commands import main

    sys.exit(main(sys.argv[1:]))
