"""Everything about a record as JSON, with the ids of all its rows, so that it can be put back as it was.

Beside the print's own values a snapshot has its people, techniques, relations and pictures, institution and
classification by id and name, and the ids of what points to it from elsewhere (`targeted_by`: relations of
other prints; `examples`).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, QuerySet

from catalog.models import Example, Print, PrintImage, PrintPerson, Relation

Snapshot = dict[str, Any]
VALUES = (
    "record_id", "inventory_number", "title", "date_text", "year_min", "year_max", "record_url", "licence",
    "extra", "hidden",
)  # fmt: skip
IMAGE_VALUES = ("path", "name", "sha256", "width", "height", "format", "position")


def snapshots(print_ids: Iterable[int]) -> dict[int, Snapshot]:
    """The prints that there are, by id. 7 queries for up to a few thousand."""
    ids = list(print_ids)
    found = {row.pk: _of(row) for row in _prints(ids)}
    _gather(found, "people", _people(ids))
    _gather(found, "techniques", _techniques(ids))
    _gather(found, "relations", _relations(ids))
    _gather(found, "images", _images(ids))
    pointing = Relation.objects.filter(target__in=ids).order_by("pk")
    _gather(found, "targeted_by", pointing.values_list("target_id", "pk"))
    examples = Example.objects.filter(print__in=ids).order_by("pk")
    _gather(found, "examples", examples.values_list("print_id", "pk"))
    return found


def same_content(one: Snapshot | None, other: Snapshot | None) -> bool:
    """Whether two snapshots say the same of a record, whatever ids their links have."""
    if one is None or other is None:
        return one is other
    return content_of(one) == content_of(other)


def content_of(snapshot: Snapshot) -> Snapshot:
    """What a snapshot says of a record, without the ids of its links."""
    return {
        **{name: snapshot[name] for name in (*VALUES, "images")},
        "classification": _named(snapshot["classification"]),
        "institution": _named(snapshot["institution"]),
        "people": [(_named(one["person"]), one["roles"]) for one in snapshot["people"]],
        "techniques": sorted(one["technique"]["name"] for one in snapshot["techniques"]),
        "relations": sorted((one["kind"], one["target_text"]) for one in snapshot["relations"]),
    }


def _named(row: dict[str, Any] | None) -> dict[str, Any] | None:
    return row and {name: value for name, value in row.items() if name != "id"}


def _prints(ids: Sequence[int]) -> QuerySet[Print]:
    return Print.objects.filter(pk__in=ids).select_related("classification", "institution").order_by()


def _of(row: Print) -> Snapshot:
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in VALUES},
        "classification": _register_row(row.classification, "name"),
        "institution": _register_row(row.institution, "name", "isil"),
        **{name: [] for name in ("people", "techniques", "relations", "images", "targeted_by", "examples")},
    }


def _register_row(row: Model | None, *names: str) -> dict[str, Any] | None:
    return None if row is None else {"id": row.pk, **{name: getattr(row, name) for name in names}}


def _gather(found: dict[int, Snapshot], part: str, rows: Iterable[tuple[int, Any]]) -> None:
    gathered = defaultdict(list)
    for print_id, value in rows:
        gathered[print_id].append(value)
    for print_id, values in gathered.items():
        if print_id in found:
            found[print_id][part] = values


def _people(ids: Sequence[int]) -> Iterable[tuple[int, dict[str, Any]]]:
    rows = PrintPerson.objects.filter(print__in=ids).select_related("person").order_by("position", "pk")
    for row in rows:
        person = _register_row(row.person, "name", "birth_year", "death_year")
        yield (
            row.print_id,
            {"id": row.pk, "person": person, "roles": row.roles, "position": row.position},
        )


def _techniques(ids: Sequence[int]) -> Iterable[tuple[int, dict[str, Any]]]:
    rows = Print.techniques.through.objects.filter(print__in=ids).order_by("pk")
    for pk, print_id, technique, name in rows.values_list(
        "pk", "print_id", "technique_id", "technique__name"
    ):
        yield print_id, {"id": pk, "technique": {"id": technique, "name": name}}


def _relations(ids: Sequence[int]) -> Iterable[tuple[int, dict[str, Any]]]:
    names = ("kind", "target_text", "target_id")
    rows = Relation.objects.filter(print__in=ids).order_by("pk")
    for print_id, pk, *values in rows.values_list("print_id", "pk", *names):
        yield print_id, {"id": pk, **dict(zip(names, values, strict=True))}


def _images(ids: Sequence[int]) -> Iterable[tuple[int, dict[str, Any]]]:
    rows = PrintImage.objects.filter(print__in=ids).order_by("position", "pk")
    for print_id, pk, *values in rows.values_list("print_id", "pk", *IMAGE_VALUES):
        yield print_id, {"id": pk, **dict(zip(IMAGE_VALUES, values, strict=True))}
