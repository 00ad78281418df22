"""Attempts to make an import read what it must not, or choke on it: refused, with a reason, and written down.

Each goes the whole way: a table or an archive of a curator, the check, the writing, the fetching. The servers
are real ones on loopback. One is the operator's own; the other, the victim, has a sound picture that nobody
may get.
"""

import gzip
import io
import itertools
import socket
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from catalog.models import PrintImage
from core.fetch_rules import operators_rules
from core.guarded_http import FetchRules
from imports.models import FetchedFile
from imports.sources import fetching
from imports.uploads import imports_folder
from tests.core.odd_server import PATIENT, OddServer, Visit, body, odd_server, redirect
from tests.imports.sources import archives_made as made
from tests.imports.sources.conftest import MakeRun, load

PUBLIC = "8.8.8.8"


@dataclass
class World:
    """What an attempt can use; `names` are what the resolver says, each time it is asked.

    `limits` are the fetch rules that this attempt is to run into.
    """

    own: OddServer
    victim: OddServer
    picture: bytes
    names: dict[str, Iterator[list[str]]]
    limits: dict[str, Any] = field(default_factory=dict)

    def serve(self, answer: Callable[[Visit], None], path: str = "/a.png") -> str:
        self.own.paths[path] = answer
        return f"{self.own.url}{path}"

    def leads_to(self, target: str) -> str:
        return self.serve(redirect(target))

    def named(self, name: str, *answers: list[str], path: str = "/a.png") -> str:
        """An address of the victim's port under a name; the last answer of the resolver stays."""
        self.names[name] = itertools.chain(answers, itertools.repeat(answers[-1]))
        return f"http://{name}:{self.victim.server_address[1]}{path}"

    @property
    def secret(self) -> str:
        return f"{self.victim.url}/secret.png"

    def secret_at(self, host: str) -> str:
        return self.secret.replace("127.0.0.1", host)


def _endless(visit: Visit) -> None:
    visit.raw(b"HTTP/1.1 200 OK\r\n\r\n", *itertools.repeat(b"\x89PNG" + bytes(60_000), 100))


def _chunks_without_end(visit: Visit) -> None:
    chunk = b"ffff\r\n" + bytes(0xFFFF) + b"\r\n"
    visit.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *itertools.repeat(chunk, 100))


def _drip(visit: Visit) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    visit.raw(head, *itertools.repeat(b"x", 1000), pause_s=0.02)


def _drip_of_headers(visit: Visit) -> None:
    visit.raw(b"HTTP/1.1 200 OK\r\n", *itertools.repeat(b"X-A: b\r\n", 90), pause_s=0.05)


def _headers_without_end(visit: Visit) -> None:
    visit.raw(b"HTTP/1.1 200 OK\r\n", *itertools.repeat(b"X-A: b\r\n", 5000))


def _silence(visit: Visit) -> None:
    visit.server.ended.wait(5)


def _packed_bomb(visit: Visit) -> None:
    visit.say(200, gzip.compress(bytes(5_000_000)), Content_Encoding="gzip")


