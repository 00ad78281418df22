"""The institution: what it may call itself, which logos are served, which colours can be read."""

import json
import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from pytest_django import Settings

from config import institution as settings_of
from core.apps import institution_notes
from core.institution import (
    DARK_PAPERS,
    LIGHT_PAPERS,
    LOGO_BYTES,
    READABLE,
    Institution,
    Logo,
    checked_logo,
    contrast,
    readable_colours,
)
from core.institution_views import share

PAGE = Path(__file__).resolve().parents[3] / "frontend"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#123456"/></svg>'
PNG = (PAGE / "public/icons/icon-192.png").read_bytes()
HOUSE = Institution(
    name='Cabinet "A & B" </title>',
    url="https://museum.example",
    logo=Logo(SVG, "image/svg+xml"),
    colour=readable_colours("#8a1538")[0],
)


@pytest.fixture
def house(settings: Settings, tmp_path: Path) -> Institution:
    settings.RECTO_INSTITUTION = HOUSE
    settings.RECTO_PAGE_DIR = tmp_path
    (tmp_path / "index.html").write_text("<html><head><title>Recto</title></head></html>")
    return HOUSE


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#fff000", "#fff000", 1.0)],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("colour", ["#ffcc00", "#000000", "#ffffff", "#8A1538", "#23395b", "#808080"])
def test_every_colour_becomes_one_that_both_papers_let_be_read(colour: str) -> None:
    found, notes = readable_colours(colour)
    assert min(contrast(found.light, paper) for paper in LIGHT_PAPERS) >= READABLE
    assert min(contrast(found.dark, paper) for paper in DARK_PAPERS) >= READABLE
    assert len(notes) == (found.light != colour.lower()) + (found.dark != colour.lower())


def test_a_colour_that_can_be_read_is_left_as_it_is_and_one_that_cannot_is_said() -> None:
    found, notes = readable_colours("#23395B")
    assert found.light == "#23395b"
    assert notes == (f"#23395B is too dark to be read on the dark paper: {found.dark} is used there.",)


def test_the_papers_are_those_of_the_page() -> None:
    source = (PAGE / "src/plugins/vuetify.ts").read_text()
    found = {
        name: re.findall(rf"\n    {name}: '(#[0-9a-f]+)'", source)
        for name in ("background", "surface", "mat")
    }
    assert tuple(pair[0] for pair in found.values()) == LIGHT_PAPERS
    assert tuple(pair[1] for pair in found.values()) == DARK_PAPERS


def test_logos() -> None:
    assert checked_logo(PNG).content_type == "image/png"
    assert checked_logo(SVG).content_type == "image/svg+xml"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"GIF89a", "must be a PNG or SVG"),
        (b"<html/>", "must be a PNG or SVG"),
        (PNG[:-20], "not whole"),
        (b"<svg>" + b" " * LOGO_BYTES + b"</svg>", "at most 500,000 bytes"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "DOCTYPE"),
        (b"<svg><script>alert(1)</script></svg>", "<script>"),
        (b"<svg onload='alert(1)'/>", "script"),
        (b"<svg><a href='javascript:alert(1)'/></svg>", "refers to javascript"),
        (b"<svg><image href='https://elsewhere.example/a.png'/></svg>", "refers to https"),
        (b"<svg><style>@import 'https://elsewhere.example/a.css'</style></svg>", "refers to files"),
        (b"<svg><path style='fill: url(//elsewhere.example/a)'/></svg>", "refers to files"),
    ],
)
def test_a_logo_that_is_none_or_does_more_than_show_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        checked_logo(content)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("NAME", "a" * 81),
        ("URL", "javascript:alert(1)"),
        ("URL", "https://"),
        ("LOGO", "/no/such/logo.svg"),
        ("COLOUR", "red"),
    ],
)
def test_a_setting_that_is_wrong_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(f"RECTO_INSTITUTION_{variable}", value)
    with pytest.raises(ImproperlyConfigured, match=re.escape(f"RECTO_INSTITUTION_{variable}={value!r}: ")):
        settings_of.from_environment()


def test_settings_make_the_institution(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings
) -> None:
    assert settings_of.from_environment() == Institution()
    (tmp_path / "logo.svg").write_bytes(SVG)
    for part, value in {"NAME": "Museum", "LOGO": str(tmp_path / "logo.svg"), "COLOUR": "#ffcc00"}.items():
        monkeypatch.setenv(f"RECTO_INSTITUTION_{part}", value)
    settings.RECTO_INSTITUTION = found = settings_of.from_environment()
    assert (found.name, found.logo) == ("Museum", Logo(SVG, "image/svg+xml"))
    assert "too light" in str(institution_notes()[0].msg)


def test_the_page_is_of_the_institution_before_any_script_runs(client: Client, house: Institution) -> None:
    html = client.get("/").content.decode()
    assert "<title>Recto · Cabinet &quot;A &amp; B&quot; &lt;/title&gt;</title>" in html
    written = re.search(r'<meta name="recto:institution" content="([^"]*)" />\n  </head>', html)
    assert written is not None
    text = (
        written.group(1)
        .replace("&quot;", '"')
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
    )
    assert json.loads(text) == house.told()


def test_the_logo_is_a_picture_that_can_do_nothing(client: Client, house: Institution) -> None:
    response = client.get(house.told()["logo_url"])
    assert (response.content, response.headers["Content-Type"]) == (SVG, "image/svg+xml")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert (
        client.get("/media/institution", headers={"If-None-Match": response.headers["ETag"]}).status_code
        == 304
    )
    assert client.post("/media/institution").status_code == 405


def test_without_a_logo_there_is_none(client: Client, db: None) -> None:
    assert client.get("/media/institution").status_code == 404


def test_the_installed_app_bears_both_names(client: Client, house: Institution) -> None:
    response = client.get("/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    manifest = response.json()
    assert (manifest["name"], manifest["short_name"]) == (f"Recto · {house.name}", "Recto")
    for icon in manifest["icons"]:
        assert (PAGE / "public" / icon["src"].lstrip("/")).is_file()


def test_the_installed_app_takes_pictures_of_the_gallery(client: Client, house: Institution) -> None:
    target = client.get("/manifest.webmanifest").json()["share_target"]
    assert (target["action"], target["method"], target["enctype"]) == (
        "/share",
        "POST",
        "multipart/form-data",
    )
    (files,) = target["params"]["files"]
    assert {"image/*", "image/heic", "image/avif"} <= set(files["accept"])
    assert (PAGE / "src" / "worker" / "rules.ts").read_text().count(f"SHARE = '{target['action']}'") == 1
    assert f"getAll('{files['name']}')" in (PAGE / "src" / "api" / "shared.ts").read_text()


def test_what_is_shared_where_no_worker_takes_it_is_not_read_and_the_page_asks_for_it(
    rf: RequestFactory,
) -> None:
    # With the checks on that refuse forms of other origins: telephones send no token.
    phone = Client(enforce_csrf_checks=True)
    picture = b"\xff\xd8\xff"
    response = phone.post("/share", {"pictures": SimpleUploadedFile("a.jpg", picture)})
    assert (response.status_code, response.headers["Location"]) == (303, "/?shared=none")
    assert phone.get("/share").headers["Location"] == "/"
    request = rf.post("/share", {"pictures": SimpleUploadedFile("a.jpg", picture)})
    share(request)
    assert not hasattr(request, "_files")
