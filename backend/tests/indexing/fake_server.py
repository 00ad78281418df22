"""The fake extractor on a real socket: in a thread of a test, or as a process of its own (`-m ... PORT`)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from tests.indexing.fake_extractor import FakeExtractor


class QuietServer(ThreadingHTTPServer):
    """Says nothing when a client hangs up: the tests do so on purpose."""

    def handle_error(self, *args: Any) -> None:
        """Silence."""


def make_server(extractor: FakeExtractor, *, port: int = 0) -> ThreadingHTTPServer:
    """A server of the fake on loopback; port 0 takes a free one."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, body: bytes) -> None:
            reply = extractor.answer(self.path, body, self.headers.get("Content-Type", ""))
            self.send_response(reply.status)
            for name, value in {**reply.headers, "content-length": str(len(reply.content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.content)

        def log_message(self, *args: Any) -> None:
            """Silence."""

    return QuietServer(("127.0.0.1", port), Handler)


@contextmanager
def served(extractor: FakeExtractor, *, port: int = 0) -> Iterator[str]:
    """The fake behind a URL, for as long as the block lasts."""
    server = make_server(extractor, port=port)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


if __name__ == "__main__":
    make_server(FakeExtractor(), port=int(sys.argv[1])).serve_forever()
