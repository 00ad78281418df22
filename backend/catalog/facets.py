"""The options of each filter, with how many prints each would leave under all the other filters."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

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

# The longest list of options that is sent; those chosen are always in it.
MOST_OPTIONS = 200
Counts = dict[Any, int]


def facets(filters: PrintFilters) -> dict[str, Any]:
    """For each filter a list of {value, label, count}, the most frequent first; `years` and `total`.

    The counts of a filter ignore that filter itself: each says what choosing it would give. 13 queries.
    """
    return {
        "total": _prints(filters).count(),
        "collection": _options(filters, "collection", _by_field("collection"), _collections),
        "institution": _options(filters, "institution", _by_field("institution"), _named(Institution)),
        "classification": _options(
            filters, "classification", _by_field("classification"), _named(Classification)
        ),
        "technique": _options(filters, "technique", _techniques, _named(Technique)),
        "relation": _options(filters, "relation", _relations, _kinds),
        "person": _options(filters, "person", _people, _named(Person)),
        "years": _years(filters),
    }


Counter = Callable[[QuerySet[Print]], Counts]
Labels = Callable[[list[Any]], dict[Any, tuple[Any, str]]]


def _options(filters: PrintFilters, name: str, counted: Counter, labels: Labels) -> list[dict[str, Any]]:
    counts = counted(_prints(filters.without(name)))
    chosen = set(getattr(filters, name))
    options = [
        {"value": value, "label": label, "count": counts.get(key, 0)}
        for key, (value, label) in labels(_kept(counts, chosen)).items()
    ]
    return sorted(options, key=lambda option: (-option["count"], option["label"].casefold()))


def _kept(counts: Counts, chosen: set[Any]) -> list[Any]:
    frequent = sorted(counts, key=lambda key: (-counts[key], str(key)))[:MOST_OPTIONS]
    return [*frequent, *(key for key in chosen if key not in frequent)]


def _prints(filters: PrintFilters) -> QuerySet[Print]:
    return Print.objects.filter(*conditions(filters)).order_by()


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


def _collections(keys: list[Any]) -> dict[Any, tuple[Any, str]]:
    """Collections are counted by id and chosen by slug."""
    ids = [key for key in keys if isinstance(key, int)]
    slugs = [key for key in keys if isinstance(key, str)]
    rows = Collection.objects.filter(Q(pk__in=ids) | Q(slug__in=slugs))
    return {pk: (slug, name) for pk, slug, name in rows.values_list("pk", "slug", "name")}


def _kinds(keys: list[Any]) -> dict[Any, tuple[Any, str]]:
    return {key: (key, key) for key in keys}


def _years(filters: PrintFilters) -> dict[str, int | None]:
    prints = _prints(filters.without("year_from", "year_to", "include_undated"))
    return prints.aggregate(
        first=Min("year_min"), last=Max("year_max"), undated=Count("pk", filter=Q(year_min=None))
    )
