"""How many processors this process may use. Standard library only: what starts the processes asks as well."""

import os
from contextlib import suppress
from functools import cache
from math import ceil
from pathlib import Path

# What a container's engine allows: microseconds of processor time in each of so many microseconds, or `max`.
LIMIT = Path("/sys/fs/cgroup/cpu.max")


@cache
def processors() -> int:
    """Those of the machine, or fewer where a container is limited to fewer: more threads would only wait."""
    there = os.cpu_count() or 1
    return max(1, min(there, limited_to(LIMIT) or there))


def limited_to(file: Path) -> int:
    """Rounded up; 0 where there is no limit, or none that is known."""
    with suppress(OSError, ValueError):
        allowed, of = file.read_text().split()
        return ceil(int(allowed) / int(of))
    return 0
