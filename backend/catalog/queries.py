"""Reads of the catalogue by an audience: what is not shown to it is not there, and not counted.

Each function says how many queries it costs, whatever the number of rows.
"""

from collections.abc import Sequence
from random import randrange

import numpy as np
import numpy.typing as npt
from django.db.models import Case, Count, Exists, F, OrderBy, OuterRef, Prefetch, Q, QuerySet, When

from catalog.audience import Audience
from catalog.filters import PrintFilters, conditions
from catalog.found import FoundImage, found_images
from catalog.kept_ids import KeptIds
from catalog.models import Collection, Example, Print, PrintImage, PrintPerson, Relation
from catalog.recent_facets import recent_facets
from catalog.suggestions import suggestions
from catalog.word_search import fit, terms_of
from core.errors import NotFound
from core.sentences import say

__all__ = [
    "ORDERS",
    "PrintFilters",
    "collections",
    "example",
    "examples",
    "filtered_prints",
    "image",
    "image_ids_for",
    "named_with",
    "print_count",
    "print_record",
    "prints_for_images",
    "prints_page",
    "random_print_id",
    "recent_facets",
    "suggestions",
]
# What prints can be ordered by; a minus before the name turns the order round.
# (The text that is searched begins with the title, folded: with it `Ähren` stands beside `Ahorn`.)
ORDERS = {"title": "search_text", "year": "year_min", "inventory_number": "inventory_number", "added": "pk"}
# The rows that a print's serializer reads, beside those of `named_with`.
ONE = ("collection", "classification", "institution")

# Reading them takes a quarter of a second of a hundred thousand pictures.
_kept = KeptIds()


def named_with(path: str = "") -> list["Prefetch[str]"]:
    """What a print names, as lists `named_techniques` and `named_people`. 2 queries.

    (As lists: else Django makes a query set of its own for each print, four milliseconds of a search.)
    """
    people = PrintPerson.objects.select_related("person")
    return [
        Prefetch(f"{path}techniques", to_attr="named_techniques"),
        Prefetch(f"{path}print_people", people, to_attr="named_people"),
    ]


def filtered_prints(filters: PrintFilters, *, audience: Audience) -> QuerySet[Print]:
    return Print.objects.filter(audience.conditions(), *conditions(filters))


def print_count(filters: PrintFilters, *, audience: Audience) -> int:
    """How many the filtered prints are. 2 queries; 1 where there is a filter or nothing is hidden."""
    if not filters.empty or audience.curated is None or audience.nothing_hidden:
        return filtered_prints(filters, audience=audience).count()
    # By two indexes: a condition on `hidden` would read every row, 70 ms of a hundred thousand.
    seen = Print.objects.filter(audience.collections("collection"))
    return seen.count() - seen.filter(hidden=True).exclude(collection__in=sorted(audience.curated)).count()


def prints_page(filters: PrintFilters, *, audience: Audience, order: str = "") -> QuerySet[Print]:
    """The filtered prints in order, with what a list shows of them. 4 queries."""
    rows = filtered_prints(filters, audience=audience).order_by(*_ordering(order, filters.q))
    # (Long texts that no list shows.)
    rows = rows.defer("extra", "search_text").select_related(*ONE)
    return rows.prefetch_related(*named_with(), "images")


def random_print_id(filters: PrintFilters, *, audience: Audience, other_than: int | None = None) -> int:
    """One of the filtered prints, each as likely as any. 2 queries, 4 where none but `other_than` is left.

    Raises NotFound where there is none.

    `other_than` is not taken again, unless it is the only one. (Counted and stepped to along the index:
    sorting all of them by a random number would take many times as long.)
    """
    ids = filtered_prints(filters, audience=audience).order_by("pk").values_list("pk", flat=True)
    others = ids if other_than is None else ids.exclude(pk=other_than)
    for some in (others, ids):
        place = randrange(some.count() or 1)
        for print_id in some[place : place + 1]:
            return print_id
    raise NotFound("no_print_left", say("no_print_left", "No print is left under these filters."))


def print_record(print_id: int, *, audience: Audience) -> Print:
    """One print with everything; each relation with `shows_target`. 5 queries. Raises NotFound."""
    rows = Print.objects.filter(audience.conditions()).select_related(*ONE)
    everything = rows.prefetch_related(*named_with(), "images", _relations(audience))
    found = everything.filter(pk=print_id).first()
    if found is None:
        raise print_not_found(print_id)
    return found


