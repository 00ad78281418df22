"""The options of each filter, with how many prints each would leave under all the other filters."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from catalog.audience import Audience
from catalog.filters import PrintFilters, conditions
from catalog.models import (
    Classification,
    Collection,
    Institution,
    Person,
    Print,
    PrintPerson,
    Relation,
    Technique,
)
from catalog.year_bins import askable, year_bins

# The longest list of options that is sent; those chosen are always in it.
MOST_OPTIONS = 200
Counts = dict[Any, int]


def facets(filters: PrintFilters, *, audience: Audience) -> dict[str, Any]:
    """For each filter a list of {value, label, count}, the most frequent first; `years` and `total`.

    The counts of a filter ignore that filter itself: each says what choosing it would give. 13 queries; up to
    5 more where what is chosen is left by no print.
    """
    asked = Asked(filters, audience)
    return {
        "total": asked.prints().count(),
        "collection": _options(asked, "collection", _by_field("collection"), _collections(audience)),
        "institution": _options(asked, "institution", _by_field("institution"), _named(Institution)),
        "classification": _options(
            asked, "classification", _by_field("classification"), _named(Classification)
        ),
        "technique": _options(asked, "technique", _techniques, _named(Technique)),
        "relation": _options(asked, "relation", _relations, _kinds),
        "person": _options(asked, "person", _people, _named(Person)),
        "years": _years(asked),
    }


@dataclass(frozen=True)
class Asked:
    """Whose question it is, and the filters that are set."""

    filters: PrintFilters
    audience: Audience

    def prints(self, *without: str) -> QuerySet[Print]:
        """The prints left by the filters but for these."""
        filters = self.filters.without(*without)
        return Print.objects.filter(self.audience.conditions(), *conditions(filters)).order_by()


Counter = Callable[[QuerySet[Print]], Counts]
Labels = Callable[[list[Any]], dict[Any, tuple[Any, str]]]


def _options(asked: Asked, name: str, counted: Counter, labels: Labels) -> list[dict[str, Any]]:
    counts = counted(asked.prints(name))
    chosen = set(getattr(asked.filters, name))
    if name != "collection" and chosen - counts.keys():
        chosen &= _known(asked, name, counted, chosen)
    options = [
        {"value": value, "label": label, "count": counts.get(key, 0)}
        for key, (value, label) in labels(_kept(counts, chosen)).items()
    ]
    return sorted(options, key=lambda option: (-option["count"], option["label"].casefold()))


def _known(asked: Asked, name: str, counted: Counter, chosen: set[Any]) -> set[Any]:
    """Those that prints have which are shown: a number that was guessed is not answered with a name.

    (People and techniques stay when the record that named them is removed.)
    """
    filters: dict[str, Any] = {name: tuple(chosen)}
    return chosen & counted(Asked(PrintFilters(**filters), asked.audience).prints()).keys()


def _kept(counts: Counts, chosen: set[Any]) -> list[Any]:
    frequent = sorted(counts, key=lambda key: (-counts[key], str(key)))[:MOST_OPTIONS]
    return [*frequent, *(key for key in chosen if key not in frequent)]


def _by_field(name: str) -> Counter:
    def counted(prints: QuerySet[Print]) -> Counts:
        rows = prints.exclude(**{name: None}).values_list(f"{name}_id").annotate(Count("pk"))
        return dict(rows)

    return counted


def _techniques(prints: QuerySet[Print]) -> Counts:
    links = Print.techniques.through.objects.filter(print__in=prints.values("pk"))
    return dict(links.order_by().values_list("technique_id").annotate(Count("pk")))


def _people(prints: QuerySet[Print]) -> Counts:
    links = PrintPerson.objects.filter(print__in=prints.values("pk"))
    return dict(links.order_by().values_list("person_id").annotate(Count("pk")))


def _relations(prints: QuerySet[Print]) -> Counts:
    rows = Relation.objects.filter(print__in=prints.values("pk")).order_by()
    return dict(rows.values_list("kind").annotate(Count("print", distinct=True)))


def _named(model: type[Institution | Classification | Technique | Person]) -> Labels:
    def labels(keys: list[Any]) -> dict[Any, tuple[Any, str]]:
        rows = model._default_manager.filter(pk__in=keys).values_list("pk", "name")
        return {key: (key, name) for key, name in rows}

    return labels


def _collections(audience: Audience) -> Labels:
    """Collections are counted by id and chosen by slug."""

    def labels(keys: list[Any]) -> dict[Any, tuple[Any, str]]:
        ids = [key for key in keys if isinstance(key, int)]
        slugs = [key for key in keys if isinstance(key, str)]
        rows = Collection.objects.filter(audience.collections()).filter(Q(pk__in=ids) | Q(slug__in=slugs))
        return {pk: (slug, name) for pk, slug, name in rows.values_list("pk", "slug", "name")}

    return labels


def _kinds(keys: list[Any]) -> dict[Any, tuple[Any, str]]:
    return {key: (key, key) for key in keys}


def _years(asked: Asked) -> dict[str, Any]:
    """The span, how many prints have no year, and how many there are along it, by one query."""
    prints = asked.prints("year_from", "year_to", "include_undated")
    rows = prints.values_list("year_min", "year_max").annotate(Count("pk"))
    known = {(first, last): count for first, last, count in rows if first is not None and last is not None}
    spans = askable(known)
    return {
        "first": min((first for first, _ in spans), default=None),
        "last": max((last for _, last in spans), default=None),
        "undated": sum(count for _, _, count in rows) - sum(known.values()),
        "bins": year_bins(spans),
    }
