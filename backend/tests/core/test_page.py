"""The page and the headers that protect it."""

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from core.head_middleware import HeadMiddleware


@pytest.fixture
def page_dir(tmp_path: Path, settings: Settings) -> Path:
    settings.RECTO_PAGE_DIR = tmp_path
    (tmp_path / "index.html").write_text("<!doctype html><title>Recto</title>")
    return tmp_path


@pytest.mark.parametrize("address", ["/", "/prints/17", "/prints/17/", "/about", "/searches/ab-12"])
def test_every_address_of_the_page_is_its_index(client: Client, page_dir: Path, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"<title>Recto</title>" in response.content


def test_index_is_asked_for_again_and_answered_304_while_it_is_the_same(
    client: Client, page_dir: Path
) -> None:
    first = client.get("/")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    (page_dir / "index.html").write_text("new")
    assert client.get("/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    "address", ["/robots.txt", "/assets/index-1a2b.js", "/api/nothing", "/media/nothing", "/static/none.js"]
)
def test_a_file_that_is_not_there_is_no_page(client: Client, page_dir: Path, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


def test_a_page_that_is_not_built_says_how(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.RECTO_PAGE_DIR = tmp_path
    response = client.get("/")
    assert response.status_code == 500
    assert "make run" in response.json()["error"]["message"]


def test_head_has_the_length_and_no_body(client: Client, page_dir: Path, rf: RequestFactory) -> None:
    # (The test client empties every answer to HEAD: ask the middleware itself.)
    whole = client.get("/")
    answer = HeadMiddleware(lambda request: whole)(rf.head("/"))
    assert isinstance(answer, HttpResponse)
    assert (answer.content, answer.headers["Content-Length"]) == (
        b"",
        str(len(b"<!doctype html><title>Recto</title>")),
    )


def test_the_page_takes_no_post(client: Client, page_dir: Path) -> None:
    response = client.post("/")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
    assert response.json()["error"]["code"] == "method_not_allowed"


def test_security_headers(client: Client, page_dir: Path) -> None:
    headers = client.get("/").headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["script-src"] == policy["connect-src"] == "'self'"
    assert policy["object-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "http" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=(self)" in headers["Permissions-Policy"]
