"""What was made of pictures that leave is kept, and put back bit for bit when they return.

Rows are copied within the database: the local features of a picture have ten kilobytes.
"""

from collections import defaultdict
from collections.abc import Sequence

from django.db import connection, transaction

from indexing.changes import append_changes, lock_appends
from indexing.models import Feature, FeatureProblem, IndexChange, LocalFeature, RemovedFeature, Road
from indexing.queries import is_maintained

IDS_AT_ONCE = 500
# Of each road: the table, and its columns in the order of KEPT.
KEPT = "image_id, descriptor, image_sha256, feature_id, made_at, count, content"
COLUMNS = {
    Road.GLOBAL: (Feature, "image_id, descriptor, image_sha256, id, created_at, 0, vector"),
    Road.LOCAL: (LocalFeature, "image_id, codec, image_sha256, id, created_at, count, packed"),
}
IDENTITY = "image_id, road, descriptor, image_sha256"


@transaction.atomic
def keep_features(image_ids: Sequence[int]) -> None:
    """Copy what there is of these pictures, before they lose their rows or their bytes."""
    # The log's lock comes before the first write of image rows: see lock_appends.
    lock_appends()
    for start in range(0, len(image_ids), IDS_AT_ONCE):
        some = list(image_ids[start : start + IDS_AT_ONCE])
        for road in COLUMNS:
            _keep(road, some)


def _keep(road: Road, image_ids: list[int]) -> None:
    model, columns = COLUMNS[road]
    kept, places = RemovedFeature._meta.db_table, ", ".join(["%s"] * len(image_ids))
    renewed = ", ".join(f"{name} = excluded.{name}" for name in ("feature_id", "made_at", "count", "content"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {kept} (road, {KEPT}) SELECT %s, {columns} FROM {model._meta.db_table} "
            f"WHERE image_id IN ({places}) ON CONFLICT ({IDENTITY}) DO UPDATE SET {renewed}",
            [road.value, *image_ids],
        )


@transaction.atomic
def put_features_back(image_ids: Sequence[int]) -> int:
    """Give the pictures what was kept of the bytes they have now, and say so in the log. Returns how many."""
    lock_appends()
    returned = 0
    for start in range(0, len(image_ids), IDS_AT_ONCE):
        some = list(image_ids[start : start + IDS_AT_ONCE])
        for road in COLUMNS:
            returned += _put_back(road, some)
    return returned


def _put_back(road: Road, image_ids: list[int]) -> int:
    """Rows get the ids that they had; one that is there and was made of other bytes is replaced."""
    found = _fitting(road, image_ids)
    for descriptor, wanted in found.items():
        _copy_back(road, descriptor, wanted)
        FeatureProblem.objects.filter(image_id__in=wanted, descriptor=descriptor).delete()
        append_changes(kind=IndexChange.Kind.ADDED, road=road, descriptor=descriptor, image_ids=wanted)
    return sum(map(len, found.values()))


def _fitting(road: Road, image_ids: list[int]) -> dict[str, list[int]]:
    """Ids of pictures by descriptor, of which what is kept was made of the very bytes they have."""
    kept = RemovedFeature._meta.db_table
    sql = (
        f"SELECT kept.descriptor, kept.image_id FROM {kept} kept JOIN catalog_printimage image "
        "ON image.id = kept.image_id AND image.sha256 = kept.image_sha256 "
        f"WHERE kept.road = %s AND kept.image_id IN ({', '.join(['%s'] * len(image_ids))}) "
        "ORDER BY kept.image_id"
    )
    found = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(sql, [road.value, *image_ids])
        for descriptor, image_id in cursor.fetchall():
            found[descriptor].append(image_id)
    return {name: ids for name, ids in found.items() if road == Road.LOCAL or is_maintained(name)}


def _copy_back(road: Road, descriptor: str, image_ids: list[int]) -> None:
    model, columns = COLUMNS[road]
    names = columns.replace(", 0,", ",")
    kept_names = KEPT if road == Road.LOCAL else KEPT.replace(", count,", ",")
    renewed = ", ".join(f"{name} = excluded.{name}" for name in names.split(", ")[2:] if name != "id")
    kept, unique = RemovedFeature._meta.db_table, ", ".join(names.split(", ")[:2])
    sql = (
        f"INSERT INTO {model._meta.db_table} ({names}) SELECT {kept_names} FROM {kept} kept "
        "WHERE road = %s AND descriptor = %s AND EXISTS (SELECT 1 FROM catalog_printimage image "
        "WHERE image.id = kept.image_id AND image.sha256 = kept.image_sha256) "
        f"AND image_id IN ({', '.join(['%s'] * len(image_ids))}) "
        f"ON CONFLICT ({unique}) DO UPDATE SET {renewed}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [road.value, descriptor, *image_ids])


def anything_kept() -> bool:
    return RemovedFeature.objects.exists()


def forget_kept_features(may_return: set[int]) -> int:
    """Forget what was kept of pictures that cannot come back any more. Returns how many rows."""
    kept = RemovedFeature.objects.order_by().values_list("image_id", flat=True).distinct()
    gone = [image_id for image_id in kept.iterator() if image_id not in may_return]
    removed = 0
    for start in range(0, len(gone), IDS_AT_ONCE):
        rows = RemovedFeature.objects.filter(image_id__in=gone[start : start + IDS_AT_ONCE])
        removed += rows._raw_delete(rows.db)
    return removed
