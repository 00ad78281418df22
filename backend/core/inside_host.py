"""Monitoring finds containers by their addresses, which are none of the names that Recto is reached by."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

PATHS = frozenset({"/health/live", "/health/ready", "/metrics"})


class InsideHostMiddleware:
    """Lets these paths be asked for at a bare address without a proxy, whatever RECTO_ALLOWED_HOSTS says.

    At an address only: a name could be anybody's, who has a browser in the house ask (DNS rebinding).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        asked_inside = request.path_info in PATHS and "HTTP_X_FORWARDED_FOR" not in meta
        if asked_inside and _is_address(meta.get("HTTP_HOST", "")):
            meta["HTTP_HOST"] = _own_name() or meta["HTTP_HOST"]
        return self.get_response(request)


def _own_name() -> str:
    """The first of the names; "" when there is none, or where every name is let in, which is none itself."""
    first = settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else ""
    return "" if first.startswith("*") else first.lstrip(".")


def _is_address(host: str) -> bool:
    """`10.1.2.3`, `10.1.2.3:8000`, `[fd00::1]:8000`."""
    name = host.partition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
