"""Which sites may show Recto in a frame: the search box on those that are named, everything else nowhere."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from config.institution import embed_origins

MUSEUM = "https://www.museum.example"


@pytest.fixture(autouse=True)
def page_dir(tmp_path: Path, settings: Settings) -> None:
    settings.RECTO_PAGE_DIR = tmp_path
    (tmp_path / "index.html").write_text("<!doctype html><title>Recto</title>")


def directives(response: HttpResponseBase) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize("address", ["/embed", "/embed/"])
def test_named_sites_may_frame_the_search_box(client: Client, settings: Settings, address: str) -> None:
    settings.RECTO_EMBED_ORIGINS = [MUSEUM, "http://127.0.0.1:5999"]
    response = client.get(address)
    assert response.status_code == 200
    assert directives(response)["frame-ancestors"] == f"{MUSEUM} http://127.0.0.1:5999"
    assert "X-Frame-Options" not in response.headers
    assert directives(response) | {"frame-ancestors": ""} == directives(client.get("/")) | {
        "frame-ancestors": ""
    }


@pytest.mark.parametrize("address", ["/", "/about", "/embedded", "/embed/more", "/prints/1", "/health/live"])
def test_nothing_else_may_be_framed(client: Client, settings: Settings, address: str) -> None:
    settings.RECTO_EMBED_ORIGINS = [MUSEUM]
    response = client.get(address)
    assert directives(response)["frame-ancestors"] == "'none'"
    assert response.headers["X-Frame-Options"] == "DENY"


def test_by_default_no_site_may(client: Client) -> None:
    assert directives(client.get("/embed"))["frame-ancestors"] == "'none'"


def test_an_unchanged_search_box_keeps_its_policy(client: Client, settings: Settings) -> None:
    settings.RECTO_EMBED_ORIGINS = [MUSEUM]
    etag = client.get("/embed").headers["ETag"]
    again = client.get("/embed", headers={"If-None-Match": etag})
    assert (again.status_code, directives(again)["frame-ancestors"]) == (304, MUSEUM)


def test_origins_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert embed_origins() == []
    monkeypatch.setenv("RECTO_EMBED_ORIGINS", f"{MUSEUM}, http://localhost:8080")
    assert embed_origins() == [MUSEUM, "http://localhost:8080"]


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "www.museum.example",
        "https://*.museum.example",
        f"{MUSEUM}/",
        f"{MUSEUM}; script-src *",
        "ftp://a.example",
        "https://user@a.example",
        "https://a.example:x",
        "'self'",
        "https://A.example",
    ],
)
def test_what_is_no_origin_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    monkeypatch.setenv("RECTO_EMBED_ORIGINS", origin)
    with pytest.raises(ImproperlyConfigured, match="RECTO_EMBED_ORIGINS="):
        embed_origins()
