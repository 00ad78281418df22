"""Reads of an evaluation: which prints it may ask for, and what earlier ones found."""

from collections.abc import Collection

from django.db.models import Q

from catalog.models import Collection as CatalogCollection
from catalog.models import Print, PrintImage
from core.errors import NotFound
from indexing.models import KnnModel, Road
from search.evaluation.plan import Subject
from search.models import Evaluation


def subjects(*, collection: str = "") -> list[Subject]:
    """The prints of a collection (empty: of all) that have a vector, by their first pictures.

    Raises NotFound for a collection that is not there.
    """
    if collection and not CatalogCollection.objects.filter(slug=collection).exists():
        raise NotFound("collection_missing", f"There is no collection {collection!r}.")
    images = (
        PrintImage.objects.filter(features__isnull=False).order_by("print_id", "position", "pk").distinct()
    )
    if collection:
        images = images.filter(print__collection__slug=collection)
    first: dict[int, Subject] = {}
    for pk, print_id, path in images.values_list("pk", "print_id", "path"):
        first.setdefault(print_id, Subject(print_id, pk, path))
    return list(first.values())


def titles_of(print_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """For captions: number and title, and the path of the first picture, of each print. 2 queries."""
    prints = Print.objects.filter(pk__in=print_ids).prefetch_related("images")
    return {row.pk: (str(row), next((i.path for i in row.images.all()), "")) for row in prints}


def active_models() -> dict[str, KnnModel]:
    """The published versions in force, by road."""
    return {model.road: model for model in KnnModel.objects.filter(active=True)}


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


def evaluation_of_model(model: KnnModel) -> Evaluation:
    """The newest evaluation of this version; else of its descriptor, or, for the local road, of its codec.

    Raises NotFound when it was never measured.
    """
    local = model.road == Road.LOCAL
    alike = Q(codec=model.descriptor) if local else Q(descriptor=model.descriptor)
    exact = Q(local_version=model.version) if local else Q(version=model.version)
    found = Evaluation.objects.filter(exact).first() or Evaluation.objects.filter(alike).first()
    if found is None:
        raise NotFound(
            "evaluation_missing", f"{model.version} was never evaluated. 'manage.py evaluate' does it."
        )
    return found
