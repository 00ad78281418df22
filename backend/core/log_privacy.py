"""What the log must not tell of visitors: whole addresses of machines, and paths that are secret links."""

import ipaddress
import logging
import re

from django.http import HttpRequest

IPV4_BITS, IPV6_BITS = 24, 48
_IPV4, _IPV6 = r"\d{1,3}(?:\.\d{1,3}){3}", r"[0-9a-fA-F:]*:[0-9a-fA-F:]+:[0-9a-fA-F:.]*"
_ADDRESS = re.compile(rf"(?<![\w.:])(?:{_IPV4}|{_IPV6})(?![\w.])")


def shortened(address: str) -> str:
    """The network that an address is of: IPv4 /24, IPv6 /48; '' for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    bits = IPV4_BITS if found.version == 4 else IPV6_BITS
    return str(ipaddress.ip_network((found, bits), strict=False))


def without_addresses(text: str) -> str:
    """The text with every address in it shortened."""
    return _ADDRESS.sub(lambda found: shortened(found[0]) or found[0], text)


def route_of(request: HttpRequest) -> str:
    """The name of the address that was asked for, never the address itself: that may be a secret link."""
    match = request.resolver_match
    if match is None:
        return "no route"
    return match.view_name if match.url_name else match.route


class RoutesForPaths(logging.Filter):
    """Django's own lines on a request name its path; here they name the route."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            route = route_of(request)
            record.args = tuple(route if _is_path(value) else value for value in record.args)
        return True


def _is_path(value: object) -> bool:
    return isinstance(value, str) and value.startswith("/")
