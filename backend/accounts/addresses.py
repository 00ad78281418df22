"""Where the request that is being answered comes from."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest

from core.client_address import client_address

_answering: ContextVar[str] = ContextVar("client_address", default="")


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    """Whatever is done meanwhile is done for the client of this request."""
    token = _answering.set(client_address(request))
    try:
        yield
    finally:
        _answering.reset(token)


def current_address() -> str:
    """The client that is being answered; "" in a command or a job."""
    return _answering.get()
