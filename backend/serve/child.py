"""`python -m serve.child [--nice N] [--after URL] COMMAND...`: become the command; die with the supervisor.

Even a supervisor that was killed with SIGKILL then leaves no process behind (on Linux; macOS has no such
call). With --nice, it has the processor after others. With --after, wait until the address answers, so that
the page does not start in a crowd.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

from serve.announce import wait_for

PR_SET_PDEATHSIG = 1  # linux/prctl.h
PATIENCE = 20.0  # seconds; then it starts all the same


def die_with_parent() -> None:
    """Ask Linux to send this process (and what it becomes) SIGTERM when its parent dies."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    # It may have died before that call; then nobody would send the signal.
    if str(os.getppid()) != os.environ.get("RECTO_SUPERVISOR_PID", str(os.getppid())):
        sys.exit("serve.child: the supervisor is gone")


def main(arguments: list[str]) -> None:
    die_with_parent()
    if arguments[0] == "--nice":
        os.nice(int(arguments[1]))
        arguments = arguments[2:]
    if arguments[0] == "--after":
        wait_for(arguments[1], patience=PATIENCE)
        arguments = arguments[2:]
    os.execvp(arguments[0], arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
