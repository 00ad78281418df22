"""The sample's catalogue: every sheet with its people, date, technique, owner and relations."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.random import Generator

from catalog.sample.genres import GENRES
from catalog.sample.people import INSTITUTIONS
from catalog.sample.sheets import Genre, Hand, Sheet, State

SEED = 1865
FIRST_RECORD = 1001
CHANGES: dict[str, dict[str, Any]] = {
    "dublette": {"impression": 1},
    "zustand": {"impression": 2, "state": State.SECOND},
    "kopie": {"impression": 3, "mirrored": True},
}
FURTHER = {
    "dublette": ("woodcut-06", "botany-12", "titlepage-04", "emblem-10", "map-04"),
    "zustand": ("landscape-03", "marine-08", "nocturne-03"),
    "kopie": ("landscape-09", "ornament-06", "architecture-02"),
}
BOTH_STATES = ("landscape-10", "nocturne-02", "marine-02")
PREFIXES = ("BIR", "TAN", "SEE", "LIN", "APR")


def all_sheets() -> list[Sheet]:
    """Every print of the sample, in the order of its record numbers."""
    singles = {sheet.matrix: sheet for genre in GENRES for sheet in _genre_sheets(genre)}
    proofs = [_proofed(sheet) for sheet in singles.values()]
    return _numbered([*proofs, *_further_impressions(singles)])


def _genre_sheets(genre: Genre) -> Iterator[Sheet]:
    rng = np.random.default_rng([SEED, *genre.name.encode()])
    for index, subject in enumerate(genre.subjects):
        hands = genre.teams[index % len(genre.teams)]
        year = _year(hands, rng)
        technique = genre.techniques[int(rng.integers(len(genre.techniques)))]
        yield Sheet(
            record_id="",
            matrix=f"{genre.name}-{index + 1:02}",
            subject=subject,
            genre=genre,
            hands=hands,
            year=year,
            date=_date(year, rng),
            technique=technique,
            institution=INSTITUTIONS[int(rng.integers(len(INSTITUTIONS)))],
            inventory_number="",
        )


def _year(hands: tuple[Hand, ...], rng: Generator) -> int:
    """A year in which everybody who worked on the print was grown up and alive."""
    first = max(hand.person.born + 21 for hand in hands)
    last = min(hand.person.died for hand in hands)
    return int(rng.integers(first, last))


def _date(year: int, rng: Generator) -> str:
    """The year as catalogues write it: exact, a span, about, a century, or not at all."""
    century = (year - 1) // 100 + 1
    forms = (
        f"{year}",
        f"{year} - {year + int(rng.integers(1, 4))}",
        f"ca. {round(year, -1)}",
        f"Entstehung des Druckträgers: {year} - {year + 1}",
        f"{century}. Jh.",
        "",
    )
    return forms[int(rng.choice(len(forms), p=(0.32, 0.17, 0.17, 0.16, 0.12, 0.06)))]


def _further_impressions(singles: dict[str, Sheet]) -> Iterator[Sheet]:
    """Second impressions, second states and reversed copies of some of the plates, kept elsewhere."""
    for kind, matrices in FURTHER.items():
        for matrix in matrices:
            first = singles[matrix]
            institution = INSTITUTIONS[(INSTITUTIONS.index(first.institution) + 1) % len(INSTITUTIONS)]
            yield replace(first, relations=f"{kind}, {matrix}", institution=institution, **CHANGES[kind])


def _proofed(sheet: Sheet) -> Sheet:
    """The sheet as a proof before letters if the sample also has its second state."""
    if sheet.matrix in FURTHER["zustand"]:
        return replace(sheet, state=State.FIRST)
    if sheet.matrix in BOTH_STATES:
        second = replace(sheet, state=State.SECOND, impression=4)
        return replace(sheet, state=State.FIRST, other_state=second)
    return sheet


def _numbered(sheets: list[Sheet]) -> list[Sheet]:
    """The same sheets with record and inventory numbers; relations then name inventory numbers."""
    numbered = [_with_numbers(sheet, index) for index, sheet in enumerate(sheets)]
    owners = {sheet.matrix: sheet.inventory_number for sheet in numbered if not sheet.relations}
    links = {sheet.matrix: sheet for sheet in numbered if sheet.relations}
    return [_linked(sheet, owners, links) for sheet in numbered]


def _with_numbers(sheet: Sheet, index: int) -> Sheet:
    record_id = str(FIRST_RECORD + index)
    second = sheet.other_state and replace(sheet.other_state, record_id=record_id)
    number = _inventory_number(sheet, index)
    return replace(sheet, record_id=record_id, inventory_number=number, other_state=second)


def _inventory_number(sheet: Sheet, index: int) -> str:
    prefix = PREFIXES[INSTITUTIONS.index(sheet.institution)]
    return f"{prefix} {1880 + index * 7 % 110}.{index + 1:04}"


def _linked(sheet: Sheet, owners: dict[str, str], links: dict[str, Sheet]) -> Sheet:
    """Both ends of a relation name each other; a copy's original is its `vorlage`."""
    if sheet.relations:
        kind, matrix = sheet.relations.split(", ")
        return replace(sheet, relations=f"{'vorlage' if kind == 'kopie' else kind}, {owners[matrix]}")
    if sheet.matrix in links:
        other = links[sheet.matrix]
        return replace(sheet, relations=f"{other.relations.split(', ')[0]}, {other.inventory_number}")
    return sheet
