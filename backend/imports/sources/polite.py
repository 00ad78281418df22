"""Manners towards servers: few requests at a time, pauses between them, patience with errors."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TypeVar

from core.guarded_http import FetchFailed
from core.sentences import say

T = TypeVar("T")
PAUSES_S = (1.0, 4.0, 16.0)  # before the second, third and fourth attempt
LONGEST_PAUSE_S = 120.0  # a server that asks for more is left alone for this time
GIVEN_UP_AFTER = 5  # failures of one host in a row; then the rest of its pictures is left for later
_GIVEN_UP = "fetch_host_down"
_HOST_IS_DOWN = frozenset({"fetch_timeout", "fetch_unreachable", "fetch_name_unknown", "fetch_too_slow"})


class Stopped(Exception):
    """Whoever waits shall wait no more."""


@dataclass
class _Host:
    places: threading.BoundedSemaphore
    lock: threading.Lock = field(default_factory=threading.Lock)
    next_at: float = 0.0
    failures: int = 0


class Manners:
    """Shared by the threads of one job."""

    def __init__(self, *, per_host: int, pause_s: float) -> None:
        self._per_host, self._pause_s = per_host, pause_s
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._stopped = threading.Event()

    def close(self) -> None:
        """Have every thread that waits or is about to ask raise Stopped; what has begun may end."""
        self._closed.set()

    def stop(self) -> None:
        """And have what has begun end as soon as may be."""
        self._closed.set()
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    def ask(self, host: str, ask: Callable[[], T]) -> T:
        """`ask()`, again after a pause when that makes sense. Raises what the last attempt raised."""
        for pause_s in (*PAUSES_S, None):
            try:
                with self._turn(host):
                    return ask()
            except FetchFailed as error:
                self._note(host, error)
                wait_s = max(error.retry_after, pause_s or 0.0)
                if pause_s is None or not error.soon or wait_s > LONGEST_PAUSE_S:
                    raise
                self._postpone(host, wait_s if error.retry_after else 0.0)
                self._wait(wait_s)
        raise AssertionError("the last attempt returns or raises")

    @contextmanager
    def _turn(self, host: str) -> Iterator[None]:
        known = self._host(host)
        while not known.places.acquire(timeout=0.5):
            self._check()
        try:
            self._check()
            if known.failures >= GIVEN_UP_AFTER:
                message = say(
                    "fetch_host_down",
                    f"{host} failed {GIVEN_UP_AFTER} times in a row; its other pictures are left for later.",
                    host=host,
                    count=GIVEN_UP_AFTER,
                )
                raise FetchFailed(_GIVEN_UP, message, soon=False)
            with known.lock:
                wait_s = known.next_at - monotonic()
                known.next_at = max(monotonic(), known.next_at) + self._pause_s
            self._wait(wait_s)
            yield
            known.failures = 0
        finally:
            known.places.release()

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host(threading.BoundedSemaphore(self._per_host)))

    def _note(self, host: str, error: FetchFailed) -> None:
        """A server that answers, be it with an error, is not down."""
        known = self._host(host)
        if error.code != _GIVEN_UP:
            known.failures = known.failures + 1 if error.code in _HOST_IS_DOWN else 0

    def _postpone(self, host: str, seconds: float) -> None:
        """What a server asks for (Retry-After) counts for everybody who is about to ask it."""
        known = self._host(host)
        with known.lock:
            known.next_at = max(known.next_at, monotonic() + seconds)

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            self._closed.wait(seconds)
        self._check()

    def _check(self) -> None:
        if self._closed.is_set():
            raise Stopped
