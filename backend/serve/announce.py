"""`python -m serve.announce`: says when Recto serves, with which descriptor, and how far the first load is.

A supervised process that ends when there is nothing left to say. It asks over HTTP, like any visitor.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from serve.console import duration, write
from serve.places import places_from_environment

PATIENCE = 180.0  # seconds until the page, or the extractor, must have answered
BETWEEN_QUESTIONS = 0.25
BETWEEN_PROGRESS = 3.0


def ask(url: str) -> dict[str, Any] | None:
    """The JSON that this address answers with, or None while it does not answer 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            body = answer.read()
    except (urllib.error.URLError, OSError):
        return None
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def wait_for(
    url: str, *, patience: float, enough: Callable[[dict[str, Any]], bool] = lambda answer: True
) -> Any:
    """Ask until the answer is enough, at most `patience` seconds; the answer, or None."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        answer = ask(url)
        if answer is not None and enough(answer):
            return answer
        time.sleep(BETWEEN_QUESTIONS)
    return None


def announce_page(url: str, started: float) -> None:
    """Say where the page is, once it answers."""
    if wait_for(f"{url}/health/live", patience=PATIENCE) is None:
        sys.exit(f"{url}/health/live has not answered for {PATIENCE:.0f} seconds; the lines of `web` say why")
    write(f"Recto is serving on {url} (after {duration(time.time() - started)})")


def announce_descriptor(extractor_url: str) -> None:
    """Say which network makes the features, and where its weights came from."""
    wait_for(f"{extractor_url}/health", patience=PATIENCE)
    info = wait_for(f"{extractor_url}/v1/info", patience=5)
    if info is None:
        sys.exit(f"the extractor at {extractor_url} has not answered for {PATIENCE:.0f} seconds")
    write(f"Descriptor: {info.get('descriptor')}, weights: {info.get('weights_source')}")


def announce_index(url: str, extractor_url: str) -> None:
    """Say so when prints are not searched with the extractor's default but with another descriptor."""
    offered = (ask(f"{extractor_url}/v1/info") or {}).get("descriptors", [])
    sources = {each["descriptor"]: each["weights_source"] for each in offered}
    searched = (ask(f"{url}/api/v1/info/") or {}).get("descriptor")
    if not sources or searched in (None, next(iter(sources))):
        return
    if searched in sources:
        write(f"Searching with: {searched}, weights: {sources[searched]}")
    else:
        write(
            f"The index holds vectors of {searched}, whose weights are not here: prints are found by their "
            "details alone. Give the weights again, or run `manage.py change_descriptor ID --activate` with "
            "another."
        )


def announce_progress(url: str, loading: Path) -> None:
    """Say how many images can be found, until all can or nothing moves any more."""
    shown, since = (-1, -1), time.monotonic()
    while time.monotonic() - since < PATIENCE:
        info = ask(f"{url}/api/v1/info/") or {}
        done, total = int(info.get("features") or 0), int(info.get("images") or 0)
        if total and done >= total and not loading.exists():
            write(f"All {total} images of {info.get('prints')} prints can be found: {url}")
            return
        if (done, total) != shown:
            write(f"Making images findable: {done} of {total}")
            shown, since = (done, total), time.monotonic()
        time.sleep(BETWEEN_PROGRESS)
    write(
        f"{shown[0]} of {shown[1]} images can be found and no more were added for {duration(PATIENCE)}; "
        "the lines of `indexer` and `manage.py check_index` say why"
    )


def main() -> None:
    places = places_from_environment()
    announce_page(places.url, float(os.environ.get("RECTO_STARTED", time.time())))
    announce_descriptor(places.extractor_url)
    announce_index(places.url, places.extractor_url)
    announce_progress(places.url, places.loading)


if __name__ == "__main__":
    main()
