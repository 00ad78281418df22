"""The state of the index in figures that cost little: what there is, what is served, and whether it agrees.

`checking` and `local_checking` compare id by id; that is a job, and what the last one found is told here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from catalog.audience import Audience
from catalog.models import Print, PrintImage
from catalog.queries import PrintFilters, image_ids_for
from core.errors import RectoError
from core.models import Job
from core.queries import last_job
from core.sentences import Said, said_of, say
from indexing.extractor_client import extractor_info, known_extractor
from indexing.mismatch import index_jobs_under_way
from indexing.models import Road
from indexing.queries import active_model
from indexing.road_states import Counting, RoadState, road_states
from indexing.services import CHECK, COMPACT, COMPACT_LOCAL, PUBLISH, PUBLISH_LOCAL


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
    def differences_said(self) -> list[Said]:
        return [said_of(sentence) for sentence in self.differences]

    @property
    def agree(self) -> bool:
        return not self.differences


def index_state(*, audience: Audience) -> IndexState:
    """The state now; the extractor is asked whether it is there.

    Counted is what the audience may see, for a total would tell how large a private collection is. What the
    last check said, and how far the last jobs came, is of all images: only administrators are told.
    """
    seen = image_ids_for(PrintFilters(), audience=audience)
    told = _whole if audience.is_whole else _without_counts
    model = active_model()
    ready, descriptor, weights = _extractor(model.descriptor if model else None)
    roads = road_states(model, descriptor=descriptor, counting=Counting(seen))
    check, working = last_job(CHECK), index_jobs_under_way().exists()
    return IndexState(
        records=Print.objects.filter(audience.conditions()).count(),
        images=PrintImage.objects.count() if seen is None else len(seen),
        descriptor=descriptor,
        weights_source=weights,
        extractor_ready=ready,
        roads=roads,
        working=working,
        last_check=told(check),
        last_compaction=told(last_job(COMPACT, COMPACT_LOCAL)),
        last_publication=told(last_job(PUBLISH, PUBLISH_LOCAL)),
        differences=[
            *(sentence for road in roads for sentence in differences_of(road, working=working)),
            *_found_by(check, names_images=audience.is_whole),
        ],
    )


def _whole(job: Job | None) -> Job | None:
    return job


def _without_counts(job: Job | None) -> Job | None:
    """What kind of job it was, when, and how it ended. Not to be saved."""
    if job is None:
        return None
    kept = ("id", "kind", "state", "created_at", "started_at", "finished_at")
    return Job(**{name: getattr(job, name) for name in kept})


def _found_by(check: Job | None, *, names_images: bool) -> list[str]:
    found: list[str] = check.result.get("differences", []) if check else []
    if names_images or not found:
        return found
    return [say("last_check_differs", "The last check found differences; administrators see which.")]


def differences_of(road: RoadState, *, working: bool) -> Iterator[str]:
    """What the figures of one road say is wrong. What waits is wrong when nobody works on it."""
    of_looks = road.road == Road.GLOBAL
    held, stored, waiting = road.entries, road.features, road.waiting
    if held != stored and of_looks:
        text = f"The index holds {held} vectors, the database {stored}."
        yield say("vectors_differ", text, entries=held, features=stored)
    elif held != stored:
        text = f"The index holds {held} sets of local features, the database {stored}."
        yield say("local_features_differ", text, entries=held, features=stored)
    if waiting and not working and of_looks:
        text = f"{waiting} images wait for their vectors, and no job makes them."
        yield say("vectors_wait", text, count=waiting)
    elif waiting and not working:
        text = f"{waiting} images wait for their sets of local features, and no job makes them."
        yield say("local_features_wait", text, count=waiting)


def _extractor(wanted: str | None) -> tuple[bool, str | None, str | None]:
    """Whether it makes vectors of what is wanted; the descriptor, and where its weights came from."""
    try:
        extractor_info(descriptor=wanted, fresh=True)
        ready = True
    except RectoError:
        ready = False
    info = known_extractor(wanted)
    return ready, info.descriptor if info else wanted, info.weights_source if info else None
