"""A name server that leaves its first questions unanswered, as where a datagram is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import BaseRequestHandler, UDPServer

A_QUESTION_AND_ITS_ANSWER = b"\x81\x80\x00\x01\x00\x01\x00\x00\x00\x00"
# The name that was asked for, an address (A, IN), for a second, of four bytes: 127.0.0.1.
THIS_MACHINE = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x01\x00\x04\x7f\x00\x00\x01"


@contextmanager
def forgetful_name_server(*, forgets: int) -> Iterator[int]:
    """Its port: every name is this machine, for whoever asks again."""
    asked = 0

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            nonlocal asked
            asked += 1
            question, listening = self.request
            if asked > forgets:
                answer = question[:2] + A_QUESTION_AND_ITS_ANSWER + question[12:] + THIS_MACHINE
                listening.sendto(answer, self.client_address)

    with UDPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()
