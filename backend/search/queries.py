"""Reads of the catalogue that only a search needs."""

from collections.abc import Iterable

from catalog.models import PrintImage


class PrintsOfImages:
    """The prints of the images of one search, each read once."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def of(self, image_ids: Iterable[int], *, soon: Iterable[int] = ()) -> dict[int, int]:
        """As `print_ids_of`. 1 query, or none when all are known; those asked for `soon` go with it."""
        wanted = list(image_ids)
        if not self._known.keys() >= set(wanted):
            self._known |= print_ids_of({*wanted, *soon} - self._known.keys())
        return {image_id: self._known[image_id] for image_id in wanted if image_id in self._known}


def print_ids_of(image_ids: Iterable[int]) -> dict[int, int]:
    """The print of each of the images that still exist. 1 query."""
    return dict(PrintImage.objects.filter(pk__in=list(image_ids)).values_list("pk", "print_id"))
