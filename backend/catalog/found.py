"""What an answer shows of pictures and their prints, read without models: making those took longer.

Attributes are named as those of the models, so that one serializer renders either.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalog.models import Print, PrintImage, PrintPerson, picture_version


@dataclass(frozen=True, slots=True)
class Named:
    name: str
    slug: str = ""


@dataclass(frozen=True, slots=True)
class FoundPerson:
    id: int
    name: str
    birth_year: int | None
    death_year: int | None


@dataclass(frozen=True, slots=True)
class FoundRole:
    """As a `PrintPerson`."""

    person: FoundPerson
    roles: list[str]


@dataclass(frozen=True, slots=True)
class FoundPrint:
    id: int
    record_id: str
    inventory_number: str
    title: str
    date_text: str
    year_min: int | None
    year_max: int | None
    record_url: str
    licence: str
    collection: Named
    classification: Named | None
    institution: Named | None
    named_people: list[FoundRole] = field(default_factory=list)
    named_techniques: list[Named] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FoundImage:
    pk: int
    width: int
    height: int
    sha256: str
    print: FoundPrint

    @property
    def id(self) -> int:
        return self.pk

    @property
    def version(self) -> str:
        return picture_version(self.sha256)


_IMAGE = ("pk", "width", "height", "sha256")
_PRINT = (
    "print_id", "print__record_id", "print__inventory_number", "print__title", "print__date_text",
    "print__year_min", "print__year_max", "print__record_url", "print__licence",
)  # fmt: skip
_NAMES = (
    "print__collection__name", "print__collection__slug", "print__classification__name",
    "print__institution__name",
)  # fmt: skip


def found_images(image_ids: Sequence[int]) -> dict[int, FoundImage]:
    """The pictures of these ids that there are, by id. 3 queries."""
    rows = PrintImage.objects.filter(pk__in=image_ids).order_by()
    images = [_image(row) for row in rows.values_list(*_IMAGE, *_PRINT, *_NAMES)]
    prints = {image.print.id for image in images}
    people, techniques = _people(prints), _techniques(prints)
    for image in images:
        image.print.named_people.extend(people[image.print.id])
        image.print.named_techniques.extend(techniques[image.print.id])
    return {image.pk: image for image in images}


def _image(row: tuple[Any, ...]) -> FoundImage:
    pk, width, height, sha256, *of_print = row
    *of_print, name, slug, classification, institution = of_print
    names: list[Any] = [Named(name, slug), _named(classification), _named(institution)]
    return FoundImage(pk, width, height, sha256, FoundPrint(*of_print, *names))


def _named(name: str | None) -> Named | None:
    return None if name is None else Named(name)


def _people(print_ids: Iterable[int]) -> dict[int, list[FoundRole]]:
    rows = PrintPerson.objects.filter(print__in=print_ids)
    found = defaultdict(list)
    of_person = ("person_id", "person__name", "person__birth_year", "person__death_year")
    for print_id, roles, *person in rows.values_list("print_id", "roles", *of_person):
        found[print_id].append(FoundRole(FoundPerson(*person), roles))
    return found


def _techniques(print_ids: Iterable[int]) -> dict[int, list[Named]]:
    links = Print.techniques.through.objects.filter(print__in=print_ids).order_by("technique__name")
    found = defaultdict(list)
    for print_id, name in links.values_list("print_id", "technique__name"):
        found[print_id].append(Named(name))
    return found
