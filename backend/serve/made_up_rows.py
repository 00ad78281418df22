"""Tables of made-up records as a curator would bring them, and how far their imports are. Pure."""

from __future__ import annotations

import csv
import io
import random
from typing import Any

COLUMNS = ("record_id", "inventory_number", "title", "person", "date", "classification", "material_technique")
SUBJECTS = (
    "Landscape",
    "Portrait",
    "Battle",
    "Allegory",
    "Coat of arms",
    "Map",
    "Harbour",
    "Saint",
    "Procession",
)
OF = (
    "with a bridge",
    "of a scholar",
    "near Zurich",
    "by night",
    "after Rubens",
    "in a storm",
    "of the Elders",
)
NAMES = ("Meyer, Anna", "Keller, Jost", "Rossi, Paolo", "Dubois, Claire", "Smith, John", "Huber, Regula")
ROLES = ("engraver", "designer", "publisher")
KINDS = ("print", "drawing", "book illustration")
TECHNIQUES = ("etching", "engraving", "etching, engraving", "woodcut", "lithograph")


def table_of(count: int, *, prefix: str, images: tuple[str, ...] = ()) -> bytes:
    """A CSV of so many records; the same prefix gives the same ones. The first have these files as images."""
    rng, text = random.Random(prefix), io.StringIO()
    table = csv.writer(text)
    table.writerow([*COLUMNS, *(["image_file"] if images else [])])
    for number in range(count):
        image = [images[number] if number < len(images) else ""] if images else []
        table.writerow([*_record(f"{prefix}-{number}", rng), *image])
    return text.getvalue().encode()


def is_active(run: dict[str, Any]) -> bool:
    """Whether a job of this import, as the API tells it, waits or runs: its state is set a moment before."""
    return (run["job"] or {}).get("state") in ("queued", "running")


def _record(record_id: str, rng: random.Random) -> tuple[str, ...]:
    born = rng.randint(1450, 1900)
    person = f"{rng.choice(NAMES)} ({born} - {born + rng.randint(25, 80)}), {rng.choice(ROLES)}"
    title = f"{rng.choice(SUBJECTS)} {rng.choice(OF)}, {record_id}"
    year = str(born + rng.randint(20, 60))
    return record_id, f"LOAD.{record_id}", title, person, year, rng.choice(KINDS), rng.choice(TECHNIQUES)
