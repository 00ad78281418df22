"""What may be fetched and how long it may take, and what is known of the version that came."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from django.conf import settings

from core.errors import UserError


class FetchRefused(UserError):
    """The server answered with something that is not taken, now or later."""


def system_resolver(host: str, port: int) -> list[str]:
    """The IP addresses of `host` as this machine resolves it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class FetchRules:
    """What may be asked for and how long. `allow_hosts` are an operator's own: `host`, or `host:port`.

    A body slower than `slowest` bytes a second, over `slow_window_s`, is given up.
    """

    max_bytes: int
    seconds: float = 600.0
    silence_s: float = 30.0
    connect_s: float = 10.0
    head_s: float = 60.0
    slowest: int = 2_000
    slow_window_s: float = 20.0
    max_redirects: int = 5
    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    allow_hosts: frozenset[str] = frozenset()
    user_agent: str = "Recto"
    resolve: Callable[[str, int], list[str]] = system_resolver


def operators_rules(max_bytes: int) -> FetchRules:
    """The rules that the operator set, for what curators have fetched."""
    contact = f" ({settings.RECTO_FETCH_CONTACT})" if settings.RECTO_FETCH_CONTACT else ""
    return FetchRules(
        max_bytes=max_bytes,
        seconds=settings.RECTO_FETCH_SECONDS,
        ports=frozenset(settings.RECTO_FETCH_PORTS),
        allow_hosts=frozenset(host.lower() for host in settings.RECTO_FETCH_ALLOW_HOSTS),
        user_agent=f"Recto/{settings.RECTO_VERSION}{contact}",
    )


@dataclass(frozen=True)
class Validators:
    """How a server names the version that it sent."""

    etag: str = ""
    last_modified: str = ""

    @property
    def for_ranges(self) -> str:
        """What a request for the rest may name: a weak ETag promises too little."""
        return self.last_modified if self.etag.startswith("W/") or not self.etag else self.etag


@dataclass
class Body:
    """Where the content goes. What an earlier attempt left is continued if it is of the same version."""

    file: BinaryIO
    validators: Validators = field(default_factory=Validators)

    def begin(self, validators: Validators) -> None:
        """The content of this version comes next, or goes on."""
        self.validators = validators

    def write(self, content: bytes) -> None:
        self.file.write(content)


@dataclass(frozen=True)
class Fetched:
    """`url` is the last of the redirects; with `unchanged` (304) there is no content."""

    url: str
    size: int
    validators: Validators
    unchanged: bool = False
