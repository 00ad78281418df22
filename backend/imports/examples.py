"""The photographs of examples/ as something to try a search with. What is no longer there is forgotten."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify

from catalog.models import Collection, Example, Print
from imports.cells import clean_cell
from imports.folders import read_bytes_of
from imports.issues import Issue, make_issue, storable
from imports.picture import Picture
from imports.reading import Row, read_table

LONGEST_SLUG = Example._meta.get_field("slug").max_length or 0
LONGEST_TITLE = Example._meta.get_field("title").max_length or 0


@transaction.atomic
def load_examples(
    collection: Collection, pictures: Sequence[Picture], *, table: Path | None, below: str
) -> list[Issue]:
    """Make the examples of the folder `below` those of `pictures`; `table` has file, title and record_id."""
    described, issues = _described(table)
    record_ids = {row.cells["record_id"] for row in described.values() if "record_id" in row.cells}
    prints = Print.objects.filter(collection=collection, record_id__in=record_ids)
    ids = dict(prints.values_list("record_id", "pk"))
    slugs = set(Example.objects.exclude(path__startswith=f"{below}/").values_list("slug", flat=True))
    for picture in pictures:
        row = described.pop(picture.name.casefold(), None)
        slugs.add(slug := _unused_slug(f"{collection.slug}-{_stem(picture)}", picture.name, slugs))
        issues += _save_example(collection, picture, slug, row, ids)
    for row in described.values():
        reason = "there is no such file in examples/"
        issues.append(make_issue(row.source, "example_missing", reason, left_out=True))
    Example.objects.filter(path__startswith=f"{below}/").exclude(
        path__in=[one.path for one in pictures]
    ).delete()
    return issues


def _described(table: Path | None) -> tuple[dict[str, Row], list[Issue]]:
    """The table's rows by file name, folded."""
    if table is None:
        return {}, []
    read = read_table(
        read_bytes_of(table), name=f"examples/{storable(table.name)}", mapping={"file": "image_file"}
    )
    rows = {row.cells["image_file"].casefold(): row for row in read.rows if "image_file" in row.cells}
    return rows, list(read.issues)


def _stem(picture: Picture) -> str:
    return picture.name.rpartition(".")[0] or picture.name


def _unused_slug(text: str, name: str, taken: set[str]) -> str:
    """A slug of `text`; where another example has it, with a digest behind."""
    slug = slugify(text)[: LONGEST_SLUG - 9]
    if slug not in taken:
        return slug
    return f"{slug}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _save_example(
    collection: Collection, picture: Picture, slug: str, row: Row | None, ids: Mapping[str, int]
) -> list[Issue]:
    cells = row.cells if row else {}
    plain_name = clean_cell(_stem(picture).replace("_", " ").replace("-", " "))
    values = {
        "title": cells.get("title", plain_name)[:LONGEST_TITLE],
        "path": picture.path,
        "print_id": ids.get(cells.get("record_id", "")),
        "collection": collection,
    }
    if values["print_id"] is not None:
        values["print_removed"] = False
    Example.objects.update_or_create(slug=slug, defaults=values)
    if row and "record_id" in cells and values["print_id"] is None:
        reason = "there is no such print in this collection; the example is loaded without it"
        return [make_issue(row.source, "example_print_missing", reason, value=cells["record_id"])]
    return []
