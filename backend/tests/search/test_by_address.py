"""POST /api/v1/searches/ with `url`: pictures are found; what only this machine reaches is not given away,
and slow servers take nobody's time."""

import gzip
import itertools
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from catalog.models import Print
from core.asking_often import LatelyAsked
from core.fetch_rules import FetchRules
from search import by_address
from search.by_address import search_rules
from tests.core.odd_server import PATIENT, OddServer, Visit, body, odd_server, redirect
from tests.indexing.fixtures import drawing, png
from tests.search.searching import found, post

PUBLIC = "8.8.8.8"
PICTURE = png(drawing(4))


@dataclass
class World:
    """The operator's own server, and a victim with a sound picture that nobody may get.

    `limits` are the fetch rules that an attempt is to run into.
    """

    own: OddServer
    victim: OddServer
    names: dict[str, Iterator[list[str]]]
    limits: dict[str, Any] = field(default_factory=dict)

    def serve(self, answer: Callable[[Visit], None], path: str = "/a.png") -> str:
        self.own.paths[path] = answer
        return f"{self.own.url}{path}"

    def named(self, name: str, *answers: list[str]) -> str:
        """The victim under a name; the last answer of the resolver stays."""
        self.names[name] = itertools.chain(answers, itertools.repeat(answers[-1]))
        return self.secret.replace("127.0.0.1", name)

    @property
    def secret(self) -> str:
        return f"{self.victim.url}/secret.png"


_create_connection = socket.create_connection


def _only_to_loopback(address: tuple[str, int], timeout: float) -> object:
    """The public internet of these tests answers nobody."""
    if address[0] == PUBLIC:
        raise ConnectionRefusedError("nobody there")
    return _create_connection(address, timeout=timeout)


@pytest.fixture
def world(socket_enabled: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    names: dict[str, Iterator[list[str]]] = {}

    def resolve(host: str, port: int) -> list[str]:
        return next(names[host]) if host in names else [host]

    monkeypatch.setattr(by_address, "_asked", LatelyAsked(most=1000, seconds=60))
    monkeypatch.setattr("core.pinned_http.socket.create_connection", _only_to_loopback)
    settings.RECTO_SEARCH_MAX_BYTES = 300_000
    with odd_server() as own, odd_server({"/secret.png": body(PICTURE)}) as victim:
        settings.RECTO_SEARCH_ALLOW_HOSTS = [own.place]
        settings.RECTO_FETCH_PORTS = [80, 443, victim.server_address[1]]
        world = World(own, victim, names)

        def rules_of_the_attempt() -> FetchRules:
            return replace(search_rules(), resolve=resolve, **{**PATIENT, **world.limits})

        monkeypatch.setattr(by_address, "search_rules", rules_of_the_attempt)
        yield world


def refused(response: Any) -> str:
    """The code of a refusal that names the field and says a whole sentence."""
    error = response.json()["error"]
    assert response.status_code == 400, error
    assert error["fields"]["url"] == [error["message"]]
    assert error["said"]["key"]
    assert error["message"].endswith((".", ")"))
    return str(error["code"])


def test_the_picture_at_an_address_is_found(api: APIClient, prints: list[Print], world: World) -> None:
    response = post(api, url=f" {world.serve(body(PICTURE, Content_Type='image/png'))} ")
    assert found(response)[0] == prints[4].pk
    assert response.json()["kept"] is None
    headers = world.own.visits[0][1]
    assert headers["User-Agent"].startswith("Recto/")
    assert not {"Cookie", "Referer", "Authorization"} & headers.keys()


def test_redirects_are_followed_and_the_content_decides(
    api: APIClient, prints: list[Print], world: World
) -> None:
    target = world.serve(body(PICTURE, Content_Type="text/plain"), "/b")
    assert found(post(api, url=world.serve(redirect(target))))[0] == prints[4].pk


def test_framing_and_filters_count(api: APIClient, prints: list[Print], world: World) -> None:
    url = world.serve(body(PICTURE))
    assert found(post(api, url=url, year_from=1507, crop="0,0,1,0.5")) != []
    assert post(api, url=url, year_from=1900).json()["total"] == 0


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:image" content="/pictures/b.png?a=1&amp;b=2">',
        "<META content='b.png' name='twitter:image'/>",
        '<link rel="image_src" href="{own}/b.png">',
        '<meta property="og:image" content="">\n<meta property=og:image:url content=/b.png >',
    ],
)
def test_of_a_web_page_the_picture_it_names_is_taken(
    api: APIClient, prints: list[Print], world: World, head: str
) -> None:
    page = f"<!DOCTYPE html><html><head>{head.replace('{own}', world.own.url)}</head></html>"
    url = world.serve(body(page.encode(), Content_Type="text/html"), "/page")
    for path in ("/pictures/b.png", "/b.png"):
        world.serve(body(PICTURE), path)
    assert found(post(api, url=url))[0] == prints[4].pk


