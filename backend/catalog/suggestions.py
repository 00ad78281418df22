"""What a visitor who is still typing may mean: people, titles, inventory numbers of prints they may see."""

from dataclasses import dataclass
from typing import Literal

from django.db.models import Count, Min, Q, QuerySet

from catalog.audience import Audience
from catalog.models import Person, Print, PrintPerson
from catalog.search_text import NUMBER, compact_numbers, numbers_in
from catalog.text import spellings
from catalog.word_search import Term, fit, terms_of

MOST = 8
# Of each kind, where there is enough of the others.
_SHARES = {"person": 3, "title": 3, "number": 2}
# A letter alone begins half of the catalogue.
SHORTEST = 2
# The names are compared one by one.
_MOST_NAMES = 2000
_LONGEST_TITLE = 120
Kind = Literal["person", "title", "number"]


@dataclass(frozen=True)
class Suggestion:
    """`text` is what to search for; a person has an id to filter by, too; `count` prints."""

    kind: Kind
    text: str
    count: int
    person_id: int | None = None


def suggestions(q: str, *, audience: Audience) -> list[Suggestion]:
    """At most 8, people before titles before numbers. At most 4 queries; none for less than two letters."""
    terms = terms_of(q)
    if len("".join(term.text for term in terms)) < SHORTEST:
        return []
    seen = Print.objects.filter(audience.conditions()).order_by()
    named = seen.filter(*(term.begins for term in terms))
    found = [*_people(named, terms), *_titles(named, q, terms), *_numbers(seen, q)]
    return _some_of_each(found)


def _some_of_each(found: list[Suggestion]) -> list[Suggestion]:
    """Each kind up to its share; what is left of the places goes to those that come next."""
    by_kind = {kind: [one for one in found if one.kind == kind] for kind in _SHARES}
    within = [one for kind, many in by_kind.items() for one in many[: _SHARES[kind]]]
    beyond = [one for kind, many in by_kind.items() for one in many[_SHARES[kind] :]]
    chosen = [*within, *beyond][:MOST]
    return [one for one in found if one in chosen]


def _people(prints: QuerySet[Print], terms: list[Term]) -> list[Suggestion]:
    links = PrintPerson.objects.filter(print__in=prints.values("pk")).order_by()
    counts = links.values_list("person_id").annotate(many=Count("print", distinct=True)).order_by("-many")
    counted = dict(counts[:_MOST_NAMES])
    names = Person.objects.filter(pk__in=list(counted)).order_by().values_list("pk", "name")
    meant = [Suggestion("person", name, counted[pk], pk) for pk, name in names if _names(name, terms)]
    return sorted(meant, key=lambda one: (-one.count, one.text))[:MOST]


def _names(name: str, terms: list[Term]) -> bool:
    return any(all(f" {term.text}" in f" {folded}" for term in terms) for folded in spellings(name))


def _titles(prints: QuerySet[Print], q: str, terms: list[Term]) -> list[Suggestion]:
    """Each title once, however many impressions there are."""
    rows = prints.exclude(title="").values_list("title").annotate(best=Min(fit(q)), many=Count("pk"))
    best = rows.order_by("best", "title")[: MOST * 3]
    meant = ((title, many) for title, _, many in best if _names(title, terms))
    return [Suggestion("title", _shortened(title), many) for title, many in meant][:MOST]


def _numbers(prints: QuerySet[Print], q: str) -> list[Suggestion]:
    begun = numbers_in(q)
    if not begun:
        return []
    any_of = Q(*(Q(search_text__contains=f"{NUMBER}{one}") for one in begun), _connector=Q.OR)
    some = prints.filter(any_of).exclude(inventory_number="")
    rows = some.values_list("inventory_number").annotate(many=Count("pk"))
    # (Records are found by their number of the record, too, which is not shown.)
    return [
        Suggestion("number", number, many)
        for number, many in rows.order_by("inventory_number")[:MOST]
        if any(mine.startswith(one) for mine in compact_numbers(number) for one in begun)
    ]


def _shortened(title: str) -> str:
    """Up to a word that ends within what a line can hold; the words are found in their order, quoted."""
    line = " ".join(title.replace('"', " ").split())
    return line if len(line) <= _LONGEST_TITLE else line[:_LONGEST_TITLE].rsplit(" ", 1)[0]
