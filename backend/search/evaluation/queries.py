"""Reads of an evaluation: which prints it may ask for, and what earlier ones found."""

from collections.abc import Collection

from django.db.models import Q

from catalog.audience import EVERYTHING, Audience
from catalog.models import Collection as CatalogCollection
from catalog.models import Print, PrintImage
from core.errors import NotFound
from indexing.models import KnnModel, Road
from search.evaluation.plan import Subject
from search.models import Evaluation


def subjects(*, descriptor: str, collection: str = "") -> list[Subject]:
    """The prints of a collection (empty: of all) with a vector of the descriptor, by their first pictures.

    Raises NotFound for a collection that is not there.
    """
    if collection and not CatalogCollection.objects.filter(slug=collection).exists():
        raise NotFound("collection_missing", f"There is no collection {collection!r}.")
    images = PrintImage.objects.filter(features__descriptor=descriptor)
    if collection:
        images = images.filter(print__collection__slug=collection)
    first: dict[int, Subject] = {}
    rows = images.order_by("print_id", "position", "pk").values_list("pk", "print_id", "path")
    for pk, print_id, path in rows:
        first.setdefault(print_id, Subject(print_id, pk, path))
    return list(first.values())


def titles_of(print_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """For captions: number and title, and the path of the first picture, of each print. 2 queries."""
    prints = Print.objects.filter(pk__in=print_ids).prefetch_related("images")
    return {row.pk: (str(row), next((i.path for i in row.images.all()), "")) for row in prints}


def model_called(name: str) -> KnnModel:
    """The version of the global road with that name or of that descriptor; empty: the one in force.

    Raises NotFound when there is none.
    """
    versions = KnnModel.objects.filter(road=Road.GLOBAL).order_by("-active", "-last_change", "-pk")
    if name:
        versions = versions.filter(Q(version=name) | Q(descriptor__startswith=name))
    model = versions.first()
    if model is None:
        what = f"There is no KNN model {name!r}." if name else "No KNN model is published yet."
        raise NotFound("unknown_model", f"{what} 'build_index' and 'change_descriptor' publish one.")
    return model


def evaluation_called(name: str) -> Evaluation:
    """The newest evaluation of a version or a descriptor (or its beginning), or the one of this number.

    Raises NotFound, naming what there is.
    """
    by_number = Q(pk=int(name)) if name.isascii() and name.isdigit() else Q(pk__in=[])
    found = Evaluation.objects.filter(by_number | Q(version=name) | Q(descriptor__startswith=name)).first()
    if found is None:
        known = ", ".join(str(row) for row in Evaluation.objects.all()[:10]) or "none"
        raise NotFound("evaluation_missing", f"There is no evaluation of {name!r}. There are: {known}.")
    return found


def evaluation_of(model: KnnModel, *, audience: Audience = EVERYTHING) -> Evaluation | None:
    """The newest evaluation of this version; else of its descriptor, or, for the local road, of its codec.

    One of a single collection is told to whoever sees that.
    """
    local = model.road == Road.LOCAL
    exact = Q(local_version=model.version) if local else Q(version=model.version)
    alike = Q(codec=model.descriptor) if local else Q(descriptor=model.descriptor)
    slugs = CatalogCollection.objects.filter(audience.collections()).order_by().values("slug")
    told = Evaluation.objects.filter(Q(collection="") | Q(collection__in=slugs))
    shown = Evaluation.objects.all() if audience.visible is None else told
    return shown.filter(exact).first() or shown.filter(alike).first()


def evaluation_like(other: Evaluation, *, model: KnnModel) -> Evaluation | None:
    """The newest evaluation of this very version that was asked the same as the other one."""
    alike = Evaluation.objects.filter(version=model.version, local_version=other.local_version)
    return next((row for row in alike if not unlike(row, other)), None)


def unlike(one: Evaluation, other: Evaluation) -> list[str]:
    """In what two evaluations differ besides what they measured, in words; their figures then say little."""
    facts = {
        "the collection asked for": (one.collection or "all", other.collection or "all"),
        "the prints in the index": (one.prints, other.prints),
        "the seed": (one.seed, other.seed),
        "the queries of each kind": (_queries_by_kind(one), _queries_by_kind(other)),
    }
    return [what for what, (first, second) in facts.items() if first != second]


def _queries_by_kind(evaluation: Evaluation) -> dict[str, int]:
    """And of all together: absent prints are no kind of their own there."""
    figures = evaluation.figures
    return {"all": figures["queries"], **{kind["kind"]: kind["queries"] for kind in figures["kinds"]}}
