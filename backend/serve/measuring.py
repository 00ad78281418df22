"""What `make bench` and `make evaluate` share: the material, the commands that print JSON, and tables."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from serve.console import Refusal, say
from serve.places import ROOT, Places
from serve.throwaway import clean_environment, throwaway

PATIENCE = 3600.0  # seconds: a busy machine may take long over a thousand pictures
MATERIAL = ROOT.parent / "shared" / "data"


def material(name: str) -> Path | None:
    """A folder of the real material beside the repository, or None where it is not."""
    folder = MATERIAL / name
    return folder if folder.is_dir() else None


@contextmanager
def searchable_recto(collections: dict[str, Path]) -> Iterator[Places]:
    """A throw-away Recto over these collections (none: the sample), with every image findable."""
    say("starting a Recto of its own, and making its images findable ...")
    with throwaway(collections) as recto:
        recto.wait_until_searchable(PATIENCE)
        recto.wait_until(recto.is_published, "a published index", PATIENCE)
        yield recto.places


def json_of(places: Places, *command: str, folder: Path) -> dict[str, Any]:
    """Run a Python command of this environment that prints one JSON object; its progress is passed on.

    Raises Refusal, naming the command, when it fails or prints something else.
    """
    say(f"running {' '.join(command)}")
    done = subprocess.run(
        [str(places.python), *command],
        cwd=folder,
        env=clean_environment(places),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    try:
        found = json.loads(done.stdout)
    except ValueError as error:
        raise Refusal(f"`{' '.join(command)}` failed ({done.returncode}): {done.stdout[-500:]}") from error
    return dict(found)


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows of text under each other, the first row as the head."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])
