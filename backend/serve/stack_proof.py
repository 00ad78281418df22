"""`python -m serve.stack_proof https://HOST[:PORT]`: does a stack that runs do in front what it promises?

It asks as a visitor does, changes nothing, and takes any certificate. It needs a print and an example, of the
sample collection for instance.
"""

from __future__ import annotations

import http.client
import json
import re
import socket
import ssl
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from serve.console import say

FORM = "recto-proof"
SECURITY = (
    "content-security-policy",
    "cross-origin-resource-policy",
    "strict-transport-security",
    "x-content-type-options",
)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True)
class Site:
    """The address under proof."""

    host: str
    port: int
    context: ssl.SSLContext = field(default_factory=lambda: any_certificate())

    def ask(self, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPSConnection(self.host, self.port, timeout=60, context=self.context)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        response = connection.getresponse()
        pairs = [(name.lower(), value) for name, value in response.getheaders()]
        answer = Answer(response.status, pairs, response.read())
        connection.close()
        return answer

    def protocol(self, offered: str) -> str | None:
        """What is agreed on of those offered."""
        context = any_certificate()
        context.set_alpn_protocols([offered])
        with (
            socket.create_connection((self.host, self.port), 20) as raw,
            context.wrap_socket(raw, server_hostname=self.host) as secured,
        ):
            return secured.selected_alpn_protocol()


def any_certificate() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def every_part_is_well(site: Site) -> object:
    answer = site.ask("/health/ready")
    return answer.status == 200 or answer.body


def http_2_is_spoken(site: Site) -> object:
    return site.protocol("h2") == "h2"


def documents_and_pictures_have_each_security_header_once(site: Site) -> object:
    paths = ("/", example(site)["image_url"])
    counted = {path: Counter(name for name, _ in site.ask(path).headers) for path in paths}
    return all(names[header] == 1 for names in counted.values() for header in SECURITY) or counted


def assets_are_compressed_and_kept_for_ever(site: Site) -> object:
    # (The smallest files have no compressed copies.)
    path = (re.findall(rb"/assets/index-[^\"]+\.js", site.ask("/").body) or [b""])[0].decode()
    answer = site.ask(path, Accept_Encoding="br")
    told = (answer.status, answer.header("content-encoding"), answer.header("cache-control"))
    return told == (200, "br", "public, max-age=31536000, immutable") or (path, told)


def what_is_inside_stays_inside(site: Site) -> object:
    paths = {"/metrics": 403, "/accel/derivatives/x": 404, "/errors/away.json": 404}
    found = {path: site.ask(path).status for path in paths}
    return found == paths or found


def too_much_is_refused_in_the_one_error_body(site: Site) -> object:
    answer = site.ask("/api/v1/me/", method="PUT", body=bytes(8_000_000))
    if answer.status != 413 or answer.header("content-type") != "application/json":
        return answer
    return json.loads(answer.body)["error"]["code"] == "request_too_large" or answer.body


def a_picture_comes_whole_in_part_and_not_twice(site: Site) -> object:
    path = example(site)["image_url"]
    whole = site.ask(path)
    part = site.ask(path, Range="bytes=8-11")
    again = site.ask(path, If_None_Match=whole.header("etag"))
    names = Counter(name for name, _ in whole.headers)
    told = (whole.status, part.status, part.body, again.status, max(names.values()))
    return told == (200, 206, b"WEBP", 304, 1) or (told, names)


def a_photograph_finds_its_print(site: Site) -> object:
    wanted = example(site)
    answer = site.ask(
        "/api/v1/searches/",
        method="POST",
        body=form(site.ask(wanted["image_url"]).body),
        Content_Type=f"multipart/form-data; boundary={FORM}",
    )
    if answer.status != 200:
        return answer
    found = json.loads(answer.body)["results"][0]["print"]["id"]
    return found == wanted["print_id"] or f"print {found}, not {wanted['print_id']}"


def example(site: Site) -> dict[str, str]:
    said = json.loads(site.ask("/api/v1/examples/").body)
    examples: list[dict[str, str]] = said if isinstance(said, list) else said["results"]
    return examples[0]


def form(picture: bytes) -> bytes:
    head = f'--{FORM}\r\nContent-Disposition: form-data; name="image"; filename="photograph"\r\n\r\n'
    return head.encode() + picture + f"\r\n--{FORM}--\r\n".encode()


CHECKS: tuple[Callable[[Site], object], ...] = (
    every_part_is_well,
    http_2_is_spoken,
    documents_and_pictures_have_each_security_header_once,
    assets_are_compressed_and_kept_for_ever,
    what_is_inside_stays_inside,
    too_much_is_refused_in_the_one_error_body,
    a_picture_comes_whole_in_part_and_not_twice,
    a_photograph_finds_its_print,
)


def main(address: str) -> int:
    """Each check in words, and what was found where it does not hold; 1 when any does not."""
    parts = urlsplit(address)
    site = Site(parts.hostname or "", parts.port or 443)
    failed = 0
    for check in CHECKS:
        found = check(site)
        failed += found is not True
        say(f"{'ok    ' if found is True else 'FAILED'} {check.__name__.replace('_', ' ')}")
        if found is not True:
            say(f"       found: {found!r}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
