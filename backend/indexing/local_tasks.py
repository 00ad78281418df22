"""Background work on the local index, which needs no extractor."""

from core.jobs import JobHandle, enqueue, job_kind
from core.sentences import say
from indexing.files_back import is_file_back
from indexing.local_publishing import compact_local_index, publish_local_index
from indexing.local_queries import (
    codec_of_new_features,
    local_index_is_behind,
    local_index_needs_compaction,
    local_tail_is_long,
    pictures_never_tried_locally,
)
from indexing.models import KnnModel, Road
from indexing.services import COMPACT_LOCAL, PUBLISH_LOCAL, enqueue_index_update


@job_kind(PUBLISH_LOCAL)
def publish_local(job: JobHandle) -> None:
    """Publish the local features of the codec in use."""
    _tell(job, publish_local_index())


@job_kind(COMPACT_LOCAL)
def compact_local(job: JobHandle) -> None:
    """Fold the local road's log into a new version."""
    _tell(job, compact_local_index())


def _tell(job: JobHandle, model: KnnModel) -> None:
    job.progress(model.count, model.count, holds(model))


def holds(model: KnnModel) -> str:
    """What is in a published version, for people."""
    count = model.count
    if model.road == Road.LOCAL:
        text = f"{model.version} holds {count} images"
        return say("steps.holds_images", text, model=model.version, images=count)
    text = f"{model.version} holds {count} vectors"
    return say("steps.holds_vectors", text, model=model.version, vectors=count)


def have_local_index_published() -> None:
    """Queue the publication, if something was made since the last one."""
    if local_index_is_behind(codec=codec_of_new_features().id):
        enqueue(kind=PUBLISH_LOCAL)


def keep_local_tail_short() -> None:
    """Publish in the middle of a long extraction: until then each process holds what is new in its memory."""
    if local_tail_is_long(codec=codec_of_new_features().id):
        publish_local_index()


def tend_local_index() -> None:
    """Queue what somebody forgot to queue, local features of pictures loaded by an older Recto for one, and
    compact a log that has grown long."""
    codec = codec_of_new_features().id
    if pictures_never_tried_locally(codec=codec).exists() or is_file_back(descriptors=[codec]):
        enqueue_index_update()
    elif local_index_needs_compaction(codec=codec):
        enqueue(kind=COMPACT_LOCAL)
