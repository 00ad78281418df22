"""Reads of the index's tables. Vectors are read in chunks: a hundred thousand must not fill the memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet
from numpy.typing import NDArray

from catalog.audience import Audience
from catalog.image_types import ACCEPTED
from catalog.models import Print, PrintImage
from core.errors import NotFound, OperatorError, TryAgain
from core.sentences import say
from indexing.extractor_client import extractor_info, known_extractor
from indexing.freshness import updated_at
from indexing.models import Feature, FeatureProblem, IndexChange, KeptDescriptor, KnnModel, Road
from indexing.vectors import STORED, Stored, StoredRows, Vectors, stored_rows, unit_rows

CHUNK = 4096
# SQLite allows 32,766 variables in a statement, PostgreSQL 65,535.
IDS_A_QUERY = 10_000
# The log is folded into a new version past this many changes and past this share (one in ...) of the index.
TAIL_LEAST = 500
TAIL_SHARE = 20


@dataclass(frozen=True)
class PictureRef:
    """A picture to describe: its row, its path below RECTO_DATA_DIR, the checksum of its file, and what it
    lacks: ids of descriptors, and of the codec of local features."""

    id: int
    path: str
    sha256: str
    lacks: frozenset[str] = frozenset()


def pictures_without_feature(*, descriptor: str) -> QuerySet[PrintImage]:
    """Pictures that have no vector of `descriptor`, or one that was made from another file."""
    made = Feature.objects.filter(
        image=OuterRef("pk"), descriptor=descriptor, image_sha256=OuterRef("sha256")
    )
    return PrintImage.objects.filter(~Exists(made)).order_by("pk")


def pictures_never_tried(*, descriptor: str) -> QuerySet[PrintImage]:
    """Pictures without a vector of `descriptor` and without a known reason for it."""
    tried = FeatureProblem.objects.filter(
        image=OuterRef("pk"), descriptor=descriptor, image_sha256=OuterRef("sha256")
    )
    return pictures_without_feature(descriptor=descriptor).filter(~Exists(tried))


def ids_still_wanted(
    pictures: Sequence[PictureRef], *, checksums: QuerySet[Any, tuple[int, str]]
) -> set[int]:
    """Ids of the pictures whose file is still the same and of which nothing is stored yet: `checksums` are
    (image id, checksum of the file it was made from) of what is stored."""
    ids = [picture.id for picture in pictures]
    files = dict(PrintImage.objects.filter(pk__in=ids).values_list("pk", "sha256"))
    stored = dict(checksums.filter(image_id__in=ids))
    return {
        picture.id
        for picture in pictures
        if files.get(picture.id) == picture.sha256 != stored.get(picture.id)
    }


def stored_features(
    *, descriptor: str, dim: int, chunk: int = CHUNK
) -> Iterator[tuple[NDArray[np.int64], StoredRows]]:
    """All vectors of `descriptor` as (image ids rising, float16 (n, dim)), at most `chunk` at a time.

    Rows stored or deleted meanwhile may be in it or not: whoever needs them exact reads the log from before.
    """
    last = 0
    features = Feature.objects.filter(descriptor=descriptor).order_by("image_id")
    while rows := list(features.filter(image_id__gt=last).values_list("image_id", "vector")[:chunk]):
        last = rows[-1][0]
        yield _ids_and_rows(rows, dim)


def features_of(image_ids: Sequence[int], *, descriptor: str, dim: int) -> tuple[NDArray[np.int64], Vectors]:
    """Ids and vectors (float32 (n, dim), rows of length 1) of those of the images that have one, by id."""
    rows: list[tuple[int, Stored]] = []
    for start in range(0, len(image_ids), IDS_A_QUERY):
        some = image_ids[start : start + IDS_A_QUERY]
        features = Feature.objects.filter(descriptor=descriptor, image_id__in=some)
        rows.extend(features.values_list("image_id", "vector"))
    ids, stored = _ids_and_rows(sorted(rows, key=itemgetter(0)), dim)
    return ids, unit_rows(stored)


def stored_dim(descriptor: str) -> int | None:
    """The dimension of the stored vectors of `descriptor`; None when there are none."""
    vector = Feature.objects.filter(descriptor=descriptor).values_list("vector", flat=True).first()
    return None if vector is None else len(vector) // STORED.itemsize


def _ids_and_rows(rows: Sequence[tuple[int, Stored]], dim: int) -> tuple[NDArray[np.int64], StoredRows]:
    ids = np.fromiter((image_id for image_id, _ in rows), dtype=np.int64, count=len(rows))
    return ids, stored_rows((vector for _, vector in rows), dim=dim)


def active_model(*, road: Road = Road.GLOBAL) -> KnnModel | None:
    """The published version of a road that is in force."""
    return KnnModel.objects.filter(active=True, road=road).first()


def knn_model(model_id: int) -> KnnModel:
    """The version with that id. Raises NotFound."""
    model = KnnModel.objects.filter(pk=model_id).first()
    if model is None:
        message = f"There is no KNN model number {model_id}."
        raise NotFound("unknown_model", say("unknown_model", message, model=str(model_id)))
    return model


def model_of(descriptor: str) -> KnnModel | None:
    """The version of a descriptor that holds most: the one in force, else the newest."""
    versions = KnnModel.objects.filter(road=Road.GLOBAL, descriptor=descriptor)
    return versions.order_by("-active", "-last_change", "-pk").first()


def maintained_descriptors() -> list[str]:
    """What every picture gets a vector of: the descriptor in force and then those that are kept beside it.

    Before the first publication only what is kept: nothing is in force then.
    """
    model = active_model()
    kept = KeptDescriptor.objects.order_by("-role").values_list("descriptor", flat=True)
    return [*([model.descriptor] if model else []), *kept]


@dataclass(frozen=True)
class StoredDescriptor:
    """A descriptor with vectors: how many, and `active`, `prepared`, `previous` or `not kept`."""

    descriptor: str
    count: int
    state: str


def stored_descriptors() -> list[StoredDescriptor]:
    """All descriptors that vectors are stored of, those with most first."""
    model = active_model()
    states = dict(KeptDescriptor.objects.values_list("descriptor", "role"))
    if model is not None:
        states[model.descriptor] = "active"
    counts = Feature.objects.order_by().values_list("descriptor").annotate(count=Count("pk"))
    return [
        StoredDescriptor(name, count, states.get(name, "not kept"))
        for name, count in counts.order_by("-count", "descriptor")
    ]


def is_maintained(descriptor: str) -> bool:
    """Whether every picture gets a vector of it; before the first publication any may be tried."""
    model = active_model()
    if model is None or model.descriptor == descriptor:
        return True
    return KeptDescriptor.objects.filter(descriptor=descriptor).exists()


def model_states() -> dict[int, str]:
    """`active`, `prepared` or `previous` by the id of each version that can be in force or be switched to."""
    states = dict.fromkeys(KnnModel.objects.filter(active=True).values_list("pk", flat=True), "active")
    for descriptor, role in KeptDescriptor.objects.values_list("descriptor", "role"):
        model = model_of(descriptor)
        if model is not None:
            states.setdefault(model.pk, role)
    return states


def models_to_choose_from(states: dict[int, str]) -> QuerySet[KnnModel]:
    """The versions with a state: in force, or to be switched to. The newest first."""
    return KnnModel.objects.filter(pk__in=states)


def feature_problems(*, curated: frozenset[int] | None) -> QuerySet[FeatureProblem]:
    """Pictures of these collections (None: of all) that could not be described, the newest first."""
    problems = FeatureProblem.objects.select_related("image__print__collection").order_by("-pk")
    return problems if curated is None else problems.filter(image__print__collection__in=sorted(curated))


def changes_since(model: KnnModel) -> QuerySet[IndexChange]:
    """The changes of its descriptor that the version does not contain yet."""
    return IndexChange.objects.filter(
        id__gt=model.last_change, road=model.road, descriptor=model.descriptor, image_id__isnull=False
    )


def changes_after(model: KnnModel) -> int:
    """How many these changes are."""
    return changes_since(model).count()


def index_needs_compaction(*, descriptor: str) -> bool:
    """Whether the changes since the publication are so many that every process pays for applying them."""
    model = model_of(descriptor)
    if model is None:
        return Feature.objects.filter(descriptor=descriptor).exists()
    return changes_after(model) > max(TAIL_LEAST, model.count // TAIL_SHARE)


def descriptor_in_force() -> str:
    """The descriptor of the index; before the first publication, the extractor's."""
    model = active_model()
    return extractor_info().descriptor if model is None else model.descriptor


