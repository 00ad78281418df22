"""Reads of the catalogue. Each function says how many queries it costs, whatever the number of rows."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from django.db.models import Count, F, OrderBy, Prefetch, QuerySet

from catalog.facets import facets
from catalog.filters import PrintFilters, conditions
from catalog.models import Collection, Example, Print, PrintImage, PrintPerson
from core.errors import NotFound

__all__ = [
    "ORDERS",
    "PrintFilters",
    "collections",
    "example",
    "examples",
    "facets",
    "filtered_prints",
    "image",
    "image_ids_for",
    "print_record",
    "prints_for_images",
    "prints_page",
]
# What prints can be ordered by; a minus before the name turns the order round.
ORDERS = {"title": "title", "year": "year_min", "inventory_number": "inventory_number", "added": "pk"}
# The to-one and to-many rows that a print's serializer reads.
ONE = ("collection", "classification", "institution")
MANY = ("techniques",)


def _people(path: str = "print_people") -> "Prefetch[str]":
    """Print and person in one query: a prefetch of each would cost a search two milliseconds more."""
    return Prefetch(path, PrintPerson.objects.select_related("person"))


def filtered_prints(filters: PrintFilters) -> QuerySet[Print]:
    return Print.objects.filter(*conditions(filters))


def prints_page(filters: PrintFilters, *, order: str = "") -> QuerySet[Print]:
    """The filtered prints in order, with what a list shows of them. 4 queries."""
    rows = filtered_prints(filters).order_by(*_ordering(order))
    return rows.select_related(*ONE).prefetch_related(*MANY, _people(), "images")


def print_record(print_id: int) -> Print:
    """One print with everything. 5 queries. Raises NotFound."""
    rows = Print.objects.select_related(*ONE).prefetch_related(*MANY, _people(), "images", "relations")
    found = rows.filter(pk=print_id).first()
    if found is None:
        raise NotFound("print_not_found", f"There is no print {print_id}. It may have been removed.")
    return found


def image_ids_for(filters: PrintFilters) -> npt.NDArray[np.int64] | None:
    """Sorted ids of the pictures of the filtered prints; None when nothing is filtered. 1 query."""
    if filters.empty:
        return None
    rows = PrintImage.objects.filter(print__in=filtered_prints(filters).order_by().values("pk"))
    ids = rows.order_by("pk").values_list("pk", flat=True)
    return np.fromiter(ids.iterator(chunk_size=5000), dtype=np.int64)


def prints_for_images(image_ids: Sequence[int]) -> list[PrintImage]:
    """The pictures with these ids in this order, each with `.print` and all its serializer reads. 3 queries.

    A picture that was deleted meanwhile is left out.
    """
    ids = [int(image_id) for image_id in image_ids]
    rows = PrintImage.objects.select_related(*(f"print__{name}" for name in ONE))
    found = rows.prefetch_related(
        *(f"print__{name}" for name in MANY), _people("print__print_people")
    ).in_bulk(ids)
    return [found[image_id] for image_id in ids if image_id in found]


def image(image_id: int) -> PrintImage:
    found = PrintImage.objects.filter(pk=image_id).first()
    if found is None:
        raise NotFound("image_not_found", f"There is no picture {image_id}. It may have been removed.")
    return found


def example(slug: str) -> Example:
    found = Example.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound("example_not_found", f"There is no example {slug!r}.")
    return found


def examples() -> QuerySet[Example]:
    return Example.objects.all()


def collections() -> QuerySet[Collection]:
    """Every collection with `print_count`. 1 query."""
    return Collection.objects.annotate(print_count=Count("prints"))


def _ordering(order: str) -> list[OrderBy | str]:
    """Prints that lack the value come last in either direction; equal ones stand as they were added."""
    name = order.removeprefix("-")
    if name not in ORDERS:
        return ["pk"]
    field = F(ORDERS[name])
    return [field.desc(nulls_last=True) if order.startswith("-") else field.asc(nulls_last=True), "pk"]
