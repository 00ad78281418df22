"""One HTTP exchange with an IP address that was checked before, within a time that cannot be stretched.

Nothing of the environment counts: no proxy, no cookie, no netrc, no kept connection. A name is not resolved
here, so nobody can answer the check with one address and the connection with another (DNS rebinding).
"""

import http.client
import io
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from time import monotonic

import certifi

from core.errors import TryAgain
from core.public_addresses import WebAddress
from core.sentences import say


class FetchFailed(TryAgain):
    """It did not work this time. `soon` says that trying again in a moment makes sense."""

    def __init__(self, code: str, message: str, *, retry_after: float = 0, soon: bool = True) -> None:
        super().__init__(code, message, retry_after=retry_after)
        self.soon = soon


class Clock:
    """How long may be waited: `silence_s` for the next byte, and `seconds` for everything."""

    def __init__(self, *, seconds: float, silence_s: float) -> None:
        self._seconds, self._silence_s = seconds, silence_s
        self._until = monotonic() + seconds

    def patience(self) -> float:
        """The seconds that may be waited now. Raises FetchFailed when none are left."""
        left = self._until - monotonic()
        if left <= 0:
            message = say(
                "fetch_too_long",
                f"The answer took longer than {self._seconds:g} s in all. Try again later.",
                seconds=self._seconds,
            )
            raise FetchFailed("fetch_too_long", message)
        return min(left, self._silence_s)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Allow no more than `seconds` for the block."""
        kept = self._until, self._seconds
        if monotonic() + seconds < self._until:
            self._until, self._seconds = monotonic() + seconds, seconds
        try:
            yield
        finally:
            self._until, self._seconds = kept


@contextmanager
def exchanged(
    address: WebAddress,
    ips: list[str],
    headers: Mapping[str, str],
    *,
    clock: Clock,
    connect_s: float,
    head_s: float,
) -> Iterator[http.client.HTTPResponse]:
    """The answer to a GET, its body unread, from the first of `ips` that takes the connection."""
    with _connected(address, ips, clock=clock, connect_s=connect_s) as sock:
        connection = http.client.HTTPConnection(address.host, address.port)
        connection.auto_open = 0
        connection.sock = _Wire(sock, clock)
        connection.putrequest("GET", address.path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": address.place, **headers, "Connection": "close"}.items():
            connection.putheader(name, value)
        with clock.within(head_s):
            connection.endheaders()
            response = connection.getresponse()
        with response:
            yield response


@contextmanager
def _connected(
    address: WebAddress, ips: list[str], *, clock: Clock, connect_s: float
) -> Iterator[socket.socket]:
    sock = _connect(ips, address.port, clock=clock, connect_s=connect_s)
    try:
        if address.scheme == "https":
            sock.settimeout(min(connect_s, clock.patience()))
            # The certificate is checked against the name that was asked for, not against the IP address.
            sock = _tls().wrap_socket(sock, server_hostname=address.host)
        yield sock
    finally:
        sock.close()


def _connect(ips: list[str], port: int, *, clock: Clock, connect_s: float) -> socket.socket:
    for ip in ips[:-1]:
        try:
            return socket.create_connection((ip, port), timeout=min(connect_s, clock.patience()))
        except OSError:
            continue  # another address of the same host may answer
    return socket.create_connection((ips[-1], port), timeout=min(connect_s, clock.patience()))


@cache
def _tls() -> ssl.SSLContext:
    """The system's authorities and Mozilla's: Python from python.org on macOS knows none by itself."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


class _Wire:
    """What http.client needs of a socket, with each wait bounded by the clock."""

    def __init__(self, sock: socket.socket, clock: Clock) -> None:
        self._sock, self._clock = sock, clock

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._clock.patience())
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._sock, self._clock))

    def close(self) -> None:
        """The socket is closed by who opened it: http.client lets go of it before the body is read."""


class _TimedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, clock: Clock) -> None:
        self._sock, self._clock = sock, clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._sock.settimeout(self._clock.patience())
        try:
            return self._sock.recv_into(buffer)
        except TimeoutError:
            self._clock.patience()  # says so if it is the time for everything that is up
            raise
