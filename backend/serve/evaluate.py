"""`make evaluate`: recall of the served descriptor on photographs with known answers, beside a plain one.

The photographs go through HTTP to a Recto over ../shared/data/prints: a throw-away one, or the one at
RECTO_URL (with RECTO_DATA_DIR its data folder).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from serve.announce import ask
from serve.console import Refusal, complain, write
from serve.measuring import MATERIAL, json_of, material, searchable_recto, table
from serve.places import Places, places_from_environment

RANKS = ("1", "10", "50")
PLAIN = "MobileNetV2 of ImageNet, squashed, average pooling"


def needed(name: str) -> Path:
    """A folder of the material. Raises Refusal, naming it, where it is not."""
    folder = material(name)
    if folder is None:
        raise Refusal(f"`make evaluate` needs {MATERIAL / name}, which is not on this machine.")
    return folder


@contextmanager
def served(prints: Path) -> Iterator[tuple[Places, str]]:
    """The Recto to ask, and its address."""
    url, own = os.environ.get("RECTO_URL"), places_from_environment()
    with nullcontext(own) if url else searchable_recto({"prints": prints}) as places:
        yield places, url or places.url


def recall_over_http(prints: Path, photographs: Path) -> dict[str, Any]:
    """What `manage.py evaluate` reports, with the descriptor that was served."""
    asked = ("--queries", str(photographs / "images"), "--answers", str(photographs / "queries.csv"))
    with served(prints) as (places, url):
        info = ask(f"{url}/api/v1/info/") or {}
        command = ("manage.py", "evaluate", *asked, "--url", url, "--json")
        return {**json_of(places, *command, folder=places.backend), **info}


def recall_of_plain_network(
    places: Places, prints: Path, photographs: Path, teacher: Path
) -> dict[str, float]:
    """R@k of the plain network, measured without a server."""
    report = json_of(
        places, "-m", "search_model.training.compare", "--teacher", str(teacher),
        "--catalogue", str(prints / "images"), "--photographs", str(photographs / "images"),
        "--answers", str(photographs / "queries.csv"), folder=places.search_model,
    )  # fmt: skip
    return {rank: report["teacher"][f"R@{rank}"] for rank in RANKS}


def report(over_http: dict[str, Any], plain: dict[str, float] | None) -> str:
    """The table of both."""
    rows = [("descriptor", *(f"R@{rank}" for rank in RANKS), "ms each")]
    found = over_http["recall"]
    figures = (f"{found[rank]:.2f}" for rank in RANKS)
    rows.append((f"{over_http.get('descriptor')}, through HTTP", *figures, f"{over_http['median_ms']}"))
    if plain:
        rows.append((PLAIN, *(f"{plain[rank]:.2f}" for rank in RANKS), ""))
    head = f"\n{over_http['queries']} photographs among {over_http.get('prints')} prints"
    return f"{head}; weights: {over_http.get('weights_source')}\n{table(rows)}"


def main() -> int:
    places = places_from_environment()
    try:
        prints, photographs, teacher = needed("prints"), needed("phone"), material("teacher/weights")
        over_http = recall_over_http(prints, photographs)
        write(report(over_http, None))
        plain = recall_of_plain_network(places, prints, photographs, teacher) if teacher else None
    except Refusal as refusal:
        return complain(str(refusal))
    if plain:
        write(report(over_http, plain))
    return 0


if __name__ == "__main__":
    sys.exit(main())
