"""A real HTTP server on loopback that answers as a test says, also wrongly, slowly or without end."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Answer = Callable[["Visit"], None]
# Fetch rules that nothing runs into, however busy the machine is; a test of one limit replaces that one.
PATIENT: dict[str, Any] = {
    "seconds": 60.0, "silence_s": 60.0, "connect_s": 60.0, "head_s": 60.0, "slow_window_s": 60.0
}  # fmt: skip


class Visit(BaseHTTPRequestHandler):
    """One request. The server's `paths` say how each path is answered; others are a 404."""

    protocol_version = "HTTP/1.1"
    server: "OddServer"

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.visits.append((self.path, dict(self.headers.items())))
        answer = self.server.paths.get(self.path.partition("?")[0])
        with suppress(OSError):
            if answer is None:
                self.say(404)
            else:
                answer(self)

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A whole answer; `Content_Length` among the headers goes before the true one."""
        sent = {"Content-Length": str(len(body))} | {k.replace("_", "-"): v for k, v in headers.items()}
        self.send_response(status)
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def raw(self, *parts: bytes, pause_s: float = 0.0) -> None:
        """Bytes as they are, with a pause after each, for as long as somebody listens."""
        for part in parts:
            self.wfile.write(part)
            self.wfile.flush()
            if pause_s and self.server.ended.wait(pause_s):
                return

    def log_message(self, *args: Any) -> None:
        """Silence."""


class OddServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, paths: dict[str, Answer]) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.paths = paths
        self.visits: list[tuple[str, dict[str, str]]] = []
        self.ended = Event()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.place}"

    def handle_error(self, *args: Any) -> None:
        """Clients hang up on purpose."""


@contextmanager
def odd_server(
    paths: dict[str, Answer] | None = None, *, tls: ssl.SSLContext | None = None
) -> Iterator[OddServer]:
    server = OddServer(paths or {})
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


def body(content: bytes, **headers: str) -> Answer:
    """Answer 200 with `content`."""
    return lambda visit: visit.say(200, content, **headers)


def redirect(target: str) -> Answer:
    return lambda visit: visit.say(302, Location=target)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])