def test_a_page_that_names_a_page_or_nothing_says_so(
    api: APIClient, prints: list[Print], world: World
) -> None:
    page = b'<!doctype html><html><head><meta property="og:image" content="/page"></head></html>'
    assert refused(post(api, url=world.serve(body(page), "/page"))) == "search_url_page"
    assert refused(post(api, url=world.serve(body(b"<html>Sign in</html>")))) == "search_url_page"


def _endless(visit: Visit) -> None:
    visit.raw(b"HTTP/1.1 200 OK\r\n\r\n", *itertools.repeat(b"\x89PNG" + bytes(60_000), 100))


def _drip(visit: Visit) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    visit.raw(head, *itertools.repeat(b"x", 1000), pause_s=0.02)


def _drip_of_headers(visit: Visit) -> None:
    visit.raw(b"HTTP/1.1 200 OK\r\n", *itertools.repeat(b"X-A: b\r\n", 90), pause_s=0.05)


def _silence(visit: Visit) -> None:
    visit.server.ended.wait(5)


def _packed_bomb(visit: Visit) -> None:
    visit.say(200, gzip.compress(bytes(5_000_000)), Content_Encoding="gzip")


def _page_naming(address: str) -> Callable[[Visit], None]:
    return body(f'<html><head><meta property="og:image" content="{address}"></head></html>'.encode())


ATTEMPTS: dict[str, tuple[Callable[[World], str], str]] = {
    "loopback": (lambda w: w.secret, "search_url_not_public"),
    "loopback by its name": (lambda w: w.named("localhost", ["127.0.0.1"]), "search_url_not_public"),
    "loopback of IPv6": (lambda w: w.secret.replace("127.0.0.1", "[::1]"), "search_url_not_public"),
    "IPv4 as IPv6": (
        lambda w: w.secret.replace("127.0.0.1", "[::ffff:127.0.0.1]"),
        "search_url_not_public",
    ),
    "unspecified": (lambda w: w.secret.replace("127.0.0.1", "0.0.0.0"), "search_url_not_public"),
    "decimal": (lambda w: w.secret.replace("127.0.0.1", "2130706433"), "fetch_unusual_address"),
    "a cloud's metadata": (lambda w: "http://169.254.169.254/latest/", "search_url_not_public"),
    "the network's router": (lambda w: "http://192.168.1.1/", "search_url_not_public"),
    "a public name for a private address": (
        lambda w: w.named("evil.example", ["10.0.0.1"]),
        "search_url_not_public",
    ),
    "one of two addresses private": (
        lambda w: w.named("evil.example", [PUBLIC, "127.0.0.1"]),
        "search_url_not_public",
    ),
    "DNS changes its answer": (lambda w: w.named("e.example", [PUBLIC], ["127.0.0.1"]), "fetch_unreachable"),
    "redirected inside": (lambda w: w.serve(redirect(w.secret)), "search_url_not_public"),
    "redirected to a file": (lambda w: w.serve(redirect("file:///etc/passwd")), "fetch_not_http"),
    "redirects in a circle": (
        lambda w: w.serve(redirect(f"{w.own.url}/a.png")),
        "fetch_redirect_loop",
    ),
    "named by a page": (lambda w: w.serve(_page_naming(w.secret)), "search_url_not_public"),
    "a file named by a page": (lambda w: w.serve(_page_naming("file:///etc/passwd")), "fetch_not_http"),
    "a file": (lambda w: "file:///etc/passwd", "fetch_not_http"),
    "another protocol": (lambda w: "gopher://127.0.0.1:6379/_FLUSHALL", "fetch_not_http"),
    "credentials": (lambda w: w.secret.replace("//", "//public.example@"), "fetch_credentials"),
    "a newline": (lambda w: f"{w.own.url}/\r\nX: y", "fetch_malformed"),
    "another port": (lambda w: "http://8.8.8.8:6379/", "fetch_port"),
    "slow drip": (lambda w: w.serve(_drip), "fetch_too_slow"),
    "slow drip of headers": (lambda w: w.serve(_drip_of_headers), "fetch_too_long"),
    "silence": (lambda w: w.serve(_silence), "fetch_timeout"),
    "endless": (lambda w: w.serve(_endless), "fetch_too_large"),
    "packed bomb": (lambda w: w.serve(_packed_bomb), "fetch_too_large"),
    "too long, and says so": (lambda w: w.serve(body(b"x", Content_Length="999999999")), "fetch_too_large"),
    "not there": (lambda w: f"{w.own.url}/nothing.png", "fetch_status_404"),
    "gone": (lambda w: w.serve(lambda visit: visit.say(410)), "fetch_gone"),
}
LIMITS: dict[str, dict[str, Any]] = {
    "slow drip": {"slowest": 10_000, "slow_window_s": 0.3},
    "slow drip of headers": {"head_s": 1.0},
    "silence": {"silence_s": 0.5},
}


