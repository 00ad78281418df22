"""Groups as CSV: UTF-8 with the mark that spreadsheets look for, a line a picture."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from catalog.audience import Audience
from duplicates.models import ImageGroup, ImagePair
from duplicates.queries import pairs_of

BYTE_ORDER_MARK = "\ufeff"
COLUMNS = (
    "group",
    "state",
    "collection",
    "record_id",
    "inventory_number",
    "title",
    "date",
    "institution",
    "image_id",
    "image_file",
    "same_as",
    "inliers",
)
GROUPS_AT_ONCE = 100
# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(groups: QuerySet[ImageGroup], *, audience: Audience) -> Iterator[str]:
    """The header, then the pictures of each group; `same_as` and `inliers` name its strongest pair.

    Files are named where the audience curates the collection: what lies in its folder is for those alone.
    """
    yield BYTE_ORDER_MARK + _line(COLUMNS)
    after = 0
    while batch := list(groups.filter(pk__gt=after)[:GROUPS_AT_ONCE]):
        pairs = pairs_of(batch)
        for group in batch:
            yield from _group_lines(group, pairs.get(group.pk, []), audience)
        after = batch[-1].pk


def _group_lines(group: ImageGroup, pairs: list[ImagePair], audience: Audience) -> Iterator[str]:
    for member in group.members.all():
        image, print_ = member.image, member.image.print
        other, inliers = _strongest(image.pk, pairs)
        institution = print_.institution.name if print_.institution else ""
        record = (print_.collection.slug, print_.record_id, print_.inventory_number, print_.title)
        yield _line(
            (
                group.pk,
                group.state,
                *record,
                print_.date_text,
                institution,
                image.pk,
                image.path if audience.curates(print_.collection_id) else "",
                other,
                inliers,
            )
        )


def _strongest(image_id: int, pairs: list[ImagePair]) -> tuple[int | str, int | str]:
    """The picture it matches best, and by how many points; empty when it is linked only by others."""
    mine = [pair for pair in pairs if image_id in (pair.first_id, pair.second_id)]
    if not mine:
        return "", ""
    best = max(mine, key=lambda pair: (pair.inliers, -pair.pk))
    return (best.second_id if best.first_id == image_id else best.first_id), best.inliers


def _line(cells: tuple[Any, ...]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([_harmless(cell) for cell in cells])
    return text.getvalue()


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
