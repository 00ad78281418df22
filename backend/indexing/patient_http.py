"""HTTP to a service that may be busy or dead, and telling the two apart within two seconds.

While an answer is awaited, a second connection asks now and then whether the service lives. Connections are
kept for the thread that made them; one that the service has closed meanwhile is replaced without a word.
"""

import http.client
import selectors
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit

CONNECT_TIMEOUT_S = 1.0
PROBE_TIMEOUT_S = 0.6
_CLOSED = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)
_local = threading.local()


class NoAnswer(Exception):
    """Nobody answers there: not reachable, or silent. The text says which."""


class BrokenOff(NoAnswer):
    """Somebody was there, took the request and broke off, or took too long over it."""


@dataclass(frozen=True)
class Patience:
    """`silence_s`: how long to wait before asking whether the service lives; `answer_s`: how long in all."""

    silence_s: float
    answer_s: float


@dataclass(frozen=True)
class Request:
    """What to send; `probe` is a path that a living service answers at once, with whatever status."""

    method: str
    path: str
    probe: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """What came back; the names of the headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def exchange(url: str, request: Request, patience: Patience) -> Reply:
    """The answer to a request that may safely be sent twice. Raises NoAnswer or BrokenOff."""
    try:
        try:
            return _exchange(url, request, patience)
        except _CLOSED:  # a kept connection that the service was just closing
            drop_connection()
            return _exchange(url, request, patience)
    except _CLOSED as error:
        drop_connection()
        raise BrokenOff("it broke off the connection") from error
    except NoAnswer:
        drop_connection()
        raise
    except (OSError, http.client.HTTPException) as error:
        drop_connection()
        raise NoAnswer(f"it cannot be reached ({type(error).__name__})") from error


def drop_connection() -> None:
    """Close this thread's kept connection."""
    kept: tuple[str, http.client.HTTPConnection] | None = getattr(_local, "kept", None)
    _local.kept = None
    if kept is not None:
        kept[1].close()


def _exchange(url: str, request: Request, patience: Patience) -> Reply:
    connection = _connection(url)
    if connection.sock is None:
        connection.connect()
    sock: socket.socket = connection.sock
    sock.settimeout(patience.silence_s)
    _send(url, connection, sock, request, patience)
    _await_answer(url, request.probe, sock, patience)
    response = connection.getresponse()
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Reply(response.status, headers, response.read())


def _send(
    url: str,
    connection: http.client.HTTPConnection,
    sock: socket.socket,
    request: Request,
    patience: Patience,
) -> None:
    """As fast as it is taken: over a slow line a batch of pictures takes longer than one may be silent."""
    connection.putrequest(request.method, request.path)
    for name, value in request.headers.items():
        connection.putheader(name, value)
    if request.body:
        connection.putheader("Content-Length", str(len(request.body)))
    connection.endheaders()
    rest, deadline = memoryview(request.body), monotonic() + patience.answer_s
    while rest:
        if monotonic() > deadline:
            raise NoAnswer(f"it did not take the request within {patience.answer_s:g} s")
        if _is_ready(sock, selectors.EVENT_WRITE, patience.silence_s):
            rest = rest[sock.send(rest) :]
        else:
            _check_alive(url, request.probe)


def _await_answer(url: str, probe: str, sock: socket.socket, patience: Patience) -> None:
    """Return when an answer begins; raise when the service has stopped or takes too long."""
    deadline = monotonic() + patience.answer_s
    while not _is_ready(sock, selectors.EVENT_READ, patience.silence_s):
        if monotonic() > deadline:
            raise BrokenOff(f"it gave no answer within {patience.answer_s:g} s")
        _check_alive(url, probe)


def _is_ready(sock: socket.socket, event: int, seconds: float) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(sock, event)
        return bool(selector.select(seconds))


def _check_alive(url: str, probe: str) -> None:
    if not _is_alive(url, probe):
        raise NoAnswer("it has stopped answering")


def _is_alive(url: str, probe: str) -> bool:
    with suppress(OSError, http.client.HTTPException):
        connection = _new_connection(url, timeout=PROBE_TIMEOUT_S)
        try:
            connection.request("GET", probe)
            return connection.getresponse().status > 0
        finally:
            connection.close()
    return False


def _connection(url: str) -> http.client.HTTPConnection:
    """This thread's kept connection, replaced when the service closed it or the address changed."""
    kept: tuple[str, http.client.HTTPConnection] | None = getattr(_local, "kept", None)
    if kept is None or kept[0] != url or _was_closed(kept[1].sock):
        drop_connection()
        kept = _local.kept = (url, _new_connection(url, timeout=CONNECT_TIMEOUT_S))
    return kept[1]


def _was_closed(sock: socket.socket | None) -> bool:
    """Nothing is due on an idle connection: if it can be read, the other side has closed it."""
    return sock is not None and _is_ready(sock, selectors.EVENT_READ, 0)


def _new_connection(url: str, *, timeout: float) -> http.client.HTTPConnection:
    address = urlsplit(url)
    if address.scheme != "http" or not address.hostname:
        raise NoAnswer(f"its address {url!r} is not of the form http://host:port")
    return http.client.HTTPConnection(address.hostname, address.port, timeout=timeout)
