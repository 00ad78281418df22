"""Record <-> JSON, so that what was checked is exactly what is written later. Pure: no Django, no I/O.

Values that say nothing are left out, which keeps the staged records of large tables small.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from imports.dates import YearRange
from imports.institutions import InstitutionEntry
from imports.issues import Source
from imports.people import PersonEntry
from imports.records import Record
from imports.relations import RelationEntry

Json = dict[str, Any]
_NAMES = tuple(item.name for item in fields(Record))


def record_to_json(record: Record) -> Json:
    """`record` as JSON that `record_from_json` reads back as an equal one."""
    said = ((name, getattr(record, name)) for name in _NAMES)
    return {name: _to_json(value) for name, value in said if value not in ("", None, (), {})}


def record_from_json(staged: Mapping[str, Any]) -> Record:
    """The record that `record_to_json` wrote."""
    read = {name: _READ.get(name, _as_it_is)(value) for name, value in staged.items()}
    return Record(**({"sources": ()} | read))


def _to_json(value: Any) -> Any:
    """Named tuples and dataclasses become lists in the order of their fields."""
    if isinstance(value, str):
        return value
    if isinstance(value, Source | PersonEntry | RelationEntry | InstitutionEntry):
        return [_to_json(getattr(value, item.name)) for item in fields(value)]
    if isinstance(value, tuple | list):
        return [_to_json(one) for one in value]
    return dict(value) if isinstance(value, Mapping) else value


def _as_it_is(value: Any) -> Any:
    return value


def _person(staged: list[Any]) -> PersonEntry:
    name, birth_year, death_year, roles = staged
    return PersonEntry(name, birth_year, death_year, tuple(roles))


_READ: Mapping[str, Callable[[Any], Any]] = {
    "sources": lambda staged: tuple(Source(*one) for one in staged),
    "years": lambda staged: YearRange(*staged),
    "institution": lambda staged: InstitutionEntry(*staged),
    "techniques": tuple,
    "people": lambda staged: tuple(_person(one) for one in staged),
    "relations": lambda staged: tuple(RelationEntry(*one) for one in staged),
    "image_files": tuple,
    "image_urls": tuple,
}