def vector_of_image(image_id: int, *, descriptor: str) -> Vectors | None:
    """The stored vector of an image, float32 of shape (dim,) and length 1; None when it has none."""
    vectors = _unit_vectors(Feature.objects.filter(image_id=image_id, descriptor=descriptor))
    return vectors[0] if len(vectors) else None


def vectors_of_print(print_id: int, *, descriptor: str) -> Vectors:
    """The stored vectors of the images of a print, float32 of shape (n, dim); n may be 0."""
    features = Feature.objects.filter(image__print_id=print_id, descriptor=descriptor)
    return _unit_vectors(features.order_by("image__position", "image_id"))


def _unit_vectors(features: QuerySet[Feature]) -> Vectors:
    rows = list(features.values_list("image_id", "vector"))
    dim = len(rows[0][1]) // STORED.itemsize if rows else 1
    return unit_rows(stored_rows((vector for _, vector in rows), dim=dim))


def index_info(*, audience: Audience) -> dict[str, Any]:
    """What `/api/v1/info/` tells: the descriptor in force, the published version, limits, and counts of what
    the audience may see."""
    model = active_model()
    wanted, ready = model.descriptor if model else None, True
    try:
        extractor_info(descriptor=wanted, fresh=True)
    except (TryAgain, OperatorError):
        ready = False
    info = known_extractor(wanted)
    descriptor = info.descriptor if info else wanted
    return {
        "version": settings.RECTO_VERSION,
        "descriptor": descriptor,
        "weights_source": info.weights_source if info else None,
        "extractor_ready": ready,
        "index_version": model.version if model else None,
        "prints": Print.objects.filter(audience.conditions()).count(),
        "images": PrintImage.objects.filter(audience.conditions("print__")).count(),
        "features": _features_seen(descriptor, audience) if descriptor else 0,
        "limits": {
            "max_bytes": settings.RECTO_SEARCH_MAX_BYTES,
            "max_pixels": settings.RECTO_SEARCH_MAX_PIXELS,
            "types": list(ACCEPTED),
        },
        "updated_at": updated_at(audience),
        "keep_days": settings.RECTO_KEEP_DAYS,
        "search_by_url": settings.RECTO_SEARCH_BY_URL,
        "institution": settings.RECTO_INSTITUTION.told(),
    }


def _features_seen(descriptor: str, audience: Audience) -> int:
    return Feature.objects.filter(audience.conditions("image__print__"), descriptor=descriptor).count()
