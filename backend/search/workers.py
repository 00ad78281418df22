"""The threads and the processors that all searches of this process share: nothing is made for a request.

gunicorn's eight threads may search at once; more computations than processors would only take turns, each
with its memory, and each past its time.
"""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Found = TypeVar("Found")
# More than searches can be under way: these threads only wait, for an extractor that takes turns.
ASKERS = 16

_askers = ThreadPoolExecutor(ASKERS, thread_name_prefix="ask-extractor")
_processors = threading.BoundedSemaphore(max(1, os.cpu_count() or 1))


def aside(ask: Callable[[], Found]) -> "Future[Found]":
    """Do it in another thread, which has no database connection and must not make one."""
    return _askers.submit(ask)


@contextmanager
def computing() -> Iterator[None]:
    """Wait for a free processor, in the order of arrival, and keep it for the block."""
    with _processors:
        yield