def print_not_found(print_id: int) -> NotFound:
    message = f"There is no print {print_id}. It may have been removed."
    return NotFound("print_not_found", say("print_not_found", message))


def _relations(audience: Audience) -> "Prefetch[str]":
    """What a record says of another is its own; that the other one is here is only told to who may see it."""
    target = Print.objects.filter(audience.conditions(), pk=OuterRef("target")).order_by()
    return Prefetch("relations", Relation.objects.annotate(shows_target=Exists(target)))


def image_ids_for(filters: PrintFilters, *, audience: Audience) -> npt.NDArray[np.int64] | None:
    """Sorted ids of the pictures of the filtered prints; None when nothing is left out. 1 query.

    Without a filter those that are gone may be among them.
    """
    if not filters.empty:
        return _image_ids(filtered_prints(filters, audience=audience))
    if audience.unrestricted:
        return None
    whom = (audience.visible, None if audience.nothing_hidden else audience.curated)
    return _kept.of(whom, lambda: _image_ids(Print.objects.filter(audience.conditions())))


def _image_ids(prints: QuerySet[Print]) -> npt.NDArray[np.int64]:
    rows = PrintImage.objects.filter(print__in=prints.order_by().values("pk"))
    ids = rows.order_by("pk").values_list("pk", flat=True)
    return np.fromiter(ids.iterator(chunk_size=5000), dtype=np.int64)


def prints_for_images(image_ids: Sequence[int]) -> list[FoundImage]:
    """The pictures with these ids in this order, each with `.print` and all its serializer reads. 3 queries.

    A picture that was deleted meanwhile is left out.
    """
    ids = [int(image_id) for image_id in image_ids]
    found = found_images(ids)
    return [found[image_id] for image_id in ids if image_id in found]


def image(image_id: int, *, audience: Audience) -> PrintImage:
    """One picture with its print and collection. 1 query. Raises NotFound."""
    rows = PrintImage.objects.filter(audience.conditions("print__")).select_related("print__collection")
    found = rows.defer("print__extra", "print__search_text").filter(pk=image_id).first()
    if found is None:
        raise image_not_found(image_id)
    return found


def image_not_found(image_id: int) -> NotFound:
    message = f"There is no picture {image_id}. It may have been removed."
    return NotFound("image_not_found", say("image_not_found", message))


def example(slug: str, *, audience: Audience) -> Example:
    """One example with its collection. 1 query. Raises NotFound."""
    found = examples(audience=audience).select_related("collection").filter(slug=slug).first()
    if found is None:
        raise NotFound("example_not_found", say("example_not_found", f"There is no example {slug!r}."))
    return found


def examples(*, audience: Audience) -> QuerySet[Example]:
    """Photographs of prints that are shown, and of none in particular; not of prints that were removed."""
    there = Example.objects.filter(print_removed=False)
    if audience.unrestricted:
        return there
    collection = Q(collection=None) | audience.collections("collection")
    return there.filter(collection, Q(print=None) | audience.conditions("print__"))


def collections(*, audience: Audience) -> QuerySet[Collection]:
    """The collections that are shown, each with `print_count` of the prints that are. 1 query."""
    shown = Collection.objects.filter(audience.collections())
    # (No filter is not an empty one: it would cost a comparison a print.)
    counted = None if audience.unrestricted else audience.conditions("prints__")
    # (What is grouped has no order of its own.)
    return shown.annotate(print_count=Count("prints", filter=counted)).order_by("name", "pk")


def _ordering(order: str, q: str) -> list[OrderBy | Case | str]:
    """Prints that lack the value come last in either direction; equal ones stand as they were added.

    Without an order, what fits the words best comes first, what fits equally well by title.
    """
    name = order.removeprefix("-")
    if name not in ORDERS:
        return [fit(q), "search_text", "pk"] if terms_of(q) else ["pk"]
    field = F(ORDERS[name])
    untitled = [Case(When(title="", then=1), default=0)] if name == "title" else []
    return [
        *untitled,
        field.desc(nulls_last=True) if order.startswith("-") else field.asc(nulls_last=True),
        "pk",
    ]
