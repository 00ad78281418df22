"""A record of a table beside the same record of the catalogue: what would change, and the result. Pure.

A table speaks of the columns it has. Fields that none of its columns is mapped to stay as they are; an empty
cell empties its field. A value that a cell cannot say better than it stands there stays, too: so what was
exported can be imported again and changes nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from imports.cell_texts import ATTRIBUTES, COORDINATES, extra_text, text_of
from imports.cells import clean_cell
from imports.dates import YearRange
from imports.institutions import InstitutionEntry
from imports.issues import Source
from imports.queries import StoredPrint
from imports.reading import Row
from imports.records import Lengths, Record, read_record

Difference = dict[str, list[str]]
_SETS = ("techniques", "relations")  # kept without an order


@dataclass(frozen=True)
class Mapped:
    """What a table says something about: fields, and extra columns by name."""

    fields: Collection[str]
    extra: Collection[str]

    @property
    def names_in_extra(self) -> frozenset[str]:
        return frozenset(self.extra) | {name for name in COORDINATES if name in self.fields}


def record_of(stored: StoredPrint, record_id: str) -> Record:
    """The record that the catalogue has."""
    values: Mapping[str, Any] = stored.values
    first, last = values["year_min"], values["year_max"]
    name, isil = values["institution__name"], values["institution__isil"]
    return Record(
        record_id=record_id,
        sources=(),
        inventory_number=values["inventory_number"],
        title=values["title"],
        date_text=values["date_text"],
        years=None if first is None and last is None else YearRange(*_both(first, last)),
        classification=values["classification__name"] or "",
        institution=None if name is None else InstitutionEntry(name, isil),
        techniques=tuple(sorted(stored.techniques)),
        people=stored.people,
        relations=tuple(sorted(stored.relations, key=lambda one: (one.kind, one.target))),
        record_url=values["record_url"],
        licence=values["licence"],
        extra=values["extra"],
    )


def _both(first: int | None, last: int | None) -> tuple[int, int]:
    known = [year for year in (first, last) if year is not None]
    return known[0], known[-1]


def laid_over(record: Record, stored: Record, mapped: Mapped) -> Record:
    """What the record becomes when the table's `record` comes over the `stored` one."""
    kept = {
        attribute: getattr(stored, attribute)
        for field, attribute in ATTRIBUTES.items()
        if field not in mapped.fields or _says_the_same(field, record, stored)
    }
    if "date_text" in kept:
        kept["years"] = stored.years
    return replace(record, **kept, extra=_extra_laid_over(record, stored, mapped))


def _extra_laid_over(record: Record, stored: Record, mapped: Mapped) -> Mapping[str, object]:
    said = mapped.names_in_extra
    same = {name for name in said if _extra_is_the_same(name, record, stored)}
    kept = {name: value for name, value in stored.extra.items() if name not in said or name in same}
    return kept | {name: value for name, value in record.extra.items() if name not in same}


def _says_the_same(field: str, record: Record, stored: Record) -> bool:
    """Whether the table's value is the stored one, or all that a cell can say of it."""
    new, old = _value(record, field), _value(stored, field)
    return new == old or new == _read_again(field, stored)


def _value(record: Record, field: str) -> object:
    attribute = ATTRIBUTES[field]
    value = getattr(record, attribute)
    return frozenset(value) if attribute in _SETS else value


def _read_again(field: str, stored: Record) -> object:
    """The value that is read out of the cell that the stored value is written into."""
    cells = {"record_id": "1", field: clean_cell(text_of(stored, field))}
    read, _ = read_record(Row(Source(""), cells, {}), Lengths())
    return None if read is None else _value(read, field)


def _extra_is_the_same(name: str, record: Record, stored: Record) -> bool:
    new = record.extra.get(name)
    return new == stored.extra.get(name) or new == _extra_read_again(name, stored)


def _extra_read_again(name: str, stored: Record) -> object:
    cell = clean_cell(extra_text(stored, name))
    if name not in COORDINATES:
        return cell or None
    read, _ = read_record(Row(Source(""), {"record_id": "1", name: cell}, {}), Lengths())
    return None if read is None else read.extra.get(name)


def only_with(changes: Collection[str], record: Record, now: Record) -> Record:
    """The record as it is `now`, with the values of `record` in the fields and extra columns of `changes`."""
    taken = {ATTRIBUTES[name]: getattr(record, ATTRIBUTES[name]) for name in changes if name in ATTRIBUTES}
    if "date_text" in taken:
        taken["years"] = record.years
    kept = {name: value for name, value in now.extra.items() if name not in changes}
    said = {name: value for name, value in record.extra.items() if name in changes}
    return replace(now, **taken, extra=kept | said)


def difference(before: Record, after: Record) -> Difference:
    """Field or extra column -> its cell before and after, where they differ."""
    found: Difference = {}
    for field in ATTRIBUTES:
        if _value(before, field) != _value(after, field):
            found[field] = [text_of(before, field), text_of(after, field)]
    for name in sorted({*before.extra, *after.extra}):
        if before.extra.get(name) != after.extra.get(name):
            found[name] = [extra_text(before, name), extra_text(after, name)]
    return found
