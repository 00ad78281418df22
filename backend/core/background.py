"""What may wait gives way to what somebody looks at: on a busy machine, pages and pictures come first."""

import os
import sys
import threading

# On Linux's scale a program of 0 gets some nine times the processor of one of 10 while both want it.
NICENESS = 10


def give_way() -> None:
    """Let this thread, and what it begins, have the processor after others; on Linux only.

    There each thread has a niceness of its own; elsewhere it would be the whole process.
    """
    if sys.platform.startswith("linux"):
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, max(NICENESS, os.getpriority(os.PRIO_PROCESS, thread)))
