"""The tables that `make load` prints. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from serve.measuring import table
from serve.under_load.figures import (
    BROWSING,
    IN_THE_LINE,
    Noted,
    jain,
    longest_gap,
    percentile,
    put_off,
    times_of,
)
from serve.under_load.memory import Sizes

HEAD = ("what", "requests", "put off", "p50 ms", "p95 ms", "most ms")
MEMORY_HEAD = ("memory, MB", "start", "middle", "end", "most", "an hour")


@dataclass(frozen=True)
class Measured:
    """`rate` are pictures a second of the extractor alone, 0 where it could not be measured."""

    noted: Noted
    sizes: Sizes
    rate: float
    seconds: float


def report(measured: Measured) -> str:
    noted = measured.noted
    parts = [
        table([HEAD, *_requests(noted)]),
        "\n".join(_searches(measured)),
        "\n".join(_stages(noted)),
        _memory(measured.sizes),
    ]
    return "\n\n".join(["", *filter(None, parts)])


def _requests(noted: Noted) -> list[tuple[str, ...]]:
    groups = {"browsing, all": BROWSING, **{kind: (kind,) for kind in (*BROWSING, *IN_THE_LINE, "curator")}}
    return [_row(name, found) for name, kinds in groups.items() if (found := noted.of(*kinds))]


def _row(name: str, requests: list[dict[str, Any]]) -> tuple[str, ...]:
    times = times_of(requests)
    shown = (percentile(times, 0.5), percentile(times, 0.95), max(times, default=0.0))
    return (name, str(len(requests)), str(put_off(requests)), *(f"{ms:.0f}" for ms in shown))


def _searches(measured: Measured) -> list[str]:
    """What visitors waited, being put off included, and whether one waited for the others."""
    noted = measured.noted
    a_second = noted.answered / measured.seconds
    waits = [wait for each in noted.waits.values() for wait in each]
    counts = [len(each) for each in noted.waits.values()]
    visitors = {one["who"] for one in noted.of("search")}
    counts += [0] * (len(visitors) - len(counts))
    moments = [one["at"] + one["ms"] / 1000 for one in noted.of("search") if one["status"] == 200]
    own = (
        f", {a_second / measured.rate:.2f} of the extractor's own {measured.rate:.2f}/s"
        if measured.rate
        else ""
    )
    return [
        f"searches answered: {noted.answered}, {a_second:.2f}/s{own}; given up: {noted.given_up}",
        f"from asking first to the answer: p50 {percentile(waits, 0.5):.1f} s, "
        f"p95 {percentile(waits, 0.95):.1f} s, longest {max(waits, default=0.0):.1f} s",
        f"fairness (Jain) over {len(counts)} visitors: {jain(counts):.3f}; fewest {min(counts, default=0)}, "
        f"most {max(counts, default=0)}; longest time without any answer {longest_gap(moments):.1f} s",
    ]


def _stages(noted: Noted) -> list[str]:
    return [
        f"import, {word}: {one['rows']} rows in {one['seconds']:.0f} s, {one['rows'] / one['seconds']:.0f}/s"
        for word, one in noted.stages.items()
        if one["ok"]
    ]


def _memory(sizes: Sizes) -> str:
    if not sizes.programs:
        return ""
    load = f"\nload of the machine: {min(sizes.load):.1f} to {max(sizes.load):.1f}" if sizes.load else ""
    return table([MEMORY_HEAD, *(sizes.row(name) for name in sorted(sizes.programs))]) + load
