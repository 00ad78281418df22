"""What a visitor can narrow the prints down by, as conditions of the database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q

from catalog.models import Print, PrintPerson, Relation
from catalog.word_search import matches

Condition = Q | Exists
# The facets count those, and `include_undated` finds them.
UNDATED = Q(year_min=None) | Q(year_max=None)


@dataclass(frozen=True)
class PrintFilters:
    """The values of one field are alternatives; different fields must all hold. Years include both ends.

    A print without years is left out by `year_from` or `year_to`, unless `include_undated`.
    """

    collection: Sequence[str] = ()  # slugs
    institution: Sequence[int] = ()
    classification: Sequence[int] = ()
    technique: Sequence[int] = ()
    relation: Sequence[str] = ()  # kinds
    person: Sequence[int] = ()
    year_from: int | None = None
    year_to: int | None = None
    include_undated: bool = False
    q: str = ""

    @property
    def empty(self) -> bool:
        """Whether every print passes."""
        # (By itself, `include_undated` leaves nothing out.)
        return not conditions(self)

    def without(self, *names: str) -> "PrintFilters":
        """The same filters but for these fields."""
        defaults = PrintFilters()
        return replace(self, **{name: getattr(defaults, name) for name in names})


def conditions(filters: PrintFilters) -> list[Condition]:
    """To be passed to `Print.objects.filter`. No condition multiplies rows, so none needs DISTINCT."""
    return [*_choices(filters), *_years(filters), *matches(filters.q)]


def _choices(filters: PrintFilters) -> list[Condition]:
    found: list[Condition] = []
    if filters.collection:
        found.append(Q(collection__slug__in=filters.collection))
    if filters.institution:
        found.append(Q(institution__in=filters.institution))
    if filters.classification:
        found.append(Q(classification__in=filters.classification))
    if filters.technique:
        links = Print.techniques.through.objects.filter(print_id=OuterRef("pk"))
        found.append(Exists(links.filter(technique__in=filters.technique)))
    if filters.person:
        found.append(Exists(PrintPerson.objects.filter(print_id=OuterRef("pk"), person__in=filters.person)))
    if filters.relation:
        found.append(Exists(Relation.objects.filter(print_id=OuterRef("pk"), kind__in=filters.relation)))
    return found


def _years(filters: PrintFilters) -> list[Condition]:
    """The print's span of years touches the asked one; half of a span is none."""
    span = Q()
    if filters.year_from is not None:
        span &= Q(year_max__gte=filters.year_from)
    if filters.year_to is not None:
        span &= Q(year_min__lte=filters.year_to)
    if not span:
        return []
    return [span | UNDATED if filters.include_undated else span & ~UNDATED]
