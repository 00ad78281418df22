"""What `make evaluate` holds its figures against. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Figures = Mapping[str, Any]
Row = tuple[str, str, str, str]
WITHIN = 0.01  # of the plain photographs, what mirroring and turning may cost
LEAST = {"detail-20": 0.97, "detail-10": 0.93}
PHOTOGRAPHS, GLOBAL_1, GLOBAL_50, AREA, CALLED_SAME = 0.99, 0.6, 0.9, 0.99, 0.01
P50, P95 = 350.0, 600.0  # milliseconds


def promise_rows(photographs: Figures, simulated: Figures) -> list[Row]:
    """Each promise with what was measured; the first row is the head."""
    rows = [*_of_photographs(photographs), *_of_simulated(simulated)]
    return [("promise", "measured", "promised", ""), *rows]


def _of_photographs(figures: Figures) -> Iterator[Row]:
    roads = {kind["kind"]: kind["roads"] for kind in figures["kinds"]}["photographs"]
    yield _at_least("real photographs, fused: R@1", _recall(roads["fused"], 1), PHOTOGRAPHS)
    if "global" in roads:
        yield _at_least("real photographs, global alone: R@1", _recall(roads["global"], 1), GLOBAL_1)
        yield _at_least("real photographs, global alone: R@50", _recall(roads["global"], 50), GLOBAL_50)
    whole = figures["timings_ms"]["whole request"]
    yield _at_most("whole request: p50, ms", whole["p50"], P50)
    yield _at_most("whole request: p95, ms", whole["p95"], P95)


def _of_simulated(figures: Figures) -> Iterator[Row]:
    fused = {kind["kind"]: kind["roads"]["fused"] for kind in figures["kinds"]}
    for kind, least in LEAST.items():
        yield _at_least(f"{kind}: R@1", _recall(fused[kind], 1), least)
    plain = _recall(fused["normal"], 1)
    for kind in ("mirrored", "turned"):
        yield _at_least(f"{kind}: R@1 (plain {plain:.3f})", _recall(fused[kind], 1), plain - WITHIN)
    here = figures["here"]
    yield _at_least("here or not: area under the curve", here["area"]["fused"], AREA)
    yield _at_most("absent prints called the same image", here["absent_same_image"]["value"], CALLED_SAME)


def _recall(road: Figures, k: int) -> float:
    return float(road["recall"][str(k)]["value"])


def _at_least(what: str, value: float, least: float) -> Row:
    return what, f"{value:.3f}", f">= {least:.3f}", "ok" if value >= least - 1e-9 else "missed"


def _at_most(what: str, value: float, most: float) -> Row:
    return what, f"{value:.3f}", f"<= {most:.3f}", "ok" if value <= most + 1e-9 else "missed"
