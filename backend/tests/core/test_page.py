"""The page and the headers that protect it."""

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from core.head_middleware import HeadMiddleware
from core.institution import Institution, Logo


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
    assert policy["style-src"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=(self)" in headers["Permissions-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/", "/embed", "/no/such/page", "/api/v1/facets/", "/api/v1/nothing", "/api/docs/", "/api/schema/",
        "/media/institution", "/media/images/1/display/", "/manifest.webmanifest", "/health/live",
        "/admin/login/", "/static/admin/css/base.css",
    ],
)  # fmt: skip
def test_no_answer_allows_a_request_that_leaves_the_origin(
    client: Client, page_dir: Path, settings: Settings, address: str
) -> None:
    settings.RECTO_INSTITUTION = Institution(logo=Logo(b"<svg/>", "image/svg+xml"))
    response = client.get(address)
    response.close()
    policy = response.headers["Content-Security-Policy"]
    directives = {part.split()[0]: set(part.split()[1:]) for part in policy.split("; ")}
    here = {"'self'", "'none'", "data:", "blob:", "'unsafe-inline'"}
    assert directives["default-src"] in ({"'self'"}, {"'none'"})
    assert set().union(*directives.values()) <= here
    # Inline is nothing but the styles of a logo that is looked at alone, which may load nothing.
    inline = [name for name, sources in directives.items() if "'unsafe-inline'" in sources]
    assert inline == (["style-src"] if address == "/media/institution" else [])


def test_the_api_docs_have_no_inline_styles(client: Client) -> None:
    html = client.get("/api/docs/").content.decode()
    assert "core/api_docs.css" in html
    assert "<style" not in html
