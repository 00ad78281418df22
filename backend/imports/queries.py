"""What the catalogue has of a collection, in the terms of the tables, so that both can be compared."""

from collections import defaultdict
from collections.abc import Collection as Ids
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from catalog.models import (
    Classification,
    Collection,
    Institution,
    Person,
    Print,
    PrintImage,
    PrintPerson,
    Relation,
    Revision,
    Technique,
)
from imports.people import PersonEntry
from imports.records import Lengths
from imports.relations import RelationEntry

PRINT_VALUES = (
    "inventory_number", "title", "date_text", "year_min", "year_max", "record_url", "licence", "extra",
)  # fmt: skip
_STATES = ("record_id", "before", "after")


@dataclass(frozen=True)
class StoredPrint:
    """A print as the catalogue has it; `values` are the PRINT_VALUES and the names of what it points to."""

    id: int
    values: Mapping[str, object]
    people: tuple[PersonEntry, ...] = ()
    techniques: frozenset[str] = frozenset()
    relations: frozenset[RelationEntry] = field(default_factory=frozenset)


def stored_prints(
    collection: Collection, *, record_ids: Sequence[str] | None = None
) -> dict[str, StoredPrint]:
    """The prints of the collection, or those of the `record_ids`, by record id; in a fixed number of queries.

    SQLite takes some hundred ids in one statement.
    """
    rows = Print.objects.filter(collection=collection).order_by()
    if record_ids is not None:
        rows = rows.filter(record_id__in=record_ids)
    names = ("classification__name", "institution__name", "institution__isil")
    found = list(rows.values("id", "record_id", *PRINT_VALUES, *names).iterator(2000))
    of_prints: dict[str, object] = {"print__collection": collection}
    if record_ids is not None:
        of_prints = {"print__in": [row["id"] for row in found]}
    people, techniques, relations = _people(of_prints), _techniques(of_prints), _relations(of_prints)
    return {
        row["record_id"]: StoredPrint(
            row["id"],
            {name: row[name] for name in (*PRINT_VALUES, *names)},
            tuple(people[row["id"]]),
            frozenset(techniques[row["id"]]),
            frozenset(relations[row["id"]]),
        )
        for row in found
    }


def _people(of_prints: Mapping[str, object]) -> Mapping[int, list[PersonEntry]]:
    found: dict[int, list[PersonEntry]] = defaultdict(list)
    rows = PrintPerson.objects.filter(**of_prints).order_by("position", "id")
    columns = ("print_id", "person__name", "person__birth_year", "person__death_year", "roles")
    for print_id, name, born, died, roles in rows.values_list(*columns).iterator(2000):
        found[print_id].append(PersonEntry(name, born, died, tuple(roles)))
    return found


def _techniques(of_prints: Mapping[str, object]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Print.techniques.through.objects.filter(**of_prints)
    for print_id, name in rows.values_list("print_id", "technique__name").iterator(2000):
        found[print_id].append(name)
    return found


def _relations(of_prints: Mapping[str, object]) -> Mapping[int, list[RelationEntry]]:
    found: dict[int, list[RelationEntry]] = defaultdict(list)
    rows = Relation.objects.filter(**of_prints).order_by()
    for print_id, kind, target in rows.values_list("print_id", "kind", "target_text").iterator(2000):
        found[print_id].append(RelationEntry(kind, target))
    return found


def stored_images(collection: Collection) -> dict[str, PrintImage]:
    """All pictures of the collection by path."""
    rows = PrintImage.objects.filter(print__collection=collection).order_by()
    return {row.path: row for row in rows.iterator(2000)}


def hidden_before(collection: Collection, record_ids: Sequence[str]) -> frozenset[str]:
    """Those of these records, none of which is there, that were hidden when they were there last. 1 query.

    (A folder or a table says nothing of who may see a record: what was hidden does not come to light by it.)
    """
    rows = Revision.objects.filter(collection=collection, record_id__in=record_ids).order_by("pk")
    last = {name: after or before or {} for name, before, after in rows.values_list(*_STATES)}
    return frozenset(name for name, snapshot in last.items() if snapshot.get("hidden"))


def prints_without_images(print_ids: Ids[int]) -> list[int]:
    """Those of the prints that have no picture."""
    rows = Print.objects.filter(pk__in=print_ids, images=None)
    return list(rows.order_by().values_list("pk", flat=True))


def kept_lengths() -> Lengths:
    """The longest texts that the catalogue keeps, as its models say."""
    return Lengths(
        record_id=_longest(Print, "record_id"),
        inventory_number=_longest(Print, "inventory_number"),
        date=_longest(Print, "date_text"),
        classification=_longest(Classification, "name"),
        institution=_longest(Institution, "name"),
        isil=_longest(Institution, "isil"),
        technique=_longest(Technique, "name"),
        person=_longest(Person, "name"),
        relation_kind=_longest(Relation, "kind"),
        relation_target=_longest(Relation, "target_text"),
        image_licence=_longest(Print, "licence"),
    )


def _longest(model: type, name: str) -> int:
    longest: int = model._meta.get_field(name).max_length  # type: ignore[attr-defined]
    return longest
