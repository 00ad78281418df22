"""The figures of an evaluation as tables of text, alone or beside those of another one. Pure.

`tables` makes the rows that the HTML page shows as well: one home for what is shown and in which order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search_model.evaluation.queries import KINDS
from search_model.evaluation.summary import FUSED, NOT_HERE, RANKS, VERDICTS, VERIFIED

Figures = Mapping[str, Any]
Rows = list[tuple[str, ...]]
NOTHING = "-"

SAYS = {name: kind.says for name, kind in KINDS.items()} | {
    "shared-detail": "another sheet that shows a detail of it",
    "photographs": "real photographs",
}
ROADS = {
    "fused": "fused: the answer",
    "local": "local alone",
    "global": "global alone",
}
CALLED = {
    "same_image": "same image",
    "shared_detail": "shared detail",
    "similar": "similar",
    "not_found": "not found",
    NOT_HERE: "not here (similar or not found)",
}


@dataclass(frozen=True)
class Table:
    """Rows of text under a title; the first row is the head."""

    title: str
    rows: Rows


def tables(figures: Figures) -> list[Table]:
    """Everything that was measured, in the order in which it is read."""
    made = [
        Table("Found among the first k (95 % interval)", _recall_rows(figures)),
        Table("What was said, by kind of query", _said_rows(figures)),
        Table("Precision and recall of each verdict", _verdict_rows(figures)),
        Table("Is it here at all?", _here_rows(figures)),
        Table("Milliseconds a search, by stage", _timing_rows(figures)),
        Table("What a search could not do", _notice_rows(figures)),
    ]
    return [table for table in made if len(table.rows) > 1]


def report_text(figures: Figures) -> str:
    """All tables as text."""
    return "\n\n".join(f"{table.title}\n{aligned(table.rows)}" for table in tables(figures))


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows of text under each other, a line below the head."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def percent(share: Mapping[str, Any]) -> str:
    """A share for people, 97.5 %; a dash where nothing was counted."""
    return NOTHING if share["value"] is None else f"{100 * share['value']:.1f} %"


def with_interval(share: Mapping[str, Any]) -> str:
    """A share with how many were counted and between which it lies: 97.5 % of 40 (87.1 to 99.6)."""
    if share["value"] is None:
        return NOTHING
    return f"{percent(share)} of {share['of']} ({100 * share['low']:.1f} to {100 * share['high']:.1f})"


def _recall_rows(figures: Figures) -> Rows:
    rows: Rows = [("query", "road", "R@1", *(f"R@{k}" for k in RANKS[1:]), "mAP")]
    for kind in figures["kinds"]:
        for road, found in kind["roads"].items():
            name = SAYS.get(kind["kind"], kind["kind"]) if road == FUSED else ""
            recall = found["recall"]
            later = (percent(recall[str(k)]) for k in RANKS[1:])
            rows.append((name, ROADS.get(road, road), with_interval(recall["1"]), *later, f"{found['map']:.3f}"))
    return rows


def _said_rows(figures: Figures) -> Rows:
    rows: Rows = [("query", *(CALLED[verdict] for verdict in VERDICTS))]
    groups = [(SAYS.get(kind["kind"], kind["kind"]), kind["verdicts"]) for kind in figures["kinds"]]
    groups.append(("not in the collection", figures["here"]["absent_verdicts"]))
    for name, verdicts in groups:
        if any(verdicts.values()):
            rows.append((name, *(str(verdicts[verdict]) for verdict in VERDICTS)))
    return rows


def _verdict_rows(figures: Figures) -> Rows:
    rows: Rows = [("verdict", "precision", "recall")]
    for verdict in (*VERIFIED, NOT_HERE):
        said = figures["verdicts"][verdict]
        if said["precision"]["of"] or said["recall"]["of"]:
            rows.append((CALLED[verdict], with_interval(said["precision"]), with_interval(said["recall"])))
    return rows


def _here_rows(figures: Figures) -> Rows:
    here = figures["here"]
    rows: Rows = [("", "")]
    for road, area in here["area"].items():
        counts = f"{here['present']} present against {here['absent']} absent"
        rows.append((f"area under the curve, {ROADS.get(road, road)}", f"{area:.4f} ({counts})"))
    if here["absent"]:
        rows.append(
            ("absent prints of which another was called the same image", with_interval(here["absent_same_image"]))
        )
    return rows


def _timing_rows(figures: Figures) -> Rows:
    head: Rows = [("stage", "p50", "p95")]
    return head + [(stage, f"{t['p50']:.1f}", f"{t['p95']:.1f}") for stage, t in figures["timings_ms"].items()]


def _notice_rows(figures: Figures) -> Rows:
    head: Rows = [("notice", "searches")]
    return head + [(code.replace("_", " "), f"{n} of {figures['queries']}") for code, n in figures["notices"].items()]


def comparison(first: Figures, second: Figures, *, names: tuple[str, str]) -> str:
    """Two evaluations side by side, with what the second gains; a figure that only one has is left out."""
    before, after = _headlines(first), _headlines(second)
    rows: Rows = [("figure", *names, "difference")]
    for name, value in before.items():
        if name in after:
            rows.append((name, f"{value:.3f}", f"{after[name]:.3f}", f"{after[name] - value:+.3f}"))
    return aligned(rows)


def _headlines(figures: Figures) -> dict[str, float]:
    """The figures that two evaluations are compared by; shares and areas from 0 to 1, times in milliseconds."""
    lines: dict[str, float] = {}
    for kind in figures["kinds"]:
        for road, found in kind["roads"].items():
            lines |= {f"{kind['kind']}, {road}: R@{k}": found["recall"][str(k)]["value"] for k in (1, 50)}
            lines[f"{kind['kind']}, {road}: mAP"] = found["map"]
    for road, area in figures["here"]["area"].items():
        lines[f"here or not, {road}: area under the curve"] = area
    for verdict, said in figures["verdicts"].items():
        shares = {f"{CALLED[verdict]}: {name}": share["value"] for name, share in said.items()}
        lines |= {name: value for name, value in shares.items() if value is not None}
    lines |= {f"{stage}: p50, ms": t["p50"] for stage, t in figures["timings_ms"].items()}
    return lines
