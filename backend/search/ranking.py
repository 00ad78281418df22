"""From images to prints. Pure."""

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar


class OfImage(Protocol):
    """Whatever is known about one image."""

    @property
    def image_id(self) -> int: ...


Line = TypeVar("Line", bound=OfImage)


def best_of_each_print(lines: Iterable[Line], print_of_image: Mapping[int, int]) -> list[Line]:
    """Each print once, by its first image; images that are not in the catalogue any more are left out.

    `lines` come best first, and so do those that are returned.
    """
    best: dict[int, Line] = {}
    for line in lines:
        print_id = print_of_image.get(line.image_id)
        if print_id is not None:
            best.setdefault(print_id, line)
    return list(best.values())
