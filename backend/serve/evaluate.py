"""`make evaluate`: how well the real material is found, and whether that is as well as promised.

The prints lie among distractors in a throw-away Recto; photographs with known answers go through HTTP,
simulated queries through the same search in a process of their own. At RECTO_URL (with RECTO_DATA_DIR its
data folder) a Recto that runs already is asked instead. `make evaluate FULL=1` asks every kind of query of
every print, `make evaluate LIMIT=5` at most five of each kind.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from search_model.evaluation.report import aligned, report_text

from serve.announce import ask
from serve.console import Refusal, complain, duration, say, write
from serve.measuring import MATERIAL, json_of, material, searchable_recto
from serve.places import Places, places_from_environment
from serve.promised import promise_rows

PRINTS = "prints"
PLAIN = "MobileNetV2 of ImageNet, squashed, average pooling"
SEED = "1"


def needed(name: str) -> Path:
    """A folder of the material. Raises Refusal, naming it, where it is not."""
    folder = material(name)
    if folder is None:
        raise Refusal(f"`make evaluate` needs {MATERIAL / name}, which is not on this machine.")
    return folder


@contextmanager
def served() -> Iterator[tuple[Places, str]]:
    """The Recto to ask, and its address: one that runs, or one over the prints and the distractors."""
    if url := os.environ.get("RECTO_URL"):
        yield places_from_environment(), url
        return
    with tempfile.TemporaryDirectory(prefix="recto-distractors-") as folder:
        collections = {PRINTS: needed("prints"), **distractors(Path(folder))}
        with searchable_recto(collections) as places:
            yield places, places.url


def distractors(folder: Path) -> dict[str, Path]:
    """Collections that nothing is asked of: more engravings, and pictures that are no prints at all."""
    found = {}
    if engravings := material("training"):
        found["more-engravings"] = engravings
    if photographs := material("located"):
        found["photographs"] = bare_collection(photographs, folder / "photographs")
    return found


def bare_collection(pictures: Path, folder: Path) -> Path:
    """A collection made of nothing but pictures: links to them, and a record of each."""
    folder.mkdir()
    (folder / "images").symlink_to(pictures.resolve(), target_is_directory=True)
    names = sorted(path.name for path in pictures.iterdir() if path.suffix.lower() == ".jpg")
    with (folder / "metadata.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("recordID", "image_file", "title"))
        rows.writerows((Path(name).stem, name, Path(name).stem) for name in names)
    return folder


def measured(places: Places, url: str, pages: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The figures of the real photographs, and of the simulated queries; their pages beside each other."""
    phone = needed("phone")
    common = ("manage.py", "evaluate", "--json", "--html")
    asked = ("--queries", str(phone / "images"), "--answers", str(phone / "queries.csv"), "--url", url)
    photographs = (*common, str(pages / "photographs.html"), *asked, "--each-road")
    simulated = (*common, str(pages / "simulated.html"), "--collection", PRINTS, "--seed", SEED, *how_many())
    found = [json_of(places, *command, folder=places.backend) for command in (photographs, simulated)]
    return found[0], found[1]


def how_many() -> tuple[str, ...]:
    """The options that say how many simulated queries are asked."""
    if os.environ.get("FULL"):
        return ("--full",)
    limit = os.environ.get("LIMIT")
    return ("--limit", limit) if limit else ()


def recall_of_plain_network(places: Places) -> dict[str, float] | None:
    """R@k of the plain network on the photographs, among the prints without distractors; None without it."""
    teacher, prints, photographs = material("teacher/weights"), needed("prints"), needed("phone")
    if teacher is None:
        return None
    report = json_of(
        places, "-m", "search_model.training.compare", str(prints / "images"), "--kinds", "", "--weights",
        "--teacher", str(teacher), "--photographs", str(photographs / "images"),
        "--answers", str(photographs / "queries.csv"), folder=places.search_model,
    )  # fmt: skip
    return dict(report["teacher, squashed"]["photographs"])


def shown(info: dict[str, Any], photographs: dict[str, Any], simulated: dict[str, Any]) -> str:
    """Everything that was measured, and the promises, as text."""
    served = f"{info.get('prints')} prints; {info.get('descriptor')}, weights: {info.get('weights_source')}"
    parts = [
        served,
        f"REAL PHOTOGRAPHS, the fused road through HTTP\n\n{report_text(photographs)}",
        f"SIMULATED QUERIES, the same search in a process of its own\n\n{report_text(simulated)}",
        aligned(promise_rows(photographs, simulated)),
    ]
    return "\n" + "\n\n\n".join(parts) + "\n"


def main() -> int:
    started, own = time.monotonic(), places_from_environment()
    pages = own.data / "processed" / "evaluation"
    pages.mkdir(parents=True, exist_ok=True)
    try:
        with served() as (places, url):
            info = ask(f"{url}/api/v1/info/") or {}
            photographs, simulated = measured(places, url, pages)
        write(shown(info, photographs, simulated))
        say(f"with pictures: {pages / 'photographs.html'} and {pages / 'simulated.html'}")
        if plain := recall_of_plain_network(own):
            figures = ", ".join(f"{name} {value:.2f}" for name, value in plain.items())
            say(f"{PLAIN}, the photographs among the prints alone: {figures}")
    except Refusal as refusal:
        return complain(str(refusal))
    say(f"took {duration(time.monotonic() - started)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
