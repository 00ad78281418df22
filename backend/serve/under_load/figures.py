"""From the lines that the visitors noted to figures and a verdict. Pure."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import mean
from typing import Any

BROWSING = ("page", "list", "words", "facets", "record", "thumbnail")
IN_THE_LINE = ("search", "similar")  # they wait for a turn, see search/taking_turns.py
PUT_OFF = (429, 503)
NO_ANSWER = 0
MOST_BROWSING_MS = 300.0


@dataclass
class Noted:
    """All that happened. `waits` are the seconds from asking first to the answer, by visitor."""

    requests: list[dict[str, Any]] = field(default_factory=list)
    waits: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    given_up: int = 0
    stages: dict[str, dict[str, Any]] = field(default_factory=dict)  # the curator's, by their words

    def of(self, *kinds: str) -> list[dict[str, Any]]:
        return [one for one in self.requests if one["kind"] in kinds]

    @property
    def answered(self) -> int:
        return sum(map(len, self.waits.values()))


def read_notes(lines: Iterable[str]) -> Noted:
    """The last line may be cut off: the visitors are stopped wherever they are."""
    noted = Noted()
    for line in lines:
        if not line.endswith("\n"):
            continue
        one = json.loads(line)
        if one["kind"] == "answered":
            if one["ok"]:
                noted.waits[one["who"]].append(one["ms"] / 1000)
            else:
                noted.given_up += 1
        elif one["kind"] in ("check", "apply"):
            noted.stages[one["kind"]] = one
        else:
            noted.requests.append(one)
    return noted


def is_failure(request: dict[str, Any]) -> bool:
    """Anything but an answer, a redirection, or being told when to come back."""
    status = int(request["status"])
    if status in PUT_OFF:
        return not str(request["retry_after"]).isdigit()
    return not 200 <= status < 400


def failures(noted: Noted) -> dict[str, int]:
    """How many of each kind and status."""
    found = Counter(f"{one['kind']}: {_end(one)}" for one in noted.requests if is_failure(one))
    return dict(found.most_common())


def _end(request: dict[str, Any]) -> str:
    if request["status"] == NO_ANSWER:
        return f"no answer {request.get('why', '')}".strip()
    return str(request["status"])


def put_off(requests: Sequence[dict[str, Any]]) -> int:
    return sum(one["status"] in PUT_OFF for one in requests)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of them do not exceed; 0 of none."""
    if not values:
        return 0.0
    ranked = sorted(values)
    return ranked[max(0, -int(-share * len(ranked) // 1) - 1)]


def times_of(requests: Iterable[dict[str, Any]]) -> list[float]:
    """Milliseconds of those that were answered."""
    return [one["ms"] for one in requests if 200 <= one["status"] < 400]


def jain(counts: Sequence[int]) -> float:
    """Jain's index of fairness: 1 when all had the same, 1/n when one had everything; 1 of nothing.

    Jain, Chiu, Hawe, A quantitative measure of fairness, DEC TR-301, 1984.
    """
    squares = sum(count * count for count in counts)
    return sum(counts) ** 2 / (len(counts) * squares) if squares else 1.0


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Of the line of least squares through (x, y); 0 of fewer than two."""
    if len(points) < 2:
        return 0.0
    middle_x, middle_y = mean(x for x, _ in points), mean(y for _, y in points)
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / spread if spread else 0.0


def longest_gap(times: Sequence[float]) -> float:
    """The longest time between two of them, in order."""
    return max((later - earlier for earlier, later in pairwise(sorted(times))), default=0.0)


def misses(noted: Noted, *, rows_expected: bool) -> list[str]:
    """What makes the run a failure, in words."""
    found = [f"{count} × {what}" for what, count in failures(noted).items()]
    p95 = percentile(times_of(noted.of(*BROWSING)), 0.95)
    if p95 >= MOST_BROWSING_MS:
        found.append(f"p95 of browsing is {p95:.0f} ms, promised are less than {MOST_BROWSING_MS:.0f}")
    if not noted.answered:
        found.append("no search was answered")
    if rows_expected:
        found += [
            f"the import's {word} did not end well in time"
            for word in ("check", "apply")
            if not _ended(noted, word)
        ]
    return found


def _ended(noted: Noted, word: str) -> bool:
    return bool(noted.stages.get(word, {}).get("ok"))
