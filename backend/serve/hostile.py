"""`make hostile`: everything hostile that can be thought of, sent to a Recto of its own that really runs.

Odd pictures, a ZIP bomb, and N random damages (`make hostile N=10000`; 300 without) of valid pictures and
valid requests, the same ones each time. It fails on any answer of 500, on a web process that was restarted,
and on memory beyond a bound.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psutil

from serve.accounts import administrators_token
from serve.console import Refusal, complain, say, write
from serve.hostile_material import FORM, Request, damaged, form, pictures, search_request, zip_bomb
from serve.hostile_requests import READ, damaged_request, requests_with_bodies
from serve.measuring import material, table
from serve.throwaway import Throwaway, throwaway

DEFAULT_COUNT, SEED = 300, 20261122
PICTURES_OF_TEN = 6
AT_ONCE = 3
PATIENCE_S = 120.0
MOST_MB = 700.0  # of the web process; it has 380 with 100,000 images and no visitor
FINE = {501, 503}  # beyond 499: not offered, or busy and saying so
CLOSED = "closed"


class Watch:
    """The web process: which it is, and how large it ever was."""

    def __init__(self, recto: Throwaway) -> None:
        self._recto = recto
        self.pid = self._worker().pid
        self.most_mb = self.first_mb = self.last_mb = 0.0
        self.look()
        self.first_mb = self.last_mb

    def look(self) -> None:
        """Raises Refusal when it is another one than at the beginning."""
        worker = self._worker()
        if worker.pid != self.pid:
            raise Refusal(f"the web process was restarted: {self.pid} is {worker.pid} now")
        self.last_mb = worker.memory_info().rss / 1e6
        self.most_mb = max(self.most_mb, self.last_mb)

    def _worker(self) -> psutil.Process:
        for process in psutil.Process(self._recto.process.pid).children(recursive=True):
            if "gunicorn" in process.cmdline() and "config.wsgi:application" in process.cmdline():
                workers = [child for child in process.children() if "gunicorn" in child.cmdline()]
                if workers:
                    return workers[0]
        raise Refusal("there is no web process")


class Attack:
    """Sends requests and counts the answers; what was answered with a 500 is kept."""

    def __init__(self, recto: Throwaway, kept_in: Path) -> None:
        self._recto, self._kept_in = recto, kept_in
        self._token = administrators_token(recto.places, "hostile")
        self._lock = threading.Lock()
        self.counts: dict[str, Counter[str]] = {}
        self.failures: list[str] = []

    def send(self, name: str, request: Request) -> str:
        """The status of the answer, or `closed`."""
        status = self._answer(request)
        with self._lock:
            self.counts.setdefault(name, Counter())[status] += 1
            if status.isdigit() and int(status) >= 500 and int(status) not in FINE:
                number = len(self.failures)
                file = self._kept_in / f"{number}.txt"
                file.write_bytes(repr(request).encode())
                self.failures.append(f"{status}: {name}, {request.method} {request.path[:80]} -> {file}")
        return status

    def as_administrator(self, request: Request) -> Request:
        return replace(request, headers={"Authorization": f"Token {self._token}", **request.headers})

    def _answer(self, request: Request) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self._recto.places.port, timeout=PATIENCE_S)
        try:
            connection.request(request.method, request.path, request.body or None, request.headers)
            answer = connection.getresponse()
            answer.read()
            return str(answer.status)
        except TimeoutError:
            return "no answer"
        except (OSError, http.client.HTTPException):
            # gunicorn hangs up on what is no HTTP, and on uploads that it does not want to read.
            return CLOSED
        finally:
            connection.close()


def send_odd_images(attack: Attack) -> None:
    """Each as a picture to search with, and all of them as the pictures of an import."""
    odd = material("odd-images")
    if odd is None:
        say("skipped: the odd images, which are not beside the repository (../shared/data/odd-images)")
        return
    for file in sorted(odd.iterdir()):
        attack.send("odd images", search_request(file.read_bytes()))


def send_zip_bomb(attack: Attack) -> None:
    """As the pictures of an import, and its check is waited for."""
    rows = b"record_id,title,image_file\n" + b"".join(b"%d,Bomb,%d.jpg\n" % (n, n) for n in range(100))
    fields: dict[str, str | bytes] = {
        "collection": "sample",
        "image_source": '{"kind": "zip"}',
        "table": rows,
    }
    request = attack.as_administrator(
        Request("POST", "/api/v1/imports/", form(fields), {"Content-Type": FORM})
    )
    attack.send("ZIP bomb", request)
    archive = Request("POST", "/api/v1/imports/1/images/", form({"zip": zip_bomb()}), {"Content-Type": FORM})
    attack.send("ZIP bomb", attack.as_administrator(archive))
    check = Request("POST", "/api/v1/imports/1/check/", b"{}", {"Content-Type": "application/json"})
    attack.send("ZIP bomb", attack.as_administrator(check))


def attack_at_random(attack: Attack, watch: Watch, count: int) -> None:
    """The n-th damage is the same in every run."""
    whole = pictures()
    valid = [Request("GET", path) for path in READ] + requests_with_bodies(whole["jpeg"])
    kinds = sorted(whole)

    def send(number: int) -> None:
        rng = random.Random(SEED + number)
        if number % 10 < PICTURES_OF_TEN:
            kind = rng.choice(kinds)
            attack.send(f"pictures: {kind.split(',')[0]}", search_request(damaged(whole[kind], rng)))
            return
        request = rng.choice(valid)
        if rng.random() < 0.5:
            request = attack.as_administrator(request)
        attack.send("requests", damaged_request(request, rng))

    started = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as senders:
        for done in range(0, count, 100):
            list(senders.map(send, range(done, min(count, done + 100))))
            watch.look()
            if (done // 100) % 10 == 9:
                say(f"{done + 100} of {count}, {time.monotonic() - started:.0f} s, {watch.last_mb:.0f} MB")


def rows_of(counts: dict[str, Counter[str]]) -> list[tuple[str, ...]]:
    """What was sent, and how often each status was the answer."""
    statuses = sorted({status for counter in counts.values() for status in counter})
    rows = [("sent", "number", *statuses)]
    for name, counter in sorted(counts.items()):
        answers = (str(counter[status] or "") for status in statuses)
        rows.append((name, str(counter.total()), *answers))
    return rows


def main() -> int:
    count = int(os.environ.get("N", DEFAULT_COUNT))
    kept_in = Path(tempfile.mkdtemp(prefix="recto-hostile-"))
    try:
        with throwaway({}, RECTO_LOG_LEVEL="ERROR", RECTO_ZIP_MAX_BYTES="300000000") as recto:
            recto.wait_until_searchable()
            recto.wait_until_extracting()
            attack = Attack(recto, kept_in)
            attack.send("whole pictures", search_request(pictures()["jpeg"]))
            watch = Watch(recto)
            send_odd_images(attack)
            watch.look()
            send_zip_bomb(attack)
            watch.look()
            attack_at_random(attack, watch, count)
            wait_for_jobs(attack, recto)
            whole = attack.send("whole pictures", search_request(pictures()["jpeg"]))
            watch.look()
            log = recto.output
    except Refusal as refusal:
        return complain(str(refusal))
    (kept_in / "log.txt").write_text(log)
    write(table(rows_of(attack.counts)))
    sizes = f"{watch.first_mb:.0f} MB at first, {watch.last_mb:.0f} at the end, {watch.most_mb:.0f} at most"
    write(f"\nweb process {watch.pid}, not restarted; {sizes} (bound {MOST_MB:.0f})")
    write("\n".join(attack.failures))
    return int(bool(attack.failures) or watch.most_mb > MOST_MB or whole != "200")


def wait_for_jobs(attack: Attack, recto: Throwaway) -> None:
    """Until no job is left, or ten minutes."""
    headers = attack.as_administrator(Request("GET", "/")).headers

    def done() -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", recto.places.port, timeout=PATIENCE_S)
        connection.request("GET", "/api/v1/jobs/?state=running", headers=headers)
        jobs = json.loads(connection.getresponse().read())
        connection.close()
        return not jobs.get("results", [])

    recto.wait_until(done, "the end of the jobs", 600)


if __name__ == "__main__":
    sys.exit(main())
