"""The threads that all searches of this process share: nothing is made for a request.

Several of gunicorn's threads search at once. What computes goes through as many threads as there are
processors: more would only take turns, each with the memory of a picture's scale space and with threads of
OpenMP of its own, which the C library does not give back. (Eight at once: 1,120 MB without this, 615 with.)

Those who only look at lists and pictures are served first: what computes gives way to them.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from core.background import give_way
from core.processors import processors

Found = TypeVar("Found")
# More than searches can be under way: these threads only wait, for an extractor that takes turns.
ASKERS = 16

_askers = ThreadPoolExecutor(ASKERS, thread_name_prefix="ask-extractor")
_processors = ThreadPoolExecutor(processors(), thread_name_prefix="compute", initializer=give_way)


def aside(ask: Callable[[], Found]) -> "Future[Found]":
    """Do it in another thread, which has no database connection and must not make one."""
    return _askers.submit(copy_context().run, ask)


def computed(work: Callable[[], Found]) -> Found:
    """The result of heavy work, done when a processor is free, in the order of arrival; no database in it."""
    return _processors.submit(copy_context().run, work).result()