ADDRESSES: dict[str, tuple[Callable[[World], str], str]] = {
    "loopback": (lambda w: w.secret, "fetch_not_public"),
    "loopback by its name": (lambda w: w.named("localhost", ["127.0.0.1"]), "fetch_not_public"),
    "another loopback": (lambda w: w.secret_at("127.9.9.9"), "fetch_not_public"),
    "unspecified": (lambda w: w.secret_at("0.0.0.0"), "fetch_not_public"),
    "loopback of IPv6": (lambda w: w.secret_at("[::1]"), "fetch_not_public"),
    "IPv4 in IPv6": (lambda w: w.secret_at("[::ffff:127.0.0.1]"), "fetch_not_public"),
    "IPv4 in IPv6 in hex": (lambda w: w.secret_at("[::ffff:7f00:1]"), "fetch_not_public"),
    "NAT64": (lambda w: w.secret_at("[64:ff9b::7f00:1]"), "fetch_not_public"),
    "6to4": (lambda w: w.secret_at("[2002:7f00:1::]"), "fetch_not_public"),
    "cloud metadata": (lambda w: "http://169.254.169.254/latest/meta-data/", "fetch_not_public"),
    "private network": (lambda w: "http://192.168.1.1/a.png", "fetch_not_public"),
    "multicast": (lambda w: "http://224.0.0.1/a.png", "fetch_not_public"),
    "decimal": (lambda w: w.secret_at("2130706433"), "fetch_unusual_address"),
    "octal": (lambda w: w.secret_at("0177.0.0.1"), "fetch_unusual_address"),
    "hexadecimal": (lambda w: w.secret_at("0x7f.1"), "fetch_unusual_address"),
    "short": (lambda w: w.secret_at("127.1"), "fetch_unusual_address"),
    "full-width digits": (lambda w: w.secret_at("１２７.0.0.1"), "fetch_not_public"),
    "user info": (lambda w: w.secret_at("example.org@127.0.0.1"), "fetch_credentials"),
    "user and password": (lambda w: w.secret_at("a:b@127.0.0.1"), "fetch_credentials"),
    "backslash": (lambda w: w.secret_at("example.org\\@127.0.0.1"), "fetch_malformed"),
    "port of mail": (lambda w: "http://93.184.215.14:25/a.png", "fetch_port"),
    "redirect to loopback": (lambda w: w.leads_to(w.secret), "fetch_not_public"),
    "redirect to file:": (lambda w: w.leads_to("file:///etc/passwd"), "fetch_not_http"),
    "redirect to gopher:": (lambda w: w.leads_to("gopher://127.0.0.1:70/"), "fetch_not_http"),
    "redirect to data:": (lambda w: w.leads_to("data:image/png;base64,AAAA"), "fetch_not_http"),
    "redirect to user info": (lambda w: w.leads_to(w.secret_at("a@127.0.0.1")), "fetch_credentials"),
    "redirect to itself": (lambda w: w.leads_to("/a.png"), "fetch_redirect_loop"),
    "redirect to nowhere": (lambda w: w.leads_to(""), "fetch_redirect_nowhere"),
    "DNS says loopback": (lambda w: w.named("evil.example", ["127.0.0.1"]), "fetch_not_public"),
    "DNS says both": (lambda w: w.named("evil.example", [PUBLIC, "127.0.0.1"]), "fetch_not_public"),
    "DNS says private IPv6": (lambda w: w.named("evil.example", [PUBLIC, "fd00::1"]), "fetch_not_public"),
    "DNS changes its answer": (
        lambda w: w.named("evil.example", [PUBLIC], ["127.0.0.1"]),
        "fetch_not_public",  # at the second attempt: the first asked the public address that was checked
    ),
    "DNS changes for the redirect": (
        lambda w: w.leads_to(w.named("evil.example", ["127.0.0.1"])),
        "fetch_not_public",
    ),
    "slow drip": (lambda w: w.serve(_drip), "fetch_too_slow"),
    "slow drip of headers": (lambda w: w.serve(_drip_of_headers), "fetch_too_long"),
    "headers without end": (lambda w: w.serve(_headers_without_end), "fetch_bad_answer"),
    "silence": (lambda w: w.serve(_silence), "fetch_timeout"),
    "endless body": (lambda w: w.serve(_endless), "fetch_too_large"),
    "endless chunks": (lambda w: w.serve(_chunks_without_end), "fetch_too_large"),
    "too long, and says so": (lambda w: w.serve(body(b"x", Content_Length="999999999")), "fetch_too_large"),
    "shorter than it says": (
        lambda w: w.serve(body(w.picture, Content_Length=str(len(w.picture) + 9))),
        "fetch_cut_off",
    ),
    "longer than it says": (lambda w: w.serve(body(w.picture, Content_Length="400")), "image_damaged"),
    "nonsense for a length": (lambda w: w.serve(body(w.picture, Content_Length="-5")), "fetch_wrong_length"),
    "packed bomb": (lambda w: w.serve(_packed_bomb), "fetch_too_large"),
    "packed as nobody asked": (lambda w: w.serve(body(w.picture, Content_Encoding="br")), "fetch_encoding"),
    "a page that says it is a picture": (
        lambda w: w.serve(body(b"<html><body>Sign in</body></html>", Content_Type="image/png")),
        "image_type_refused",
    ),
    "an archive that says it is a picture": (
        lambda w: w.serve(body(made.archive({"a.png": w.picture}), Content_Type="image/png")),
        "image_type_refused",
    ),
    "half a picture": (lambda w: w.serve(body(w.picture[:400])), "image_damaged"),
    "nothing": (lambda w: w.serve(body(b"")), "image_empty"),
}
LIMITS: dict[str, dict[str, Any]] = {
    "slow drip": {"slowest": 10_000, "slow_window_s": 0.3},
    "slow drip of headers": {"seconds": 1.5},
    "silence": {"silence_s": 0.5},
}
# These do not get as far as the fetching: the table's cell is no address of the web.
CELLS = [
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "data:image/png;base64,iVBORw0KGgo=",
    "ftp://a.example/a.png",
]


