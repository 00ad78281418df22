"""The log of all that visitors do tells nothing that is theirs: all is said at its loudest, and read."""

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings
from rest_framework.test import APIClient

from catalog.models import Print
from core.log_format import JsonFormatter
from tests.core.odd_server import body
from tests.indexing.fake_extractor import FakeExtractor
from tests.indexing.fixtures import drawing, png
from tests.search.searching import URL, post, upload
from tests.search.test_by_address import World, world

__all__ = ["world"]
PASSWORD = "correct horse battery staple"
ADDRESS = "203.0.113.77"
WORDS = "geheime-worte"


@pytest.fixture
def log(settings: Settings) -> Iterator[io.StringIO]:
    """All that the settings' own handler writes, while every logger says most."""
    settings.RECTO_ACCESS_LOG, settings.RECTO_PROXIES = True, 1
    loggers = [logging.getLogger(name) for name in ("", "django")]
    levels = [logger.level for logger in loggers]
    console = next(handler for handler in loggers[1].handlers if handler.name == "console")
    assert isinstance(console, logging.StreamHandler)
    before, written, usual = console.stream, io.StringIO(), console.formatter
    console.setStream(written)
    console.setFormatter(JsonFormatter())
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield written
    console.setStream(before)
    console.setFormatter(usual)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.fixture
def visitor() -> APIClient:
    return APIClient(headers={"X-Forwarded-For": ADDRESS, "User-Agent": "a telling browser"})


def keep_a_search(visitor: APIClient) -> list[str]:
    """Kept, looked at, not deleted with a wrong key, deleted, asked for in vain; what of it is secret."""
    kept: dict[str, str] = post(visitor, image=upload(drawing(4), "mein-bild.png"), keep="true").json()[
        "kept"
    ]
    visitor.get(f"{URL}{kept['id']}/")
    visitor.get(f"{URL}{kept['id']}/picture/")
    visitor.delete(f"{URL}{kept['id']}/?key=falscher-schluessel")
    visitor.delete(f"{URL}{kept['id']}/?key={kept['delete_key']}")
    assert visitor.get(f"{URL}{kept['id']}/").status_code == 404
    return [kept["id"], kept["delete_key"], "falscher-schluessel", "mein-bild"]


def sign_in(visitor: APIClient) -> list[str]:
    """In vain and with success; a token made, used, and used with a fault in it."""
    User.objects.create_superuser("ida", password=PASSWORD)
    visitor.post("/api/v1/session/", {"username": "ida", "password": PASSWORD + "?"})
    assert visitor.post("/api/v1/session/", {"username": "ida", "password": PASSWORD}).status_code == 200
    token = visitor.post("/api/v1/me/tokens/", {"name": "my script"}).json()["token"]
    other = APIClient(headers={"X-Forwarded-For": ADDRESS})
    for sent in (token, token[:-1]):
        other.get("/api/v1/me/", headers={"Authorization": f"Token {sent}"})
    return [PASSWORD, token, token[:-1], visitor.cookies["sessionid"].value]


def search_by_address(visitor: APIClient, world: World) -> list[str]:
    address = world.serve(body(png(drawing(4))), "/ein-bild-von-mir.png")
    assert post(visitor, url=address).status_code == 200
    post(visitor, url=f"{address}?gone")
    post(visitor, url=world.secret)
    return ["ein-bild-von-mir", "secret.png"]


def stumble(visitor: APIClient) -> list[str]:
    """Addresses that there are not, pictures that are none, other hosts, and a form that no page sent."""
    visitor.get(f"/api/v1/{WORDS}/?q={WORDS}")
    visitor.get(f"/api/v1/prints/?q={WORDS}")
    visitor.post(URL, {"image": upload(drawing(4)), "limit": WORDS}, format="multipart")
    visitor.post(URL, {"image": io.BytesIO(f"kein bild {WORDS}".encode())}, format="multipart")
    visitor.get("/api/v1/info/", headers={"Host": "evil.example"})
    APIClient(enforce_csrf_checks=True).post("/admin/login/", {"username": WORDS, "password": WORDS})
    return [WORDS]


def test_nothing_that_is_a_visitor_s_own_is_in_the_log(
    log: io.StringIO, visitor: APIClient, prints: list[Print], world: World, extractor: FakeExtractor
) -> None:
    secrets = [
        *keep_a_search(visitor),
        *search_by_address(visitor, world),
        *sign_in(visitor),
        *stumble(visitor),
        ADDRESS,
        "a telling browser",
    ]
    written = log.getvalue()
    assert [secret for secret in secrets if secret in written] == []
    assert not re.search(r"\\x[0-9a-f]{2}|\\u00[0-9a-f]{2}|PNG|JFIF", written), "bytes of a picture"
    lines = [json.loads(line) for line in written.splitlines()]
    access = [line for line in lines if line["logger"] == "recto.access"]
    assert len(access) > 15
    assert all(line["request_id"] for line in access)
    assert {line["address"] for line in access} <= {"203.0.113.0/24", "127.0.0.0/24"}


def test_a_picture_s_vectors_are_asked_for_under_the_request_s_id(
    visitor: APIClient, prints: list[Print], extractor: FakeExtractor
) -> None:
    extractor.told.clear()
    response = visitor.post(
        URL, {"image": upload(drawing(4))}, format="multipart", headers={"X-Request-ID": "3f2a9c0d11e4b7aa"}
    )
    assert response.headers["X-Request-ID"] == "3f2a9c0d11e4b7aa"
    assert [headers.get("X-Request-ID") for headers in extractor.told] == ["3f2a9c0d11e4b7aa"]
