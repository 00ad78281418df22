"""`python -m serve.child COMMAND...`: become the command, and die when the supervisor dies.

Even a supervisor that was killed with SIGKILL then leaves no process behind (on Linux; macOS has no such
call).
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with_parent() -> None:
    """Ask Linux to send this process (and what it becomes) SIGTERM when its parent dies."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    # It may have died before that call; then nobody would send the signal.
    if str(os.getppid()) != os.environ.get("RECTO_SUPERVISOR_PID", str(os.getppid())):
        sys.exit("serve.child: the supervisor is gone")


if __name__ == "__main__":
    die_with_parent()
    os.execvp(sys.argv[1], sys.argv[1:])
