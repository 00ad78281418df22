"""`make load`: visitors who search and browse, and a curator who loads 10,000 rows, on a Recto of its own.

    make load                                  50 visitors for ten minutes among the 648 real prints
    make load PRINTS=20000                     the same among so many, made up of those
    make load MINUTES=60                       the soak: is memory flat?
    make load URL=https://… TOKEN=recto_…      a Recto that runs, such as the compose stack

Also VISITORS=50, ROWS=10000 (0: no curator), THINK=10-30 (seconds between one's searches). More prints
than there are are made up of ORIGINALS=648 real ones, or else of the sample collection. Exit status 1 for any
answer but 2xx, 3xx, or 429 and 503 with Retry-After, and where browsing takes longer than promised.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from serve.accounts import administrators_token, manage
from serve.console import Refusal, complain, say, step, write
from serve.measuring import PATIENCE, json_of, material
from serve.places import Places, places_from_environment
from serve.real_prints import copy_prints
from serve.throwaway import Throwaway, clean_environment, throwaway
from serve.under_load.figures import misses, read_notes
from serve.under_load.memory import Sampler, Sizes
from serve.under_load.report import Measured, report

VISITORS = Path(__file__).with_name("visitors.py")
MARK = "throw-away"  # as indexing/multiplying.py wants it
# Each visitor has an address of their own, by a header that a proxy would have sent.
BEHIND_A_PROXY = {"RECTO_PROXIES": "1"}
MOST_A_SECOND = 5  # visitors who arrive
REAL_PRINTS = 648  # in ../shared/data
RATE_OF = 64  # pictures, to know the extractor's own rate


@dataclass(frozen=True)
class Wanted:
    """What was asked for, from the environment."""

    prints: int
    originals: int
    visitors: int
    minutes: float
    rows: int
    think: str
    url: str

    @classmethod
    def from_environment(cls) -> Wanted:
        given = os.environ.get
        return cls(
            prints=int(given("PRINTS") or REAL_PRINTS),
            originals=min(int(given(name) or REAL_PRINTS) for name in ("ORIGINALS", "PRINTS")),
            visitors=int(given("VISITORS") or 50),
            minutes=float(given("MINUTES") or 10),
            rows=int(given("ROWS") or 10_000),
            think=given("THINK") or "10-30",
            url=(given("URL") or "").rstrip("/"),
        )


@dataclass(frozen=True)
class Target:
    """The Recto that is loaded; `recto` is None where it runs elsewhere."""

    url: str
    token: str
    photographs: Path
    rate: float  # pictures a second that the extractor describes when nothing else asks it; 0: not known
    recto: Throwaway | None


@contextmanager
def target_of(wanted: Wanted) -> Iterator[Target]:
    photographs = material("phone")
    if wanted.url:
        if photographs is None:
            raise Refusal("With URL the photographs of ../shared/data/phone are needed, which are not here.")
        yield Target(wanted.url, os.environ.get("TOKEN", ""), photographs / "images", 0.0, None)
        return
    with tempfile.TemporaryDirectory(prefix="recto-load-") as folder:
        prints = originals(Path(folder) / "prints", wanted.originals)
        say("starting a Recto of its own, and making its images findable ...")
        with throwaway({"prints": prints} if prints else {}, **BEHIND_A_PROXY) as recto:
            recto.wait_until_searchable(PATIENCE)
            recto.wait_until(recto.is_published, "a published index", PATIENCE)
            if not (prints and photographs):
                fetch_examples(recto.url, Path(folder))
            multiply(recto.places, wanted.prints)
            yield Target(
                recto.url,
                administrators_token(recto.places, "load"),
                photographs / "images" if prints and photographs else Path(folder),
                own_rate(recto.places, prints or recto.places.data / "processed" / "sample"),
                recto,
            )


def originals(folder: Path, count: int) -> Path | None:
    """The first of the real prints; None where they are not here."""
    if prints := material("prints"):
        copy_prints(prints, folder, count)
        return folder
    return None


def fetch_examples(url: str, folder: Path) -> None:
    """The photographs of the sample collection."""
    for number, example in enumerate(requests.get(f"{url}/api/v1/examples/", timeout=60).json()):
        content = requests.get(f"{url}{example['image_url']}", timeout=60).content
        (folder / f"{number}.jpg").write_bytes(content)


def multiply(places: Places, prints: int) -> None:
    info = requests.get(f"{places.url}/api/v1/info/", timeout=60).json()
    if info["prints"] >= prints:
        return
    (places.data / "processed" / MARK).touch()
    with step(f"making {prints} prints of {info['prints']}"):
        manage(places, "multiply_prints", "--to", str(prints))
        manage(places, "build_index")


def own_rate(places: Places, pictures: Path) -> float:
    command = (
        "manage.py",
        "bench_extraction",
        str(pictures),
        "--json",
        "--rounds",
        "1",
        "--count",
        str(RATE_OF),
    )
    return float(json_of(places, *command, folder=places.backend)["raw_per_s"])


def send_visitors(target: Target, wanted: Wanted, record: Path) -> None:
    """Locust, in a process of its own, for so many minutes."""
    places = places_from_environment()
    curator = bool(target.token and wanted.rows)
    env = clean_environment(places) | {
        "RECTO_LOAD_PHOTOGRAPHS": str(target.photographs),
        "RECTO_LOAD_RECORD": str(record),
        "RECTO_LOAD_ROWS": str(wanted.rows),
        "RECTO_LOAD_THINK": wanted.think,
        "RECTO_LOAD_TOKEN": target.token,
        "PYTHONPATH": str(places.backend),
    }
    command = [
        str(places.venv / "bin" / "locust"),
        "--headless",
        "--only-summary",
        "--locustfile",
        str(VISITORS),
    ]
    command += ["--host", target.url, "--users", str(wanted.visitors + curator)]
    command += ["--spawn-rate", str(MOST_A_SECOND), "--run-time", f"{wanted.minutes * 60:.0f}s"]
    command += [
        "--loglevel",
        "WARNING",
        "--exit-code-on-error",
        "0",
        "Visitor",
        *(["Curator"] if curator else []),
    ]
    say(f"{wanted.visitors} visitors for {wanted.minutes:g} minutes ...")
    with record.with_suffix(".log").open("wb") as output:
        done = subprocess.run(command, env=env, stdout=output, stderr=subprocess.STDOUT, check=False)
    if done.returncode or not record.exists():
        told = record.with_suffix(".log").read_text(errors="replace")
        raise Refusal(f"Locust ended with {done.returncode}:\n{told[-3000:]}")


def measure(target: Target, wanted: Wanted) -> Measured:
    sampler = Sampler(target.recto.process.pid) if target.recto else None
    if sampler:
        sampler.start()
    with tempfile.TemporaryDirectory(prefix="recto-load-") as folder:
        record = Path(folder) / "requests.jsonl"
        send_visitors(target, wanted, record)
        with record.open(encoding="utf-8") as lines:
            noted = read_notes(lines)
    return Measured(noted, sampler.stop() if sampler else Sizes(), target.rate, wanted.minutes * 60)


def main() -> int:
    wanted = Wanted.from_environment()
    try:
        with target_of(wanted) as target:
            measured = measure(target, wanted)
            expected = bool(target.token and wanted.rows)
    except Refusal as refusal:
        return complain(str(refusal))
    write(report(measured))
    missed = misses(measured.noted, rows_expected=expected)
    write("\n".join(["", *(f"MISSED: {each}" for each in missed)] if missed else ["", "All as promised."]))
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
