"""Where a request comes from."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request

_answering: ContextVar[str] = ContextVar("client_address", default="")


def client_address(request: HttpRequest | Request) -> str:
    """The address that the outermost of our own proxies saw (RECTO_PROXIES of them stand in front).

    What stands further left in X-Forwarded-For was written by the client, who may write what it likes.
    """
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    count = settings.RECTO_PROXIES
    address = seen[-count] if count and len(seen) >= count else request.META.get("REMOTE_ADDR", "")
    return str(address)[:45]


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
