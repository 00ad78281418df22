"""Where a request comes from."""

from contextlib import suppress
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request

HOUSEHOLD = 64  # bits of an IPv6 address that are one customer's; the others are theirs to choose


def client_address(request: HttpRequest | Request) -> str:
    """The address that the outermost of our own proxies saw (RECTO_PROXIES of them stand in front).

    What stands further left in X-Forwarded-For was written by the client, who may write what it likes.
    """
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    count = settings.RECTO_PROXIES
    address = seen[-count] if count and len(seen) >= count else request.META.get("REMOTE_ADDR", "")
    return str(address)[:45]


def client_network(request: HttpRequest | Request) -> str:
    """For limits: of an IPv6 address only the part that a client cannot change at will."""
    return network_of(client_address(request))


def network_of(address: str) -> str:
    with suppress(ValueError):
        found = ip_address(address.strip("[]"))
        if isinstance(found, IPv6Address):
            if found.ipv4_mapped:
                return str(found.ipv4_mapped)
            host_bits = 128 - HOUSEHOLD
            return f"{IPv6Address(int(found) >> host_bits << host_bits)}/{HOUSEHOLD}"
    return address
