"""Fetching what a stranger's address names, without becoming the stranger's tool or victim.

Each address, and each that it redirects to, is taken apart, resolved, checked to be of the public internet,
and connected to at the very IP address that was checked. Bytes, time, silence and slowness are bounded. What
the server says of the content is not believed: who asked looks at the bytes.
"""

import errno
import http.client
import re
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from time import monotonic
from typing import BinaryIO
from urllib.parse import urljoin

from core.errors import UserError
from core.pinned_http import Clock, FetchFailed, exchanged
from core.public_addresses import AddressRefused, WebAddress, check_port, check_public, is_named, web_address

__all__ = [
    "AddressRefused",
    "Body",
    "FetchFailed",
    "FetchRefused",
    "FetchRules",
    "Fetched",
    "Validators",
    "fetch",
]

CHUNK = 64 * 1024
RESOLVE_SECONDS = 15.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
# Errors of `Body.file`: not the server's fault.
_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})
_LONGEST_RETRY_AFTER = 86_400.0


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


@dataclass(frozen=True)
class Fetched:
    """`url` is the last of the redirects; with `unchanged` (304) there is no content."""

    url: str
    size: int
    validators: Validators
    unchanged: bool = False


def fetch(
    url: str, body: Body, rules: FetchRules, *, known: Validators | None = None, accept: str = "*/*"
) -> Fetched:
    """GET `url` into `body`. With `known`, the server is asked for what is new since that version.

    Raises AddressRefused, FetchRefused (never again) or FetchFailed (perhaps later); errors of `body.file`
    pass through.
    """
    clock = Clock(seconds=rules.seconds, silence_s=rules.silence_s)
    seen: set[str] = set()
    address = web_address(url)
    while address.url not in seen:
        seen.add(address.url)
        if len(seen) > rules.max_redirects + 1:
            raise FetchRefused(
                "fetch_too_many_redirects", f"More than {rules.max_redirects} redirects follow each other."
            )
        answer = _ask(address, body, rules, clock, known, accept)
        if isinstance(answer, Fetched):
            return answer
        address = answer
    raise FetchRefused("fetch_redirect_loop", f"The redirects lead in a circle, back to {address.url}.")


def _ask(
    address: WebAddress, body: Body, rules: FetchRules, clock: Clock, known: Validators | None, accept: str
) -> Fetched | WebAddress:
    """One request: the content, or where to go on."""
    ips = _checked_ips(address, rules, clock)
    headers = {"User-Agent": rules.user_agent, "Accept": accept, "Accept-Encoding": "identity"}
    headers |= _conditions(body, known)
    try:
        with exchanged(
            address, ips, headers, clock=clock, connect_s=rules.connect_s, head_s=rules.head_s
        ) as response:
            if response.status in _REDIRECTS:
                return _redirect(address, response)
            return _Answer(address, response, rules).into(body, known)
    except TimeoutError as error:
        raise FetchFailed("fetch_timeout", f"{address.place} does not answer. Try again later.") from error
    except ssl.SSLCertVerificationError as error:
        message = f"The certificate of {address.host} is not valid ({error.verify_message})."
        raise FetchFailed("fetch_certificate", message, soon=False) from error
    except (http.client.HTTPException, zlib.error) as error:
        message = f"{address.place} broke off or gave an answer that cannot be read ({type(error).__name__})."
        raise FetchFailed("fetch_bad_answer", message) from error
    except OSError as error:
        if error.errno in _OF_THE_DISK:
            raise
        message = f"{address.place} cannot be reached ({error.strerror or error}). Try again later."
        raise FetchFailed("fetch_unreachable", message) from error


def _checked_ips(address: WebAddress, rules: FetchRules, clock: Clock) -> list[str]:
    check_port(address, ports=rules.ports, hosts=rules.allow_hosts)
    ips = _resolved(address, rules.resolve, min(RESOLVE_SECONDS, clock.patience()))
    if not is_named(address, rules.allow_hosts):
        check_public(address.host, ips)
    return ips


def _resolved(address: WebAddress, resolve: Callable[[str, int], list[str]], seconds: float) -> list[str]:
    """The resolver cannot be told how long to wait, so a thread waits for it."""
    found: list[list[str]] = []
    failed: list[OSError] = []

    def look_up() -> None:
        try:
            found.append(resolve(address.host, address.port))
        except OSError as error:
            failed.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(seconds)
    if found and found[0]:
        return found[0]
    why = f" ({failed[0].strerror})" if failed else ""
    raise FetchFailed("fetch_name_unknown", f"No address is known for the host {address.host}{why}.")


def _conditions(body: Body, known: Validators | None) -> dict[str, str]:
    """Ask for the rest of what is there already; else, if a version is known, for what is new."""
    have = body.file.seek(0, 2)
    if have and body.validators.for_ranges:
        return {"Range": f"bytes={have}-", "If-Range": body.validators.for_ranges}
    if not known:
        return {}
    conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _redirect(address: WebAddress, response: http.client.HTTPResponse) -> WebAddress:
    target = response.headers.get("Location", "").strip()
    if not target:
        raise FetchRefused("fetch_redirect_nowhere", f"{address.place} redirects and does not say where to.")
    if not target.isascii():  # http.client reads headers as Latin-1; servers write UTF-8
        target = target.encode("latin-1", "replace").decode("utf-8", "replace")
    return web_address(urljoin(address.url, target).partition("#")[0])


