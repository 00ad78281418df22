"""What prints point to by name (people, techniques, classifications, institutions), put back with its ids."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Model

from catalog.models import Classification, Institution, Person, Print, PrintPerson, Technique
from catalog.snapshots import Snapshot

Row = dict[str, Any]


@dataclass(frozen=True)
class _Register:
    """A model and the columns that identify its rows."""

    model: type[Model]
    columns: tuple[str, ...]

    def key(self, row: Row) -> tuple[Any, ...]:
        return tuple(row[name] for name in self.columns)


REGISTERS = {
    "person": _Register(Person, ("name", "birth_year", "death_year")),
    "technique": _Register(Technique, ("name",)),
    "classification": _Register(Classification, ("name",)),
    "institution": _Register(Institution, ("name", "isil")),
}
Ids = Mapping[str, Mapping[int, int]]


def rows_named(snapshots: Iterable[Snapshot]) -> dict[str, dict[int, Row]]:
    """What the snapshots name, by register and the id that it had."""
    found: dict[str, dict[int, Row]] = {name: {} for name in REGISTERS}
    for snapshot in snapshots:
        for name in ("classification", "institution"):
            if row := snapshot[name]:
                found[name][row["id"]] = row
        found["person"] |= {one["person"]["id"]: one["person"] for one in snapshot["people"]}
        found["technique"] |= {one["technique"]["id"]: one["technique"] for one in snapshot["techniques"]}
    return found


def present_ids(snapshots: Iterable[Snapshot]) -> Ids:
    """The ids that what the snapshots name has now, by those it had. What is gone is made again."""
    return {name: _present(REGISTERS[name], rows) for name, rows in rows_named(snapshots).items()}


def _present(register: _Register, rows: Mapping[int, Row]) -> dict[int, int]:
    stored = register.model._default_manager
    there = _keys(register, stored.filter(pk__in=list(rows)))
    same = {pk: pk for pk, row in rows.items() if there.get(pk) == register.key(row)}
    return same | {pk: _found_or_made(register, row) for pk, row in rows.items() if pk not in same}


def _keys(register: _Register, rows: Any) -> dict[int, tuple[Any, ...]]:
    return {pk: tuple(key) for pk, *key in rows.order_by().values_list("pk", *register.columns)}


def _found_or_made(register: _Register, row: Row) -> int:
    stored = register.model._default_manager
    values = {name: row[name] for name in register.columns}
    found = stored.filter(**values).values_list("pk", flat=True).first()
    if found is not None:
        return int(found)
    free = not stored.filter(pk=row["id"]).exists()
    return int(stored.create(**values, **({"pk": row["id"]} if free else {})).pk)


def last_ids() -> dict[str, int]:
    """The highest id of each register: what is made later has a higher one."""
    return {
        name: register.model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        for name, register in REGISTERS.items()
    }


def forget_unused(ids: Mapping[str, Iterable[int]]) -> int:
    """Delete those of the rows that no print names any more. Returns how many."""
    return sum(_forget(name, list(wanted)) for name, wanted in ids.items())


def _forget(name: str, ids: list[int]) -> int:
    removed = 0
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        unused = set(some) - _used(name, some)
        removed += REGISTERS[name].model._default_manager.filter(pk__in=unused).delete()[0]
    return removed


def _used(name: str, ids: list[int]) -> set[int]:
    links: dict[str, type[Model]] = {"person": PrintPerson, "technique": Print.techniques.through}
    model = links.get(name, Print)
    rows = model._default_manager.filter(**{f"{name}__in": ids}).order_by()
    return set(rows.values_list(f"{name}_id", flat=True).distinct())