@pytest.fixture
def world(
    server: OddServer, picture: Callable[..., bytes], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    names: dict[str, Iterator[list[str]]] = {}

    def resolve(host: str, port: int) -> list[str]:
        return next(names[host]) if host in names else [host]

    monkeypatch.setattr("core.pinned_http.socket.create_connection", _only_to_loopback)
    with odd_server({"/secret.png": body(picture("secret.png"))}) as victim:
        settings.RECTO_FETCH_PORTS = [80, 443, victim.server_address[1]]
        world = World(server, victim, picture("a.png"), names)

        def rules_of_the_attempt(max_bytes: int) -> FetchRules:
            return replace(operators_rules(max_bytes), resolve=resolve, **{**PATIENT, **world.limits})

        monkeypatch.setattr(fetching, "operators_rules", rules_of_the_attempt)
        yield world


_create_connection = socket.create_connection


def _only_to_loopback(address: tuple[str, int], timeout: float) -> object:
    """The public internet of these tests answers nobody."""
    if address[0] == PUBLIC:
        raise ConnectionRefusedError("nobody there")
    return _create_connection(address, timeout=timeout)


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_is_refused_and_recorded(name: str, world: World, make_run: MakeRun) -> None:
    build, code = ADDRESSES[name]
    world.limits = LIMITS.get(name, {})
    url = build(world)
    run = load(make_run("record_id,title,image_url", f'1,A,"{url}"', source={"kind": "url"}))
    issue = run.issues.get()
    assert issue.code == code, issue.reason
    assert issue.reason.endswith((".", ")"))
    assert (issue.record_id, issue.row, issue.value, issue.left_out) == ("1", 2, url[:200], True)
    assert world.victim.visits == []
    assert not PrintImage.objects.exists()
    assert not FetchedFile.objects.exists()
    assert run.state == "done"


@pytest.mark.parametrize("cell", CELLS)
def test_what_is_no_address_of_the_web_is_refused_by_the_check(cell: str, make_run: MakeRun) -> None:
    run = load(make_run("record_id,title,image_url", f'1,A,"{cell}"', source={"kind": "url"}))
    assert cell in run.issues.get(code="not_a_web_address").value
    assert not PrintImage.objects.exists()


PNG = "a.png"
WHOLE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "no archive": (lambda picture: picture, "zip_damaged"),
    "cut off": (lambda picture: made.archive({PNG: picture})[:-30], "zip_damaged"),
    "thousands of entries": (lambda picture: made.countless(30_000), "zip_too_many_files"),
    "a bomb": (lambda picture: made.bomb(PNG, megabytes=250), "zip_bomb"),
    "nothing but a path": (lambda picture: made.archive({"../a.png": picture}), "zip_without_pictures"),
}
ENTRIES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "climbs out": (lambda picture: made.archive({"../../a.png": picture}), "zip_path"),
    "climbs out with backslashes": (lambda picture: made.archive({"..\\..\\a.png": picture}), "zip_path"),
    "absolute": (lambda picture: made.archive({"/etc/a.png": picture}), "zip_path"),
    "a drive": (lambda picture: made.archive({"C:/a.png": picture}), "zip_path"),
    "a link": (lambda picture: made.link(PNG, "/etc/passwd"), "zip_link"),
    "a device": (lambda picture: made.device(PNG), "zip_special_file"),
    "encrypted": (lambda picture: made.encrypted({PNG: picture}), "zip_encrypted"),
    "packed in another way": (
        lambda picture: made.archive({PNG: picture}, compress_type=zipfile.ZIP_LZMA),
        "zip_method",
    ),
    "too large": (lambda picture: made.bomb(PNG, megabytes=1), "zip_entry_too_large"),
    "nested by its name": (
        lambda picture: made.archive({"inner.zip": made.archive({PNG: picture})}),
        "zip_nested",
    ),
    "nested by its content": (
        lambda picture: made.archive({PNG: made.archive({PNG: picture})}),
        "zip_nested",
    ),
    "wrong type inside": (lambda picture: made.archive({PNG: b"#!/bin/sh\nrm -rf /"}), "image_type_refused"),
    "a page inside": (lambda picture: made.archive({PNG: b"<html></html>"}), "image_type_refused"),
    "damaged": (lambda picture: made.damaged({PNG: picture}), "zip_entry_damaged"),
    "half a picture": (lambda picture: made.archive({PNG: picture[:500]}), "image_damaged"),
    "says that it is smaller": (lambda picture: made.lying(PNG, picture, declared=500), "zip_entry_damaged"),
}


