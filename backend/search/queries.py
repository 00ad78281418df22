"""Reads of the catalogue that only a search needs."""

from collections.abc import Iterable

from catalog.models import PrintImage


def print_ids_of(image_ids: Iterable[int]) -> dict[int, int]:
    """The print of each of the images that still exist. 1 query."""
    return dict(PrintImage.objects.filter(pk__in=list(image_ids)).values_list("pk", "print_id"))
