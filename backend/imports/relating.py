"""Pointing relations to the prints that they name."""

from collections.abc import Sequence

from django.db import connection, transaction
from django.db.models import Q

from catalog.models import Collection, Print, Relation


@transaction.atomic
def resolve_relations(collection: Collection) -> Sequence[Relation]:
    """Point the collection's relations to the prints whose inventory number or record id they name.

    Returns those that have a target since.
    """
    open_relations = list(Relation.objects.filter(print__collection=collection, target=None))
    if not open_relations:
        return []
    numbers = Print.objects.filter(collection=collection).order_by("-pk")
    by_number = {}
    for pk, record_id, inventory_number in numbers.values_list("pk", "record_id", "inventory_number"):
        by_number[record_id] = pk
        by_number[inventory_number] = pk
    found = [one for one in open_relations if by_number.get(one.target_text, one.print_id) != one.print_id]
    with connection.cursor() as cursor:
        # (bulk_update makes one long CASE of each batch, which takes many times as long.)
        cursor.executemany(
            "UPDATE catalog_relation SET target_id = %s WHERE id = %s",
            [(by_number[relation.target_text], relation.pk) for relation in found],
        )
    return found


@transaction.atomic
def resolve_relations_of(row: Print) -> None:
    """Point a print's open relations to their targets, and those of others that name it to it."""
    there = Print.objects.filter(collection=row.collection_id).exclude(pk=row.pk).order_by("pk")
    for relation in row.relations.filter(target=None):
        named = Q(inventory_number=relation.target_text) | Q(record_id=relation.target_text)
        relation.target = there.filter(named).first()
        relation.save(update_fields=["target"])
    names = [name for name in (row.record_id, row.inventory_number) if name]
    waiting = Relation.objects.filter(print__collection=row.collection_id, target=None, target_text__in=names)
    waiting.exclude(print=row).update(target=row)
