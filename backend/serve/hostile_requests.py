"""Valid requests of every kind, and how to damage one: path, query, headers, body. Pure."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from dataclasses import replace

from serve.hostile_material import FORM, JSON, Request, damaged, form, quoted, search_request

READ = [
    "/",
    "/search?kept=abc",
    "/api/schema/",
    "/api/docs/",
    "/health/live",
    "/api/v1/info/",
    "/api/v1/prints/?q=bear&page=2&page_size=10&ordering=year&year_from=1500&year_to=1900",
    "/api/v1/prints/?collection=sample&technique=etching&technique=woodcut&include_undated=true",
    "/api/v1/prints/1/",
    "/api/v1/prints/1/similar/?limit=5&person=3",
    "/api/v1/prints/1/history/",
    "/api/v1/prints/random/?classification=print",
    "/api/v1/facets/?q=sea&relation=duplicate&institution=x",
    "/api/v1/suggestions/?q=ra",
    "/api/v1/collections/",
    "/api/v1/collections/sample/",
    "/api/v1/collections/sample/members/",
    "/api/v1/collections/sample/export/?format=csv",
    "/api/v1/examples/",
    "/api/v1/me/",
    "/api/v1/audit/?page=1",
    "/api/v1/imports/?page=1",
    "/api/v1/imports/1/records/?outcome=created",
    "/api/v1/imports/folders/?path=",
    "/api/v1/jobs/?kind=purge_searches",
    "/api/v1/index/",
    "/api/v1/index/problems/",
    "/api/v1/knn-models/",
    "/api/v1/image-groups/?page=1",
    "/api/v1/searches/abcdefgh/?limit=3",
    "/media/images/1/thumbnail/",
    "/media/images/1/display/",
    "/iiif/image/3/1/info.json",
    "/iiif/image/3/1/full/200,/0/default.jpg",
    "/iiif/image/3/1/0,0,256,256/!128,128/90/gray.png",
    "/iiif/presentation/3/prints/1/manifest.json",
    "/admin/login/?next=/admin/",
    "/static/admin/css/base.css",
]
HEADERS = {
    "Accept": "application/json, image/webp;q=0.8",
    "Accept-Language": "de-CH, fr;q=0.7",
    "Accept-Encoding": "gzip, br;q=0.5",
    "Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz012345; csrftoken=abcdefghijklmnopqrstuvwxyz012345",
    "Range": "bytes=0-99",
    "If-None-Match": '"abc"',
    "If-Modified-Since": "Sat, 21 Nov 2026 10:00:00 GMT",
    "X-Forwarded-For": "203.0.113.9, 10.0.0.1",
    "X-Forwarded-Proto": "https",
    "X-Request-Id": "3f2b8c1d-0000-4000-8000-000000000000",
    "Authorization": "Token recto_abcdefghijklmnopqrstuvwxyz0123456789",
    "Origin": "https://elsewhere.example",
    "Content-Type": "text/plain; charset=utf-8",
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND")
ODD_TEXTS = (
    *("\0", "%00", "%ff%fe", "%", "😀", "1e999", "NaN", "-1", "99999999999999999999", "[]", "a" * 3000),
    *("'\"--", "../../etc/passwd", "${7*7}", "\u202e", "%E0%80%AF", "&&==&=", "true", "null"),
)


def requests_with_bodies(picture: bytes) -> list[Request]:
    framing = {"crop": "0.1,0.1,0.5,0.5", "rotate": "90", "mirror": "true", "limit": "3", "q": "sea"}
    quad = {"quad": "0.1,0.1,0.9,0.1,0.9,0.9,0.1,0.9", "year_from": "1500", "keep": "true"}
    table = b"record_id,title,date,person\n1,A bear,ca. 1520,Anna (1500 - 1550)\n2,,16. Jh.,\n"
    imported: dict[str, str | bytes] = {"collection": "sample", "action": "add_and_update", "table": table}
    json_requests = [
        ("POST", "/api/v1/session/", {"username": "anna", "password": "wrong"}),
        ("POST", "/api/v1/me/tokens/", {"name": "program", "expires_at": "2027-01-01T00:00:00Z"}),
        ("PATCH", "/api/v1/prints/1/", {"title": "A bear", "year_min": 1500, "people": [{"name": "Anna"}]}),
        ("PATCH", "/api/v1/imports/1/", {"mapping": {"title": "title"}, "encoding": "utf-8"}),
        ("PUT", "/api/v1/collections/sample/members/", {"members": [{"user": "anna", "role": "curator"}]}),
        ("POST", "/api/v1/index/check/", {}),
        ("POST", "/api/v1/image-groups/find/", {"collection": "sample"}),
    ]
    return [
        search_request(picture, **framing),
        search_request(picture, **quad),
        Request("POST", "/api/v1/searches/", form({"url": "http://127.0.0.1/x.jpg"}), {"Content-Type": FORM}),
        Request("POST", "/api/v1/searches/", form({"image_id": "1"}), {"Content-Type": FORM}),
        Request("POST", "/api/v1/imports/", form(imported), {"Content-Type": FORM}),
        Request("POST", "/share", form({"pictures": picture}), {"Content-Type": FORM}),
        *(
            Request(method, path, json.dumps(body).encode(), {"Content-Type": JSON})
            for method, path, body in json_requests
        ),
    ]


def damaged_request(request: Request, rng: random.Random) -> Request:
    """One or two of its parts damaged."""
    for _ in range(rng.randint(1, 2)):
        request = rng.choice([_path, _query, _header, _method, _body, _body])(request, rng)
    return request


def _path(request: Request, rng: random.Random) -> Request:
    path, mark, query = request.path.partition("?")
    return replace(request, path=quoted(_text(path, rng) + mark + query))


def _query(request: Request, rng: random.Random) -> Request:
    """A value, a name, or one more of either."""
    path, _, query = request.path.partition("?")
    parts = [part for part in query.split("&") if part] or ["q=a"]
    at = rng.randrange(len(parts))
    name, _, value = parts[at].partition("=")
    changed = [f"{name}={_text(value, rng)}", f"{_text(name, rng)}={value}", f"{name}={value}&{name}=1"]
    parts[at] = rng.choice(changed)
    return replace(request, path=quoted(f"{path}?{'&'.join(parts)}"))


def _header(request: Request, rng: random.Random) -> Request:
    name = rng.choice(sorted(HEADERS))
    value = _text(request.headers.get(name, HEADERS[name]), rng)
    clean = "".join(letter for letter in value if letter >= " " and ord(letter) < 256)
    return replace(request, headers={**request.headers, name: clean})


def _method(request: Request, rng: random.Random) -> Request:
    return replace(request, method=rng.choice(METHODS))


def _body(request: Request, rng: random.Random) -> Request:
    if not request.body:
        return _query(request, rng)
    if request.headers.get("Content-Type") == JSON and rng.random() < 0.6:
        with suppress(ValueError):  # it may have been damaged before
            return replace(request, body=json.dumps(_odd_json(json.loads(request.body), rng)).encode())
    return replace(request, body=damaged(request.body, rng))


def _odd_json(value: object, rng: random.Random) -> object:
    """The same with one of its values something else, of another type as a rule."""
    if isinstance(value, dict) and value and rng.random() < 0.8:
        name = rng.choice(sorted(value))
        return {**value, name: _odd_json(value[name], rng)}
    if isinstance(value, list) and value and rng.random() < 0.5:
        return [_odd_json(value[0], rng), *value[1:]]
    nested: object = 1
    for _ in range(rng.choice([1, 50, 400])):
        nested = [nested]
    return rng.choice([None, True, -1, 1e308, 10**30, "", "\0", "\ud800", {}, [], [[]], nested, *ODD_TEXTS])


def _text(text: str, rng: random.Random) -> str:
    if rng.random() < 0.4:
        at = rng.randrange(len(text) + 1)
        return text[:at] + rng.choice(ODD_TEXTS) + text[at:]
    return damaged(text.encode("utf-8", "replace"), rng).decode("latin-1")
