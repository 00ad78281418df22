"""Fetching what a stranger's address names, without becoming the stranger's tool or victim.

Each address, and each that it redirects to, is taken apart, resolved, checked to be of the public internet,
and connected to at the very IP address that was checked. Bytes, time, silence and slowness are bounded. What
the server says of the content is not believed: who asked looks at the bytes.
"""

import errno
import http.client
import ssl
import threading
import zlib
from collections.abc import Callable
from urllib.parse import urljoin

from core.fetch_answer import Answer
from core.fetch_rules import Body, Fetched, FetchRefused, FetchRules, Validators
from core.pinned_http import Clock, FetchFailed, exchanged
from core.public_addresses import AddressRefused, WebAddress, check_port, check_public, is_named, web_address
from core.sentences import say

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

RESOLVE_SECONDS = 15.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Errors of `Body.file`: not the server's fault.
_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})


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
            message = say(
                "fetch_too_many_redirects",
                f"More than {rules.max_redirects} redirects follow each other.",
                limit=rules.max_redirects,
            )
            raise FetchRefused("fetch_too_many_redirects", message)
        answer = _ask(address, body, rules, clock, known, accept)
        if isinstance(answer, Fetched):
            return answer
        address = answer
    text = f"The redirects lead in a circle, back to {address.url}."
    raise FetchRefused("fetch_redirect_loop", say("fetch_redirect_loop", text, url=address.url))


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
            return Answer(address, response, rules).into(body, known)
    except TimeoutError as error:
        message = say(
            "fetch_timeout", f"{address.place} does not answer. Try again later.", place=address.place
        )
        raise FetchFailed("fetch_timeout", message) from error
    except ssl.SSLCertVerificationError as error:
        message = say(
            "fetch_certificate",
            f"The certificate of {address.host} is not valid ({error.verify_message}).",
            host=address.host,
        )
        raise FetchFailed("fetch_certificate", message, soon=False) from error
    except (http.client.HTTPException, zlib.error) as error:
        message = say(
            "fetch_bad_answer",
            f"{address.place} broke off or gave an answer that cannot be read ({type(error).__name__}).",
            place=address.place,
        )
        raise FetchFailed("fetch_bad_answer", message) from error
    except OSError as error:
        if error.errno in _OF_THE_DISK:
            raise
        message = say(
            "fetch_unreachable",
            f"{address.place} cannot be reached ({error.strerror or error}). Try again later.",
            place=address.place,
        )
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
    message = say(
        "fetch_name_unknown", f"No address is known for the host {address.host}{why}.", host=address.host
    )
    raise FetchFailed("fetch_name_unknown", message)


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
        message = f"{address.place} redirects and does not say where to."
        raise FetchRefused(
            "fetch_redirect_nowhere", say("fetch_redirect_nowhere", message, place=address.place)
        )
    target = target.replace(" ", "%20")
    if not target.isascii():  # http.client reads headers as Latin-1; servers write UTF-8
        target = target.encode("latin-1", "replace").decode("utf-8", "replace")
    return web_address(urljoin(address.url, target).partition("#")[0])
