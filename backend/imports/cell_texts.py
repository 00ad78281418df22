"""Values of a record -> the cells that say them: the way back of people, relations and so on. Pure.

What is written here is read as the same value again wherever a cell can say it at all.
"""

from collections.abc import Sequence

from imports.institutions import InstitutionEntry
from imports.people import PersonEntry, people_in
from imports.records import Record
from imports.relations import UNDEFINED, RelationEntry, relations_in

# The fields of the columns, beside the attributes of a record that they fill. Pictures are not among them.
ATTRIBUTES = {
    "inventory_number": "inventory_number",
    "title": "title",
    "date": "date_text",
    "person": "people",
    "classification": "classification",
    "material_technique": "techniques",
    "institution_isil": "institution",
    "record_url": "record_url",
    "image_licence": "licence",
    "relations": "relations",
}
FIELDS_OF = {attribute: field for field, attribute in ATTRIBUTES.items()}
COORDINATES = ("latitude", "longitude")


def text_of(record: Record, field: str) -> str:
    """The cell of `field` for `record`."""
    value = getattr(record, ATTRIBUTES[field])
    if field == "person":
        return people_text(value)
    if field == "relations":
        return relations_text(value)
    if field == "institution_isil":
        return institution_text(value)
    return ", ".join(value) if field == "material_technique" else str(value)


def extra_text(record: Record, name: str) -> str:
    """The cell of an extra column, or of a coordinate."""
    value = record.extra.get(name, "")
    return "" if value is None else str(value)


def people_text(people: Sequence[PersonEntry]) -> str:
    return "; ".join(_person_text(one) for one in people)


def _person_text(one: PersonEntry) -> str:
    """The shortest way of writing that is read as the same person."""
    life, roles = _life_text(one), ", ".join(one.roles)
    candidates = [one.name, f"{one.name} ({life})"] if not roles else []
    candidates += [f"{one.name} ({life}), {roles}"] if roles else []
    read = (text for text in candidates if people_in(text) == (one,))
    return next(read, candidates[-1])


def _life_text(one: PersonEntry) -> str:
    if one.birth_year is None and one.death_year is not None:
        return f"† {one.death_year}"
    born = "" if one.birth_year is None else str(one.birth_year)
    died = "" if one.death_year is None else str(one.death_year)
    return f"{born} - {died}".strip() if born else "-"


def institution_text(institution: InstitutionEntry | None) -> str:
    if institution is None:
        return ""
    if not institution.isil or institution.isil == institution.name:
        return institution.name
    return f"{institution.name} ({institution.isil})"


def relations_text(relations: Sequence[RelationEntry]) -> str:
    return "; ".join(_relation_text(one) for one in relations)


def _relation_text(one: RelationEntry) -> str:
    plain = one.target
    if one.kind == UNDEFINED and relations_in(plain) == (one,):
        return plain
    return f"{one.kind}, {one.target}"
