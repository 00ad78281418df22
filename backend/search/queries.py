"""Reads of the catalogue that only a search needs."""

from collections.abc import Sequence

from catalog.models import PrintImage


def print_ids_of(image_ids: Sequence[int]) -> dict[int, int]:
    """The print of each of the images that still exist. 1 query."""
    return dict(PrintImage.objects.filter(pk__in=image_ids).values_list("pk", "print_id"))
