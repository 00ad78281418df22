"""Which queries are made of which prints. Pure and seeded: the same prints and seed give the same plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from search_model.evaluation.queries import KINDS, SAME_IMAGE, SHARED_DETAIL

PLAIN = "normal"
ABSENT = "absent"
SHARED = "shared-detail"
TENTHS = 10
# Asked of the same photographs as PLAIN, so that what differs is the question and not the luck.
OF_PLAIN = ("mirrored", "turned", ABSENT)
# How many of each; a few minutes on two cores. `full_counts` asks everything.
USUAL = {
    PLAIN: 40, "mirrored": 40, "turned": 40, ABSENT: 80, "mild": 10, "harsh": 15,
    "detail-40": 15, "detail-20": 40, "detail-10": 40,
    "bilevel": 12, "toned-paper": 12, "low-contrast": 12, SHARED: 10,
}  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """A print that queries are made of, by one of its pictures; `name` is the same after every loading."""

    print_id: int
    image_id: int
    name: str


@dataclass(frozen=True)
class Planned:
    """A query made of a subject's picture (and a host's, if it has one), asked with a tenth left out or none.

    `photograph` is the kind of picture to make; it is the question's own kind, but for absent prints.
    """

    kind: str
    photograph: str
    subject: Subject
    seed: int
    host: Subject | None = None
    tenth: int | None = None

    @property
    def shows(self) -> dict[int, str]:
        """The prints that are right answers, with their verdicts."""
        if self.kind == ABSENT:
            return {}
        return {self.subject.print_id: SHARED_DETAIL if self.host else SAME_IMAGE}


@dataclass(frozen=True)
class Plan:
    """The queries, and the prints of each tenth. Questions of one photograph stand together."""

    queries: Sequence[Planned]
    tenths: Sequence[Sequence[Subject]]


def full_counts(prints: int) -> dict[str, int]:
    """Every kind of query of every print."""
    return dict.fromkeys(USUAL, prints)


def planned(subjects: Sequence[Subject], *, counts: Mapping[str, int], seed: int) -> Plan:
    """So many queries of each kind (as many as there are prints, at most).

    A query of an absent print is asked while the tenth that its print is in is left out, and one of a detail
    on another sheet while the tenth of that sheet is.

    Raises:
        ValueError: fewer than two prints, or a kind that is not known.
    """
    unknown = set(counts) - {*KINDS, ABSENT, SHARED}
    if unknown:
        raise ValueError(f"There is no kind of query called {', '.join(sorted(unknown))}.")
    if len(subjects) < 2:
        raise ValueError("An evaluation needs at least two prints that can be found.")
    order = _order(subjects, seed=seed)
    tenths = [order[number::TENTHS] for number in range(TENTHS)]
    queries = [query for kind, count in counts.items() for query in _of_kind(kind, order, count, seed)]
    return Plan(sorted(queries, key=_together), tenths)


def _of_kind(kind: str, order: Sequence[Subject], count: int, seed: int) -> Iterator[Planned]:
    """Each kind asks of other prints, but for those that ask of the plain photographs."""
    label = PLAIN if kind in OF_PLAIN else kind
    chosen = _order(order, seed=seed + crc32(label.encode()))
    places = {subject: number for number, subject in enumerate(order)}
    for number, subject in enumerate(chosen[:count]):
        own, place = seed * 1_000_003 + number, places[subject]
        if kind == SHARED:
            host = (place + 1) % len(order)
            yield Planned(kind, SHARED, subject, own, order[host], host % TENTHS)
        elif kind == ABSENT:
            yield Planned(kind, PLAIN, subject, own, tenth=place % TENTHS)
        else:
            yield Planned(kind, kind, subject, own)


def _order(subjects: Sequence[Subject], *, seed: int) -> list[Subject]:
    by_name = sorted(subjects, key=lambda subject: subject.name)
    return [by_name[i] for i in np.random.default_rng(seed).permutation(len(by_name))]


def _together(query: Planned) -> tuple[str, int, bool]:
    """What everybody may find first: that is timed."""
    return (query.photograph, query.seed, query.tenth is not None)
