"""What a Recto under faults has accepted, and so has to have afterwards. Pure but for its lock."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Ledger:
    """Kept by several threads. What got no answer may have happened or not: it is counted apart."""

    kept: list[str] = field(default_factory=list)  # ids of kept searches
    kept_perhaps: int = 0
    rows: dict[int, int] = field(default_factory=dict)  # rows of each import that was accepted, by its number
    images: dict[int, int] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)  # the last that was accepted of each print
    titles_perhaps: dict[int, set[str]] = field(default_factory=dict)  # sent later, without an answer
    answers: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(
        default_factory=list
    )  # of whoever brings the load: the run is worth nothing then
    reported: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def accept_title(self, print_id: int, title: str) -> None:
        with self.lock:
            self.titles[print_id] = title
            self.titles_perhaps[print_id] = set()

    def send_title(self, print_id: int, title: str) -> None:
        """It may be there, from now on until it is known."""
        with self.lock:
            self.titles_perhaps.setdefault(print_id, set()).add(title)

    def not_reported_yet(self, lost: list[str], doubled: list[str]) -> tuple[list[str], list[str]]:
        """What one fault lost stays lost; the faults after it are not to answer for it."""
        known = set(self.reported)
        self.reported.update(lost, doubled)
        return [one for one in lost if one not in known], [one for one in doubled if one not in known]

    def count(self, what: str, status: int) -> None:
        with self.lock:
            self.answers[f"{what} {status or 'no answer'}"] += 1


@dataclass(frozen=True)
class Found:
    """What there is: counts of the database, ids of kept searches that do not answer, titles by print."""

    prints: int
    images: int
    kept: int
    twice: int  # records that were created more than once
    kept_missing: tuple[str, ...]
    titles: dict[int, str]
    differences: tuple[str, ...]  # of database, files and index


def lost_and_doubled(ledger: Ledger, found: Found) -> tuple[list[str], list[str]]:
    """In words; both empty when all is as it was accepted."""
    lost, doubled = [f"kept search {one[:6]}…" for one in found.kept_missing], []
    for what, expected, there in (
        ("import rows", sum(ledger.rows.values()), found.prints),
        ("images of imports", sum(ledger.images.values()), found.images),
    ):
        if there < expected:
            lost.append(f"{expected - there} {what}")
        if there > expected:
            doubled.append(f"{there - expected} {what}")
    if found.kept > len(ledger.kept) + ledger.kept_perhaps:
        doubled.append(f"{found.kept - len(ledger.kept) - ledger.kept_perhaps} kept searches")
    if found.twice:
        doubled.append(f"{found.twice} records created twice")
    for print_id, title in ledger.titles.items():
        there_now = found.titles.get(print_id, "")
        if there_now not in {title, *ledger.titles_perhaps.get(print_id, ())}:
            lost.append(f"the title {title!r} of print {print_id}, which is {there_now!r}")
    return lost + list(found.differences), doubled
