"""Eight threads of the web process share the heaps of the C library."""

import ctypes
import os
import subprocess
import sys

import pytest
from django.conf import settings

HEAPS = """
import ctypes, sys, threading
if sys.argv[1] == "limited":
    from config.allocating import limit_arenas
    limit_arenas()
together = threading.Barrier({threads})
def work():
    together.wait()
    kept = [bytearray(1000) for _ in range(1000)]
    together.wait()
    return kept
threads = [threading.Thread(target=work) for _ in range({threads})]
[one.start() for one in threads], [one.join() for one in threads]
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""


def heaps(how: str, threads: int) -> int:
    code = HEAPS.format(threads=threads)
    done = subprocess.run(
        [sys.executable, "-c", code, how], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    return done.stdout.count("<heap nr=")


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="needs the GNU C library")
def test_threads_share_heaps() -> None:
    processors = max(2, os.cpu_count() or 1)
    many = 4 * processors
    assert heaps("limited", many) <= processors < heaps("as it is", many)
