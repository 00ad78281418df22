"""Writing records as prints, with the people, techniques and relations they name; telling what differs."""

from collections.abc import Sequence

from catalog.models import Collection, Print, PrintPerson, Relation
from catalog.services import refresh_search_text
from imports.names import Names
from imports.queries import PRINT_VALUES, StoredPrint, hidden_before
from imports.records import Record


def differs(record: Record, stored: StoredPrint) -> bool:
    """Whether the record says other than the catalogue."""
    return (
        _compared_values(record) != stored.values
        or record.people != stored.people
        or frozenset(record.techniques) != stored.techniques
        or frozenset(record.relations) != stored.relations
    )


def write_prints(
    collection: Collection,
    names: Names,
    *,
    new: Sequence[Record] = (),
    changed: Sequence[tuple[int, Record]] = (),
) -> dict[str, int]:
    """Create and update prints, in the caller's transaction. Returns their ids by record id."""
    names.add((*new, *(record for _, record in changed)))
    created = _create_prints(collection, names, new)
    _update_prints(collection, names, changed)
    _write_parts(names, [*((created[record.record_id], record) for record in new), *changed])
    ids = created | {record.record_id: pk for pk, record in changed}
    refresh_search_text(print_ids=list(ids.values()))
    return ids


def _values(record: Record) -> dict[str, object]:
    years = record.years
    values = (
        record.inventory_number, record.title, record.date_text, years and years.first, years and years.last,
        record.record_url, record.licence, dict(record.extra),
    )  # fmt: skip
    return dict(zip(PRINT_VALUES, values, strict=True))


def _compared_values(record: Record) -> dict[str, object]:
    institution = record.institution
    return _values(record) | {
        "classification__name": record.classification or None,
        "institution__name": institution and institution.name,
        "institution__isil": institution and institution.isil,
    }


def _print_row(names: Names, record: Record, **identity: object) -> Print:
    return Print(
        **identity,
        **_values(record),
        classification_id=names.classification(record.classification),
        institution_id=names.institution(record.institution),
    )


def _create_prints(collection: Collection, names: Names, records: Sequence[Record]) -> dict[str, int]:
    hidden = hidden_before(collection, [record.record_id for record in records]) if records else ()
    rows = [
        _print_row(
            names,
            record,
            collection=collection,
            record_id=record.record_id,
            hidden=record.record_id in hidden,
        )
        for record in records
    ]
    return {row.record_id: row.pk for row in Print.objects.bulk_create(rows)}


def _update_prints(collection: Collection, names: Names, changed: Sequence[tuple[int, Record]]) -> None:
    """(bulk_update would make one long CASE for each column: ten times slower. No row is inserted here.)"""
    rows = [
        _print_row(names, record, pk=pk, collection=collection, record_id=record.record_id)
        for pk, record in changed
    ]
    written = [*PRINT_VALUES, "classification", "institution"]
    Print.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=written)


def _write_parts(names: Names, written: Sequence[tuple[int, Record]]) -> None:
    """Replace the people, techniques and relations of prints that are new or changed."""
    ids = [pk for pk, _ in written]
    through = Print.techniques.through
    for model in (PrintPerson, through, Relation):
        model._default_manager.filter(print_id__in=ids).delete()
    PrintPerson.objects.bulk_create(
        PrintPerson(print_id=pk, person_id=names.person(one), roles=list(one.roles), position=position)
        for pk, record in written
        for position, one in enumerate(record.people)
    )
    through.objects.bulk_create(
        through(print_id=pk, technique_id=names.technique(name))
        for pk, record in written
        for name in record.techniques
    )
    Relation.objects.bulk_create(
        Relation(print_id=pk, kind=one.kind, target_text=one.target)
        for pk, record in written
        for one in record.relations
    )
