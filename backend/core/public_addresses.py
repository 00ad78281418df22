"""Which addresses of the web may be asked for something on somebody else's behalf. Pure: no I/O.

Whoever may name an address could otherwise read what only this machine can reach: its own services, the
network's routers and printers, a cloud's metadata. So an address is taken apart by one strict reading, and
each IP address that its host stands for has to be one of the public internet.
"""

import re
from collections.abc import Set
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, urlsplit

from core.errors import UserError
from core.sentences import say

LONGEST_URL = 8_000  # characters; servers refuse longer ones anyway
_PORTS = {"http": 80, "https": 443}
_NOT_IN_URLS = re.compile(r"[\x00-\x20\x7f\\]")
# A last label that is a number makes inet_aton read the whole as IPv4: 2130706433, 0x7f.1, 017700000001.
_LOOKS_NUMERIC = re.compile(r"^(?:[0-9]+|0[xX][0-9a-fA-F]*)$")
_NAME = re.compile(
    r"^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$"
)
_KEPT_IN_PATHS = "/%:@!$&'()*+,;=~?[]"
# IANA's registries of special-purpose addresses, written out: what Python calls global differs by version.
_NOT_PUBLIC = [
    (ip_network(network), name)
    for name, networks in {
        "unspecified": ("0.0.0.0/8", "::/128"),
        "loopback": ("127.0.0.0/8", "::1/128"),
        "private": (
            "10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10",
        ),
        "link-local": ("169.254.0.0/16", "fe80::/10"),
        "multicast": ("224.0.0.0/4", "ff00::/8"),
        "an IPv4 address written as IPv6": ("::ffff:0:0/96", "::/96", "::ffff:0:0:0/96"),
        "an IPv4 address behind NAT64": ("64:ff9b::/96", "64:ff9b:1::/48"),
        "an IPv4 address behind 6to4": ("2002::/16", "192.88.99.0/24"),
        "an IPv4 address behind Teredo": ("2001::/32",),
        "reserved": ("192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4", "2001::/23"),
        "for documentation only": (
            "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20",
        ),
    }.items()
    for network in networks
]  # fmt: skip
_GLOBAL_UNICAST = IPv6Network("2000::/3")


class AddressRefused(UserError):
    """What is named there is not asked for, now or later."""


@dataclass(frozen=True)
class WebAddress:
    """An address in its parts: `host` is an ASCII name or an IP without brackets, `path` has the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def place(self) -> str:
        """Host and port as the Host header writes them: the port only where it is not the scheme's own."""
        return self.host_in_url if self.port == _PORTS[self.scheme] else f"{self.host_in_url}:{self.port}"

    @property
    def host_in_url(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.place}{self.path}"


def web_address(url: str) -> WebAddress:
    """`url` taken apart. Raises AddressRefused for what two readers could understand differently."""
    if len(url) > LONGEST_URL:
        message = f"The address has {len(url):,} characters; the limit is {LONGEST_URL:,}."
        raise _refused("too_long", say("fetch_address_too_long", message, length=len(url), limit=LONGEST_URL))
    if _NOT_IN_URLS.search(url):
        raise _refused("malformed", "The address contains blanks, control characters or backslashes.")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
    except ValueError as error:
        raise _refused("malformed", f"The address cannot be read ({error}).") from error
    if parts.scheme not in _PORTS:
        kind = f"{parts.scheme}:" if parts.scheme else "This"
        raise _refused(
            "not_http", f"{kind} is no address of the web; it must begin with https:// or http://."
        )
    if "[" in parts.netloc and not re.fullmatch(r"\[[^\]]*\](?::\d*)?", parts.netloc):
        raise _refused("malformed", f"{parts.netloc!r} is not a host.")
    if "@" in parts.netloc:
        raise _refused("credentials", "The address contains a user name or a password. Leave them out.")
    path = quote(parts.path or "/", safe=_KEPT_IN_PATHS) + (
        f"?{quote(parts.query, safe=_KEPT_IN_PATHS)}" if parts.query else ""
    )
    return WebAddress(parts.scheme, _checked_host(host), _PORTS[parts.scheme] if port is None else port, path)


def _checked_host(host: str) -> str:
    if "%" in host:
        raise _refused("malformed", f"{host!r} is not the name of a host.")
    if not host:
        raise _refused("malformed", "The address names no host.")
    if ":" in host:
        return str(_ip_address(host))
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise _refused("malformed", f"The host name {host!r} cannot be read.") from error
    name = name.lower()
    if _LOOKS_NUMERIC.match(name.rpartition(".")[2]):
        return str(_ip_address(name))
    if not _NAME.match(name):
        raise _refused("malformed", f"{host!r} is not the name of a host.")
    return name


def _ip_address(text: str) -> IPv4Address | IPv6Address:
    try:
        return ip_address(text)
    except ValueError as error:
        message = say(
            "fetch_unusual_address",
            f"{text!r} is an IP address in a spelling that is not accepted; write it as 192.0.2.1.",
            address=text,
        )
        raise _refused("unusual_address", message) from error


def is_named(address: WebAddress, hosts: Set[str]) -> bool:
    """Whether the operator named this very host, or this host and port, as one of their own."""
    return address.host in hosts or f"{address.host_in_url}:{address.port}" in hosts


def check_port(address: WebAddress, *, ports: Set[int], hosts: Set[str]) -> None:
    """Raises AddressRefused for a port that is neither usual nor the operator's own."""
    if address.port not in ports and f"{address.host_in_url}:{address.port}" not in hosts:
        allowed = ", ".join(map(str, sorted(ports)))
        message = say(
            "fetch_port",
            f"The port {address.port} is not asked; allowed are {allowed} (RECTO_FETCH_PORTS).",
            port=str(address.port),
            allowed=allowed,
        )
        raise _refused("port", message)


def check_public(host: str, ips: list[str]) -> None:
    """Raises AddressRefused when one of the IP addresses of `host` is not of the public internet."""
    for ip in ips:
        if why := why_not_public(ip):
            stands_for = "" if ip == host else f" of {host}"
            message = f"The address {ip}{stands_for} is {why}; only public servers are asked."
            remedy = "An operator can allow a server of their own (RECTO_FETCH_ALLOW_HOSTS)."
            raise _refused("not_public", say("fetch_not_public", f"{message} {remedy}", address=ip))


def why_not_public(text: str) -> str:
    """What an IP address is, if it is not of the public internet; else ""."""
    try:
        ip = ip_address(text.partition("%")[0])
    except ValueError:
        return "unreadable"
    for network, name in _NOT_PUBLIC:
        if ip in network:
            return name
    return "reserved" if ip.version == 6 and ip not in _GLOBAL_UNICAST else ""


def _refused(kind: str, message: str) -> AddressRefused:
    return AddressRefused(f"fetch_{kind}", message)
