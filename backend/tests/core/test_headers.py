"""What a scanner of web sites looks for, at every address: headers, methods, cookies, what errors tell."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

# One address of each route; what stands between < and > is filled in.
FILLED_IN = {"int": "1", "slug": "nothing", "str": "nothing", "path": "nothing"}
FILLED_IN_BY_NAME = {"kind": "thumbnail", "region": "full", "size": "max", "rotation": "0"}
FILLED_IN_BY_NAME |= {"quality": "default", "format": "jpg", "url": "nothing", "app_label": "auth"}
WITHOUT_ROUTES = ["/", "/search", "/static/admin/css/base.css", "/api/v1/nothing/", "/%00", "/embed"]
# There is none in these tests.
ASK_THE_EXTRACTOR = ("/health/ready", "/metrics", "/api/v1/info/")
TELLTALES = ("Traceback", "site-packages", "Exception", "/backend/", "DJANGO")


def routes(patterns: list[Any] | None = None, before: str = "/") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield filled_in(here)


def filled_in(route: str) -> str:
    route = re.sub(r"<(?:(\w+):)?(\w+)>", lambda found: FILLED_IN.get(found[1] or "str", "1"), route)
    route = re.sub(r"\(\?P(\w+|<?)[^()]*\)", "1", route)
    return re.sub(r"[\^$\\?]", "", route)


def addresses() -> list[str]:
    return sorted({*WITHOUT_ROUTES, *(route for route in routes() if "(" not in route)})


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def whole(answer: Any) -> Any:
    """With its text; files are read to their end, which closes them."""
    answer.text_of_it = (b"".join(answer) if answer.streaming else answer.content).decode(errors="replace")
    return answer


def test_there_are_addresses_of_every_part() -> None:
    parts = {address.split("/")[1] for address in addresses()}
    assert parts >= {
        "",
        "admin",
        "api",
        "health",
        "iiif",
        "manifest.webmanifest",
        "media",
        "metrics",
        "share",
    }
    assert len(addresses()) > 80


@pytest.mark.django_db
def test_every_answer_has_the_headers_that_keep_a_browser_safe(client: Client) -> None:
    for address in addresses():
        for method in ("get", "post"):
            answer = whole(getattr(client, method)(address))
            said = f"{method} {address}: {answer.status_code}"
            policy = answer.headers["Content-Security-Policy"]
            assert "unsafe" not in policy, said
            assert re.search(r"(default-src|script-src) '(self|none)'", policy), said
            assert "object-src 'none'" in policy or "default-src 'none'" in policy, said
            assert answer.headers["X-Content-Type-Options"] == "nosniff", said
            assert answer.headers["Referrer-Policy"] == "same-origin", said
            assert "geolocation=()" in answer.headers["Permissions-Policy"], said
            assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", said
            assert answer.headers["Cross-Origin-Resource-Policy"] == resources_for(address), said
            assert "frame-ancestors" in policy or "default-src 'none'" in policy, said
            assert {"Server", "X-Powered-By", "Strict-Transport-Security"}.isdisjoint(answer.headers), said
            assert cors(answer) in ((None, "*") if address.startswith("/iiif/") else (None,)), said
            assert answer.status_code < 500 or address in ASK_THE_EXTRACTOR, said


def resources_for(address: str) -> str:
    """Pictures of public collections may stand in other sites' pages; nothing else of ours."""
    return "cross-origin" if address.startswith(("/iiif/", "/media/", "/embed")) else "same-origin"


def cors(answer: Any) -> str | None:
    found: str | None = answer.headers.get("Access-Control-Allow-Origin")
    return found


@pytest.mark.django_db
def test_no_error_tells_of_the_program(client: Client) -> None:
    for address in addresses():
        answer = whole(client.patch(address, b"\xff{", content_type="application/json"))
        if answer.status_code >= 400:
            text = answer.text_of_it
            assert [word for word in TELLTALES if word in text] == [], address


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND"])
def test_methods_that_nobody_needs_are_answered_nowhere(client: Client, method: str) -> None:
    for address in addresses():
        answer = whole(client.generic(method, address))
        # (Some pages lead elsewhere, whatever the method.)
        assert answer.status_code in (400, 401, 403, 404, 405, 301, 302, 303), (method, address)


@pytest.mark.django_db
def test_no_other_site_is_let_in(client: Client) -> None:
    headers = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    for address in addresses():
        if not address.startswith("/iiif/"):
            answer = whole(client.options(address, headers=headers))
            assert cors(answer) is None, address


@pytest.mark.django_db
def test_what_is_for_certain_eyes_is_kept_by_nobody(client: Client) -> None:
    user = User.objects.create_superuser("anna", "", "a print room key")
    client.force_login(user)
    for address in addresses():
        if address.startswith(("/api/", "/admin/")):
            answer = whole(client.get(address))
            kept = answer.headers.get("Cache-Control", "")
            assert "no-store" in kept or "private" in kept, f"{address}: {kept!r}"


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client: Client, settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    User.objects.create_user("anna", "", "a print room key")
    form = {"username": "anna", "password": "a print room key"}
    answer = client.post("/api/v1/session/", form, content_type="application/json")
    assert answer.status_code == 200
    session = answer.cookies["sessionid"]
    assert (session["httponly"], session["secure"], session["samesite"]) == (True, True, "Lax")
    assert session["domain"] == ""
    csrf = answer.cookies["csrftoken"]
    assert (csrf["secure"], csrf["samesite"]) == (True, "Lax")


@pytest.mark.django_db
def test_https_is_asked_for_ever_where_there_is_https(client: Client, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    answer = Client().get("/health/live", secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
