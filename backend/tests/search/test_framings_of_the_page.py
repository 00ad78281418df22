"""The page previews what will be searched and calculates that; its specs read the figures of this test.

RECTO_WRITE_FRAMINGS=1 ../.venv/bin/pytest -q tests/search/test_framings_of_the_page.py writes them anew.
"""

import json
import os
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from search.framing import Area, Framing, framed, upright_points

FILE = Path(__file__).parents[3] / "frontend/src/testing/framings.json"
WIDTH, HEIGHT = 1200, 900
AREA = Area(0.25, 0.125, 0.5, 0.25)
SHEET = ((0.2, 0.1), (0.8, 0.2), (0.9, 0.9), (0.1, 0.8))
# A sheet that lies upside down: its top left corner is at the bottom right.
TURNED_SHEET = (SHEET[2], SHEET[3], SHEET[0], SHEET[1])
CUTS: list[dict[str, Any]] = [{}, {"area": AREA}, {"quad": SHEET}, {"quad": TURNED_SHEET}]
SPOTS = np.array([[0.0, 0.0], [1.0, 0.0], [0.25, 0.75], [0.5, 0.5]])


def test_the_page_calculates_with_the_figures_of_the_server() -> None:
    figures = [
        _case(**cut, degrees=d, mirrored=m) for cut, d, m in product(CUTS, (0, 90, 180, 270), (False, True))
    ]
    if os.environ.get("RECTO_WRITE_FRAMINGS"):
        FILE.write_text("[\n" + ",\n".join(map(json.dumps, figures)) + "\n]\n")
    assert json.loads(FILE.read_text()) == figures


def _case(**framing: Any) -> dict[str, Any]:
    """Where some places of the framed part are in the upright picture, and how large the part is."""
    how = Framing(**framing)
    height, width = framed(np.zeros((HEIGHT, WIDTH, 3), np.uint8), how).shape[:2]
    before = upright_points(SPOTS, how)
    return {
        "framing": _as_the_page_writes_it(how),
        "size": {"width": width, "height": height},
        "points": [
            {"upright": [round(float(x), 6) for x in upright], "framed": spot.tolist()}
            for upright, spot in zip(before, SPOTS, strict=True)
        ],
    }


def _as_the_page_writes_it(framing: Framing) -> dict[str, Any]:
    area = framing.area
    return {
        "area": area and {"x": area.x, "y": area.y, "width": area.width, "height": area.height},
        "quad": framing.quad and [list(corner) for corner in framing.quad],
        "degrees": framing.degrees,
        "mirror": framing.mirrored,
    }