class _Answer:
    """An answer that is no redirect: its head judged, its content written within the limits."""

    def __init__(self, address: WebAddress, response: http.client.HTTPResponse, rules: FetchRules) -> None:
        self._address, self._response, self._rules = address, response, rules
        self._headers = response.headers

    def into(self, body: Body, known: Validators | None) -> Fetched:
        if self._response.status == 304 and known:
            return Fetched(self._address.url, 0, known, unchanged=True)
        offset = self._offset(body)
        self._check_status(body)
        coding = self._headers.get("Content-Encoding", "identity").strip().lower() or "identity"
        if coding not in ("identity", "gzip", "x-gzip"):
            raise FetchRefused(
                "fetch_encoding", f"The content is packed as {coding!r}, which was not asked for."
            )
        declared = self._declared_length(offset)
        body.validators = Validators(
            self._headers.get("ETag", ""), self._headers.get("Last-Modified", "")[:100]
        )
        if coding != "identity":
            body.validators, offset = Validators(), 0
        body.file.seek(offset)
        body.file.truncate()
        received = self._write(body.file, offset, packed=coding != "identity")
        if declared is not None and received < declared:
            message = f"{received:,} of {declared:,} bytes came, then the connection ended."
            raise FetchFailed("fetch_cut_off", message)
        return Fetched(self._address.url, body.file.tell(), body.validators)

    def _offset(self, body: Body) -> int:
        """From which byte on the content comes: 0, or for a 206 the end of what is there."""
        if self._response.status != 206:
            return 0
        have = body.file.seek(0, 2)
        part = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+|\*)", self._headers.get("Content-Range", ""))
        if have and part and int(part[1]) == have and part[3] in ("*", str(int(part[2]) + 1)):
            return have
        body.validators = Validators()
        raise FetchFailed("fetch_wrong_range", "The server sent another part than was asked for.")

    def _check_status(self, body: Body) -> None:
        status = self._response.status
        if status in (200, 206):
            return
        if status == 416:  # what is there is no beginning of what the server has now
            body.validators = Validators()
            raise FetchFailed("fetch_wrong_range", "The file on the server has changed meanwhile.")
        message = f"{self._address.place} answers {status} {self._response.reason}".rstrip()
        if status == 410:
            raise FetchRefused("fetch_gone", f"{message}: it is gone for good.")
        pause = _retry_after(self._headers)
        raise FetchFailed(f"fetch_status_{status}", f"{message}.", retry_after=pause, soon=status in _LATER)

    def _declared_length(self, offset: int) -> int | None:
        """Content-Length, or None. Raises FetchRefused when it is nonsense or beyond the limit."""
        values = {value.strip() for value in self._headers.get_all("Content-Length", [])}
        if not values or self._response.chunked:
            return None
        text = values.pop()
        if values or not (text.isascii() and text.isdigit()):
            raise FetchRefused(
                "fetch_wrong_length", "The answer says in two ways, or in none, how long it is."
            )
        if offset + int(text) > self._rules.max_bytes:
            raise self._too_large(int(text))
        return int(text)

    def _too_large(self, size: int | None = None) -> FetchRefused:
        found = f"The file has {size / 1e6:,.1f} MB" if size else "The file does not end"
        return FetchRefused("fetch_too_large", f"{found}; the limit is {self._rules.max_bytes / 1e6:g} MB.")

    def _write(self, file: BinaryIO, offset: int, *, packed: bool) -> int:
        """Write the content; returns the bytes that came over the line."""
        received, written = 0, offset
        unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if packed else None
        for chunk in self._chunks():
            received += len(chunk)
            room = self._rules.max_bytes - written + 1
            content = unpack.decompress(chunk, room) if unpack else chunk
            written += len(content)
            if written > self._rules.max_bytes or received > self._rules.max_bytes:
                raise self._too_large()
            file.write(content)
        if unpack and not unpack.eof:
            raise FetchFailed("fetch_cut_off", "The packed content is not complete.")
        return received

    def _chunks(self) -> Iterator[bytes]:
        """The content piece by piece, as long as it comes fast enough."""
        window_begins, in_window = monotonic(), 0
        while chunk := self._response.read1(CHUNK):
            yield chunk
            in_window += len(chunk)
            seconds = monotonic() - window_begins
            if seconds >= self._rules.slow_window_s:
                if in_window < self._rules.slowest * seconds:
                    found = f"Only {in_window / seconds:.0f} bytes a second come"
                    message = f"{found}; the limit is {self._rules.slowest}."
                    raise FetchFailed("fetch_too_slow", message)
                window_begins, in_window = monotonic(), 0


def _retry_after(headers: Message) -> float:
    """The seconds of Retry-After; a date counts as one minute, for clocks differ."""
    text = (headers.get("Retry-After") or "").strip()
    if not text:
        return 0.0
    return min(float(text), _LONGEST_RETRY_AFTER) if text.isascii() and text.isdigit() else 60.0
