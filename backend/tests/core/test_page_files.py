"""Which HTML file an address is answered with."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from core import page_files
from core.institution import Institution, Logo

FRONTEND = Path(__file__).parents[3] / "frontend"
FILES = ["index", "page", "results", "prints", "print", "start.en", "start.de", "start.fr", "start.it"]


@pytest.fixture
def build(tmp_path: Path, settings: Settings) -> Path:
    """A build whose files say their own names."""
    settings.RECTO_PAGE_DIR = tmp_path
    for name in FILES:
        (tmp_path / f"{name}.html").write_text(f"<head></head>{name}<!--institution-->")
    return tmp_path


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "start.en"), ("/?image=7", "results"), ("/?kept=aB-1&q=a", "results"), ("/?image=", "start.en"),
        ("/?shared=none", "start.en"), ("/?utm_source=x", "start.en"),
        ("/prints", "prints"), ("/prints?q=a", "prints"),
        ("/prints/17", "print"), ("/prints/17/", "print"), ("/prints/new", "page"), ("/about", "page"),
        ("/no/such", "page"), ("/embed", "index"),
    ],
)  # fmt: skip
def test_each_address_has_its_file(client: Client, build: Path, address: str, name: str) -> None:
    assert client.get(address).content.decode() == f"<head></head>{name}<!--institution-->"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("de-CH,fr;q=0.8", "start.de"), ("fr", "start.fr"), ("es,it;q=0.5,en;q=0.1", "start.it"),
        ("en;q=0.2,fr;q=0.9", "start.fr"), ("es", "start.en"), ("", "start.en"), ("*;q=é;;", "start.en"),
    ],
)  # fmt: skip
def test_the_first_words_are_in_the_language_asked_for(
    client: Client, build: Path, asked: str, name: str
) -> None:
    response = client.get("/", headers={"Accept-Language": asked})
    assert name in response.content.decode()
    assert "Accept-Language" in response.headers["Vary"]


def test_the_same_address_in_another_language_is_not_answered_as_unchanged(
    client: Client, build: Path
) -> None:
    english = client.get("/").headers["ETag"]
    again = client.get("/", headers={"If-None-Match": english, "Accept-Language": "de"})
    assert again.status_code == 200
    assert client.get("/", headers={"If-None-Match": english}).status_code == 304


def test_a_build_without_them_is_its_index(client: Client, build: Path) -> None:
    (build / "page.html").unlink()
    assert "index" in client.get("/about").content.decode()


def test_the_institution_is_in_the_first_paint(client: Client, build: Path, settings: Settings) -> None:
    settings.RECTO_INSTITUTION = Institution(name="A & <B>", logo=Logo(b"<svg/>", "image/svg+xml"))
    html = client.get("/about").content.decode()
    assert '<p class="app-institution app-header-institution"><img src="/media/institution?v=' in html
    assert "<span>A &amp; &lt;B&gt;</span></p>" in html
    settings.RECTO_INSTITUTION = Institution()
    assert "app-institution" not in client.get("/about").content.decode()


def test_the_build_makes_the_files_that_are_asked_for() -> None:
    shell = (FRONTEND / "build/shell.ts").read_text()
    locales = re.findall(r"'(\w+)'", _line(shell, "const LOCALES ="))
    pages = re.findall(r"(\w+): (?:'|undefined)", _line(shell, "const PAGES ="))
    assert locales == list(page_files.LANGUAGES)
    assert sorted(path.stem for path in (FRONTEND / "src/locales").glob("*.json")) == sorted(locales)
    assert set(FILES) == {"index", *pages, *(f"start.{one}" for one in locales)}
    assert shell.count(page_files.INSTITUTION.decode()) == 1


def test_the_same_addresses_name_a_search_in_the_page() -> None:
    subjects = (FRONTEND / "src/composables/useSubject.ts").read_text()
    assert re.findall(r"\{ kind: '(\w+)'; ", subjects) == list(page_files.SUBJECTS)
    assert set(re.findall(r"\(query\.(\w+)\)", subjects)) == set(page_files.SUBJECTS)


def _line(text: str, start: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(start))
