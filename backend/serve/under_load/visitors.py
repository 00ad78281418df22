"""The visitors and the curator, for Locust: what they do, in which order, and a line of JSON of each request.

Run by serve/under_load/run.py as a process of its own, because Locust replaces parts of the standard library.
A visitor searches with a photograph every THINK seconds and browses meanwhile: thumbnails and record of what
was found, similar ones, the list, words, facets. Whoever is told to come back later (429, 503) does, as the
page does.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import time
from pathlib import Path
from typing import Any

import gevent
from locust import HttpUser, constant, events, task

from serve.made_up_rows import is_active, table_of

PHOTOGRAPHS = sorted(Path(os.environ["RECTO_LOAD_PHOTOGRAPHS"]).glob("*.jpg"))
THINK = tuple(float(word) for word in os.environ["RECTO_LOAD_THINK"].split("-"))  # seconds between searches
PAUSE = (1.0, 4.0)  # seconds between two steps of browsing
MOST_TRIES = 10  # of one search; then the visitor goes
PATIENCE = (10, 120)  # seconds to connect, to be answered
WORDS = ("quixote", "dore", "knight", "illustration", "sample", "wood", "landscape", "map", "horse", "1863")
ADDRESSES = itertools.count(1)
WATCH_EVERY_S = 2.0  # the page's own
SEED = 20261122

_record = Path(os.environ["RECTO_LOAD_RECORD"]).open("a", encoding="utf-8")  # noqa: SIM115 - until the end


def note(**told: Any) -> None:
    """One line; `at` is when the request began."""
    _record.write(f"{json.dumps(told)}\n")


@events.quitting.add_listener
def _close(**_: Any) -> None:
    _record.close()


class Person(HttpUser):
    """Somebody at an address of their own."""

    abstract = True
    wait_time = constant(0)

    def on_start(self) -> None:
        self.number = next(ADDRESSES)
        self.rng = random.Random(SEED + self.number)
        # Documentation's own addresses (RFC 5737), as a proxy would send them (RECTO_PROXIES=1).
        address = f"198.51.100.{self.number % 250 + 1}"
        self.client.headers["X-Forwarded-For"] = address
        self.client.verify = False  # a stack that is tried has a certificate of its own

    def ask(self, kind: str, method: str, path: str, **sent: Any) -> Any:
        started, at = time.perf_counter(), time.time()
        answer = self.client.request(method, path, name=kind, timeout=PATIENCE, **sent)
        retry = answer.headers.get("Retry-After", "") if answer.status_code else ""
        ms = (time.perf_counter() - started) * 1000
        why = repr(answer.error)[:200] if not answer.status_code else ""
        note(
            at=at, who=self.number, kind=kind, status=answer.status_code, ms=round(ms, 1),
            retry_after=retry, why=why,
        )  # fmt: skip
        return answer


class Visitor(Person):
    @task
    def visit(self) -> None:
        """One search, and what one does with it until the next."""
        until = time.monotonic() + self.rng.uniform(*THINK)
        found = self.search()
        self.look_at(found)
        while (left := until - time.monotonic()) > 0:
            self.browse()
            gevent.sleep(min(left, self.rng.uniform(*PAUSE)))

    def search(self) -> list[dict[str, Any]]:
        """The results; none when the visitor has been put off too often."""
        photograph, began = self.rng.choice(PHOTOGRAPHS), time.perf_counter()
        for _ in range(MOST_TRIES):
            files = {"image": (photograph.name, photograph.read_bytes(), "image/jpeg")}
            answer = self.ask("search", "POST", "/api/v1/searches/", files=files)
            if answer.status_code not in (429, 503):
                break
            gevent.sleep(float(answer.headers.get("Retry-After") or 5))
        answered = answer.status_code == 200
        waited = time.perf_counter() - began
        note(at=time.time(), who=self.number, kind="answered", ok=answered, ms=round(waited * 1000, 1))
        return list(answer.json()["results"]) if answered else []

    def look_at(self, results: list[dict[str, Any]]) -> None:
        for result in results[:8]:
            self.ask("thumbnail", "GET", result["image"]["thumbnail_url"])
        if not results:
            return
        gevent.sleep(self.rng.uniform(*PAUSE))
        number = results[0]["print"]["id"]
        self.ask("record", "GET", f"/api/v1/prints/{number}/")
        if self.rng.random() < 0.25:
            # (As a search: it waits in the same line.)
            self.ask("similar", "GET", f"/api/v1/prints/{number}/similar/")

    def browse(self) -> None:
        self.rng.choice([self.list_of_prints, self.words, self.facets, self.page])()

    def list_of_prints(self) -> None:
        path = f"/api/v1/prints/?page={self.rng.randint(1, 5)}"
        answer = self.ask("list", "GET", path)
        if answer.status_code == 200:
            for row in answer.json()["results"][:6]:
                if row.get("image"):
                    self.ask("thumbnail", "GET", row["image"]["thumbnail_url"])

    def words(self) -> None:
        self.ask("words", "GET", f"/api/v1/prints/?q={self.rng.choice(WORDS)}")

    def facets(self) -> None:
        self.ask("facets", "GET", "/api/v1/facets/")

    def page(self) -> None:
        self.ask("page", "GET", "/")


class Curator(Person):
    """Loads one table of many rows, as the page does: bring it, check it, look, apply, watch."""

    fixed_count = 1

    @task
    def load(self) -> None:
        self.client.headers["Authorization"] = f"Token {os.environ['RECTO_LOAD_TOKEN']}"
        rows, slug = int(os.environ["RECTO_LOAD_ROWS"]), f"load-{int(time.time())}"
        form = {"slug": slug, "name": "Load", "visibility": "public"}
        self.call("POST", "/api/v1/collections/", json=form)
        table = ("load.csv", table_of(rows, prefix=slug), "text/csv")
        sent = {"data": {"collection": slug}, "files": {"table": table}}
        number = self.call("POST", "/api/v1/imports/", **sent)["id"]
        self.stage(number, "check", "checked", rows)
        self.stage(number, "apply", "done", rows)
        while True:
            gevent.sleep(3600)

    def stage(self, number: int, word: str, ends_as: str, rows: int) -> None:
        """Ask for it, and watch until it is done."""
        began = time.monotonic()
        self.call("POST", f"/api/v1/imports/{number}/{word}/")
        while is_active(found := self.call("GET", f"/api/v1/imports/{number}/")):
            gevent.sleep(WATCH_EVERY_S)
        seconds, well = round(time.monotonic() - began, 2), found["state"] == ends_as
        note(at=time.time(), who=self.number, kind=word, ok=well, rows=rows, seconds=seconds)

    def call(self, method: str, path: str, **sent: Any) -> dict[str, Any]:
        for _ in range(MOST_TRIES):
            answer = self.ask("curator", method, path, **sent)
            if answer.ok:
                return dict(answer.json())
            gevent.sleep(float(answer.headers.get("Retry-After") or 5))
        raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