@pytest.mark.parametrize("name", ATTEMPTS)
def test_an_attempt_is_refused_in_a_sentence(
    api: APIClient, prints: list[Print], world: World, name: str
) -> None:
    build, code = ATTEMPTS[name]
    world.limits = LIMITS.get(name, {})
    response = post(api, url=build(world))
    assert refused(response) == code, response.json()
    assert world.victim.visits == []


@pytest.mark.parametrize("hosts", [["10.0.0.7"], []])
def test_nobody_learns_which_names_this_network_knows(
    api: APIClient, prints: list[Print], world: World, hosts: list[str]
) -> None:
    """Of a name that leads inside, and of one that is not known at all, the same is said."""
    world.names["intranet"] = itertools.repeat(hosts)
    error = post(api, url="http://intranet/a.png").json()["error"]
    assert (error["code"], error["said"]["params"]) == ("search_url_not_public", {"host": "intranet"})
    assert "10.0.0.7" not in error["message"]


def test_a_host_that_only_curators_may_ask_is_not_asked(
    api: APIClient, prints: list[Print], world: World, settings: Settings
) -> None:
    settings.RECTO_FETCH_ALLOW_HOSTS = [world.victim.place]
    assert refused(post(api, url=world.secret)) == "search_url_not_public"
    assert world.victim.visits == []


def test_what_is_no_picture_is_said_as_of_a_file(api: APIClient, prints: list[Print], world: World) -> None:
    assert post(api, url=world.serve(body(b"%PDF-1.7 hello"))).status_code == 415
    assert post(api, url=world.serve(body(PICTURE[:400]))).json()["error"]["code"] == "image_damaged"
    assert post(api, url=world.serve(body(b""))).json()["error"]["code"] == "image_empty"


def test_it_can_be_switched_off(
    api: APIClient, prints: list[Print], world: World, settings: Settings
) -> None:
    settings.RECTO_SEARCH_BY_URL = False
    assert refused(post(api, url=world.serve(body(PICTURE)))) == "search_url_off"
    assert world.own.visits == []
    assert api.get("/api/v1/info/").json()["search_by_url"] is False


def test_slow_addresses_take_a_few_places_only(api: APIClient, prints: list[Print], world: World) -> None:
    taken = [by_address._places.acquire(blocking=False) for _ in range(by_address.AT_ONCE)]
    try:
        assert all(taken)
        response = post(api, url=world.serve(body(PICTURE)))
    finally:
        for _ in taken:
            by_address._places.release()
    assert (response.status_code, response.json()["error"]["code"]) == (503, "search_url_busy")
    assert int(response.headers["Retry-After"]) >= 1
    assert found(post(api, url=world.serve(body(PICTURE))))


def test_one_asker_is_slowed_down_and_others_are_not(
    api: APIClient, prints: list[Print], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_address, "_asked", LatelyAsked(most=2, seconds=60))
    url = f"{world.own.url}/nothing.png"
    statuses = [post(api, url=url).status_code for _ in range(3)]
    assert statuses == [400, 400, 429]
    api.defaults["REMOTE_ADDR"] = "192.0.2.9"
    assert post(api, url=url).status_code == 400
