"""How many processors this process may use. Standard library only: what starts the processes asks as well."""

import os
from contextlib import suppress
from functools import cache
from math import ceil
from pathlib import Path

CGROUP = Path("/sys/fs/cgroup")
# What a container's engine allows: microseconds of processor time in each of so many. In one file
# of control groups of version 2, in two of version 1; without a limit it is `max`, or -1.
FILES = (("cpu.max",), ("cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us"))


@cache
def processors() -> int:
    """Those of the machine, or fewer where a container is limited to fewer: more threads would only wait."""
    there = os.cpu_count() or 1
    return min(there, limited_to(CGROUP) or there)


def limited_to(cgroup: Path) -> int:
    """Rounded up; 0 where there is no limit, or none that is known."""
    for files in FILES:
        with suppress(OSError, ValueError):
            allowed, of = " ".join((cgroup / file).read_text() for file in files).split()
            return max(0, ceil(int(allowed) / int(of)))
    return 0
