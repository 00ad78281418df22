"""People, techniques, classifications and institutions by name: found, or made when they are new."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

from catalog.models import Classification, Institution, Person, Technique
from imports.institutions import InstitutionEntry
from imports.people import PersonEntry
from imports.records import Record

Key = tuple[Any, ...]


class _Register:
    """The ids of a model's rows by their identifying columns."""

    def __init__(self, model: type[Model], columns: tuple[str, ...]) -> None:
        self._rows, self._model, self._columns = model._default_manager, model, columns
        self._ids: dict[Key, int] = {}
        self._take(self._rows.all())

    def _take(self, rows: QuerySet[Model]) -> None:
        listed = rows.order_by().values_list(*self._columns, "pk")
        self._ids.update((tuple(key), pk) for *key, pk in listed.iterator(2000))

    def add(self, keys: Iterable[Key]) -> None:
        """Make the rows that are missing; one that another process makes at the same time is taken over."""
        new = [key for key in dict.fromkeys(keys) if key not in self._ids]
        if new:
            rows = [self._model(**dict(zip(self._columns, key, strict=True))) for key in new]
            self._rows.bulk_create(rows, ignore_conflicts=True)
            self._take(self._rows.filter(**{f"{self._columns[0]}__in": {key[0] for key in new}}))

    def id(self, key: Key) -> int:
        return self._ids[key]


class Names:
    """The registers of all that prints point to."""

    def __init__(self) -> None:
        self._people = _Register(Person, ("name", "birth_year", "death_year"))
        self._techniques = _Register(Technique, ("name",))
        self._classifications = _Register(Classification, ("name",))
        self._institutions = _Register(Institution, ("name", "isil"))

    def add(self, records: Iterable[Record]) -> None:
        """Make what `records` name and the catalogue has not."""
        listed = list(records)
        self._people.add(_person_key(one) for record in listed for one in record.people)
        self._techniques.add((name,) for record in listed for name in record.techniques)
        self._classifications.add((record.classification,) for record in listed if record.classification)
        self._institutions.add(_institution_key(one.institution) for one in listed if one.institution)

    def person(self, entry: PersonEntry) -> int:
        return self._people.id(_person_key(entry))

    def technique(self, name: str) -> int:
        return self._techniques.id((name,))

    def classification(self, name: str) -> int | None:
        return self._classifications.id((name,)) if name else None

    def institution(self, entry: InstitutionEntry | None) -> int | None:
        return self._institutions.id(_institution_key(entry)) if entry else None


def _person_key(entry: PersonEntry) -> Key:
    return entry.name, entry.birth_year, entry.death_year


def _institution_key(entry: InstitutionEntry) -> Key:
    return entry.name, entry.isil
