"""Which of the build's HTML files an address is answered with, as frontend/build/shell.ts makes them.

They differ in what is painted before the page's code is there, and in the files to be fetched at once.
"""

import re
from pathlib import Path

from django.http import HttpRequest
from django.utils.html import escape
from django.utils.translation.trans_real import parse_accept_lang_header

LANGUAGES = ("en", "de", "fr", "it")
INDEX = "index.html"
OTHERS = ((re.compile(r"/prints/?"), "prints.html"), (re.compile(r"/prints/\d+/?"), "print.html"))
INSTITUTION = b"<!--institution-->"
# What names a search in the address of `/`, as frontend/src/composables/useSubject.ts reads it.
SUBJECTS = ("upload", "image", "example", "url", "kept")


def page_file(request: HttpRequest, folder: Path) -> Path:
    """The file for this address, in the language that the browser asks for; else index.html."""
    wanted = folder / _name(request)
    return wanted if wanted.is_file() else folder / INDEX


def _name(request: HttpRequest) -> str:
    path = request.path
    if path == "/":
        searched = any(request.GET.get(name) for name in SUBJECTS)
        return "results.html" if searched else f"start.{language_of(request)}.html"
    if path.rstrip("/") == "/embed":
        return INDEX
    return next((name for pattern, name in OTHERS if pattern.fullmatch(path)), "page.html")


def language_of(request: HttpRequest) -> str:
    """The first language that the browser asks for and the page has; English where there is none."""
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return next((code[:2] for code, _ in asked if code[:2] in LANGUAGES), LANGUAGES[0])


def with_its_house(html: bytes, name: str, logo_url: str | None) -> bytes:
    """The institution where the page's head will have it, so that nothing below jumps."""
    if not (name or logo_url):
        return html
    logo = f'<img src="{escape(logo_url)}" alt="" class="app-institution-logo" />' if logo_url else ""
    words = f"<span>{escape(name)}</span>" if name else ""
    told = f'<p class="app-institution app-header-institution">{logo}{words}</p>'
    return html.replace(INSTITUTION, told.encode(), 1)