@pytest.fixture
def curator(db: None) -> APIClient:
    client = APIClient()
    client.force_login(User.objects.create_superuser("curator"))
    return client


def send(client: APIClient, run_id: int, content: bytes) -> dict[str, object]:
    file = io.BytesIO(content)
    file.name = "scans.zip"
    response = client.post(f"/api/v1/imports/{run_id}/images/", {"zip": file}, format="multipart")
    return {"status": response.status_code, **response.json()}


@pytest.mark.parametrize("name", WHOLE)
def test_an_archive_is_refused_and_recorded(
    name: str, make_run: MakeRun, picture: Callable[..., bytes], curator: APIClient, settings: Settings
) -> None:
    settings.RECTO_ZIP_MAX_FILES = 20_000
    build, code = WHOLE[name]
    run = make_run("record_id,image_file", "1,a.png", source={"kind": "zip"})
    answer = send(curator, run.pk, build(picture()))
    assert answer["status"] in (400, 413, 415)
    assert answer["error"]["code"] == code  # type: ignore[index]
    entry = AuditEntry.objects.get(action="import_pictures_refused")
    assert entry.detail == {"import": run.pk, "archive": "scans.zip", "code": code}
    assert not list(imports_folder().rglob("*.zip"))


@pytest.mark.parametrize("name", ENTRIES)
def test_a_file_of_an_archive_is_refused_and_recorded(
    name: str, make_run: MakeRun, picture: Callable[..., bytes], curator: APIClient
) -> None:
    build, code = ENTRIES[name]
    run = make_run("record_id,image_file", "1,a.png", "2,good.png", source={"kind": "zip"})
    good = made.archive({"good.png": picture("good.png")})
    for number, content in enumerate((build(picture()), good)):
        (imports_folder() / str(run.pk) / "archives").mkdir(exist_ok=True)
        (imports_folder() / str(run.pk) / "archives" / f"{number}.zip").write_bytes(content)
    load(run)
    issue = run.issues.get(code=code)
    assert len(issue.reason) > 20
    assert issue.left_out
    assert PrintImage.objects.get().name == "good.png"
