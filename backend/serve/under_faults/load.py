"""A light load: people who search, who keep searches, who edit prints, and a curator who loads tables.

Each is a thread. What is accepted is noted in the ledger; who gets no answer, or is put off, goes on.
"""

from __future__ import annotations

import io
import json
import random
import threading
import time
import zipfile
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import requests

from serve.made_up_rows import is_active, table_of
from serve.measuring import material
from serve.under_faults.ledger import Ledger
from serve.under_faults.stand import Stand

PATIENCE_S = 60.0
SEARCHERS, ROWS, IMAGES, PHOTOGRAPHS = 2, 60, 3, 12
COLLECTION = "faults"
PATIENCE_OF_AN_IMPORT = 900.0


class Load:
    """Begins with `start()`; `hold()` lets what has begun come to its end, `go_on()` lets new ones begin."""

    def __init__(self, stand: Stand, token: str) -> None:
        self.ledger, self._stand = Ledger(), stand
        self._authorization = {"Authorization": f"Token {token}"}
        self._going, self._ended = threading.Event(), threading.Event()
        self._busy: dict[str, bool] = {}
        self._photographs = self._examples()
        self._edited = [row["id"] for row in self._call("GET", "/prints/?page_size=5")["results"][:5]]
        body = {"slug": COLLECTION, "name": "Faults", "visibility": "public"}
        self._call("POST", "/collections/", json=body)

    def _examples(self) -> list[bytes]:
        """Photographs of the real prints, or else of the sample collection."""
        if phone := material("phone"):
            return [file.read_bytes() for file in sorted((phone / "images").glob("*.jpg"))[:PHOTOGRAPHS]]
        url = self._stand.url
        found = requests.get(f"{url}/api/v1/examples/", timeout=PATIENCE_S).json()
        return [
            requests.get(f"{url}{one['image_url']}", timeout=PATIENCE_S).content
            for one in found[:PHOTOGRAPHS]
        ]

    def start(self) -> None:
        work: list[tuple[str, Callable[[], None], float]] = [
            *((f"searcher {number}", self._search, 2.0) for number in range(SEARCHERS)),
            ("keeper", self._keep, 4.0),
            ("editor", self._edit, 1.0),
            ("curator", self._import, 0.5),
        ]
        for name, do, pause in work:
            threading.Thread(target=self._go, args=(name, do, pause), daemon=True).start()
        self._going.set()

    def hold(self, patience: float) -> bool:
        """Whether all came to its end in time."""
        self._going.clear()
        until = time.monotonic() + patience
        while any(self._busy.values()) and time.monotonic() < until:
            time.sleep(0.2)
        return not any(self._busy.values())

    def go_on(self) -> None:
        self._going.set()

    def end(self) -> None:
        self._ended.set()
        self._going.set()

    def _go(self, name: str, do: Callable[[], None], pause: float) -> None:
        while True:
            self._going.wait()
            if self._ended.is_set():
                return
            self._busy[name] = True
            try:
                do()
            except Exception as error:  # whatever it is, it must not end the load unseen
                self.ledger.errors.append(f"{name}: {error!r}"[:500])
            self._busy[name] = False
            time.sleep(pause)

    def search(self, **fields: str) -> requests.Response | None:
        """One search with a photograph; None without an answer."""
        files = {"image": random.choice(self._photographs)}
        return self._ask("POST", "/searches/", files=files, data=fields)

    def _search(self) -> None:
        answer = self.search()
        self.ledger.count("search", status_of(answer))

    def _keep(self) -> None:
        answer = self.search(keep="true")
        self.ledger.count("keep", status_of(answer))
        with self.ledger.lock:
            if answer is not None and answer.status_code == 200:
                self.ledger.kept.append(answer.json()["kept"]["id"])
            elif answer is None or answer.status_code >= 500:
                self.ledger.kept_perhaps += 1

    def _edit(self) -> None:
        print_id, title = random.choice(self._edited), f"Edited {time.monotonic_ns()}"
        self.ledger.send_title(print_id, title)
        answer = self._ask(
            "PATCH", f"/prints/{print_id}/", json={"title": title}, headers=self._authorization
        )
        self.ledger.count("edit", status_of(answer))
        if answer is not None and answer.ok:
            self.ledger.accept_title(print_id, title)

    def _import(self) -> None:
        """A table with a few pictures, brought, checked, applied, and watched until it is done."""
        prefix = f"f{time.monotonic_ns()}"
        names = tuple(f"{prefix}-{number}.jpg" for number in range(IMAGES))
        form = {"collection": COLLECTION, "image_source": json.dumps({"kind": "zip"})}
        table = ("faults.csv", table_of(ROWS, prefix=prefix, images=names), "text/csv")
        number = int(self._call("POST", "/imports/", data=form, files={"table": table})["id"])
        self._call("POST", f"/imports/{number}/images/", files={"zip": ("images.zip", zip_of(names))})
        self._stage(number, "check", "checked")
        # From here on it counts: the answer to `apply` may be lost, and it is asked for until it is accepted.
        self.ledger.rows[number], self.ledger.images[number] = ROWS, IMAGES
        self._stage(number, "apply", "done")

    def _stage(self, number: int, word: str, ends_as: str) -> None:
        until, asked = time.monotonic() + PATIENCE_OF_AN_IMPORT, 0
        while is_active(found := self._call("GET", f"/imports/{number}/")) or found["state"] != ends_as:
            if time.monotonic() > until:
                raise RuntimeError(f"import {number} is still {found['state']} after `{word}`")
            if not is_active(found):
                # It was not asked for yet, the answer is lost, or it ended badly (a full disk) and can go on.
                answer = self._ask("POST", f"/imports/{number}/{word}/", headers=self._authorization)
                asked += 1
                self.ledger.count(f"{word} again" if asked > 1 else word, status_of(answer))
            time.sleep(0.5)

    def _call(self, method: str, path: str, **sent: Any) -> Any:
        """Until it is answered; that something is so already (409) is an answer."""
        until = time.monotonic() + PATIENCE_OF_AN_IMPORT
        while time.monotonic() < until:
            answer = self._ask(method, path, headers=self._authorization, **sent)
            status = status_of(answer)
            if answer is not None and (answer.ok or status == 409):
                return answer.json()
            self.ledger.count("curator", status)
            if answer is not None and 400 <= status < 500 and status != 429:
                raise RuntimeError(f"{method} {path}: {status} {answer.text[:300]}")
            time.sleep(0.5)
        raise RuntimeError(f"{method} {path}: no answer in {PATIENCE_OF_AN_IMPORT:.0f} s")

    def _ask(self, method: str, path: str, **sent: Any) -> requests.Response | None:
        try:
            return requests.request(method, f"{self._stand.url}/api/v1{path}", timeout=PATIENCE_S, **sent)
        except requests.RequestException:
            return None


def status_of(answer: requests.Response | None) -> int:
    """0 of no answer."""
    return 0 if answer is None else answer.status_code


def zip_of(names: tuple[str, ...]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            archive.writestr(name, engraving(name))
    return stream.getvalue()


def engraving(name: str) -> bytes:
    """Hatching and outlines, others for each name, as a JPEG."""
    rng = np.random.default_rng(list(name.encode()))
    sheet = np.full((480, 360), 235, np.uint8)
    for _ in range(12):
        centre, axes = rng.integers(40, 320, 2), rng.integers(15, 110, 2)
        cv2.ellipse(sheet, centre.tolist(), axes.tolist(), float(rng.uniform(0, 180)), 0, 360, 60, 2)
    for _ in range(60):
        at = rng.integers(0, 480, 2)
        cv2.line(sheet, at.tolist(), (at + rng.integers(-60, 60, 2)).tolist(), 40, 1)
    return bytes(cv2.imencode(".jpg", sheet)[1])
