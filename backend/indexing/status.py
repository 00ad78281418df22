"""The state of the index in figures that cost little: what there is, what is served, and whether it agrees.

`checking` and `local_checking` compare id by id; that is a job, and what the last one found is told here.
"""

from dataclasses import dataclass, field

from catalog.models import Print, PrintImage
from core.errors import RectoError
from core.models import Job
from core.queries import last_job
from indexing.extractor_client import extractor_info, known_extractor
from indexing.live import live_index
from indexing.live_local import live_local_index
from indexing.local_queries import pictures_never_tried_locally
from indexing.mismatch import index_jobs_under_way
from indexing.models import Feature, FeatureProblem, KnnModel, LocalFeature, Road
from indexing.queries import active_model, changes_after, pictures_never_tried
from indexing.services import CHECK, COMPACT, COMPACT_LOCAL, PUBLISH, PUBLISH_LOCAL

# Features may be stored between one count and the other; then both are counted again.
COUNTS_TRIED = 3


@dataclass(frozen=True)
class RoadState:
    """One road: what is stored, what this process searches in, and what is still to be done.

    `waiting`: pictures that were not tried yet; `left_out`: those tried in vain; `changes`: since `version`.
    """

    road: Road
    descriptor: str | None
    version: str | None
    features: int = 0
    entries: int = 0
    waiting: int = 0
    left_out: int = 0
    changes: int = 0


@dataclass(frozen=True)
class IndexState:
    """The whole; `differences` are sentences for people."""

    records: int
    images: int
    descriptor: str | None
    weights_source: str | None
    extractor_ready: bool
    roads: list[RoadState]
    working: bool
    last_check: Job | None
    last_compaction: Job | None
    last_publication: Job | None
    differences: list[str] = field(default_factory=list)

    @property
    def agree(self) -> bool:
        return not self.differences


def index_state(*, names_images: bool) -> IndexState:
    """The state now; the extractor is asked whether it is there.

    `names_images`: whether to repeat what the last check said, with the ids of images of any collection.
    """
    model = active_model()
    ready, descriptor, weights = _extractor(model.descriptor if model else None)
    roads = [_global_road(model, descriptor), _local_road()]
    check, working = last_job(CHECK), index_jobs_under_way().exists()
    return IndexState(
        records=Print.objects.count(),
        images=PrintImage.objects.count(),
        descriptor=descriptor,
        weights_source=weights,
        extractor_ready=ready,
        roads=roads,
        working=working,
        last_check=check,
        last_compaction=last_job(COMPACT, COMPACT_LOCAL),
        last_publication=last_job(PUBLISH, PUBLISH_LOCAL),
        differences=[
            *(sentence for road in roads for sentence in differences_of(road, working=working)),
            *_found_by(check, names_images=names_images),
        ],
    )


def _found_by(check: Job | None, *, names_images: bool) -> list[str]:
    found: list[str] = check.result.get("differences", []) if check else []
    if names_images or not found:
        return found
    return [f"The last check found {len(found)} differences; administrators see which."]


def differences_of(road: RoadState, *, working: bool) -> list[str]:
    """What the figures of one road say is wrong. What waits is wrong when nobody works on it."""
    name = "vectors" if road.road == Road.GLOBAL else "sets of local features"
    found = []
    if road.entries != road.features:
        found.append(f"The index holds {road.entries} {name}, the database {road.features}.")
    if road.waiting and not working:
        found.append(f"{road.waiting} images wait for their {name}, and no job makes them.")
    return found


def _extractor(wanted: str | None) -> tuple[bool, str | None, str | None]:
    """Whether it makes vectors of what is wanted; the descriptor, and where its weights came from."""
    try:
        extractor_info(descriptor=wanted, fresh=True)
        ready = True
    except RectoError:
        ready = False
    info = known_extractor(wanted)
    return ready, info.descriptor if info else wanted, info.weights_source if info else None


def _global_road(model: KnnModel | None, descriptor: str | None) -> RoadState:
    if descriptor is None:
        return RoadState(Road.GLOBAL, None, None)
    stored = Feature.objects.filter(descriptor=descriptor)
    for _ in range(COUNTS_TRIED):
        index, features = live_index().current(descriptor), stored.count()
        entries = len(index) if index is not None else 0
        if entries == features:
            break
    return RoadState(
        road=Road.GLOBAL,
        descriptor=descriptor,
        version=model.version if model else None,
        features=features,
        entries=entries,
        waiting=pictures_never_tried(descriptor=descriptor).count(),
        left_out=FeatureProblem.objects.filter(descriptor=descriptor).count(),
        changes=changes_after(model) if model else 0,
    )


def _local_road() -> RoadState:
    for _ in range(COUNTS_TRIED):
        index = live_local_index().current()
        codec, entries = index.codec.id, len(index)
        features = LocalFeature.objects.filter(codec=codec).count()
        if entries == features:
            break
    model = active_model(road=Road.LOCAL)
    return RoadState(
        road=Road.LOCAL,
        descriptor=codec,
        version=model.version if model else None,
        features=features,
        entries=entries,
        waiting=pictures_never_tried_locally(codec=codec).count(),
        left_out=FeatureProblem.objects.filter(descriptor=codec).count(),
        changes=changes_after(model) if model else 0,
    )
