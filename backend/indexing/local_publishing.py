"""Publishing the local index: the version in force and what changed since, folded into a new one."""

from indexing.changes import last_change_id
from indexing.live_local import LiveLocalIndex, local_index_from_database
from indexing.local_artifacts import (
    local_artifact_is_whole,
    local_artifact_versions,
    prune_local_artifacts,
    publish_local_artifact,
)
from indexing.local_queries import CHUNK, codec_of_new_features
from indexing.models import IndexChange, KnnModel, LocalFeature, Road
from indexing.queries import active_model, changes_after
from indexing.services import record_version


def publish_local_index(*, anew: bool = False) -> KnnModel:
    """Publish the local features of the codec in use as a new version, unless the one in force has them all.

    The version in force is mapped and the log applied to it, so that memory is needed for what changed alone;
    `anew` reads everything from the database instead. What changes meanwhile is in the log after
    `last_change`.
    """
    codec, current = codec_of_new_features(), active_model(road=Road.LOCAL)
    if current is not None and not anew and _is_current(current, codec.id):
        return current
    live, last_change = LiveLocalIndex(), last_change_id()
    if anew or current is None or current.descriptor != codec.id:
        index = local_index_from_database(codec)
    else:
        index, last_change = live.current(), live.last_change
    version = publish_local_artifact(index, last_change=last_change)
    model = record_version(
        version=version, road=Road.LOCAL, descriptor=codec.id, last_change=last_change, count=len(index)
    )
    _prune_versions(in_force=model.version)
    return model


def _is_current(model: KnnModel, codec: str) -> bool:
    if model.descriptor != codec or changes_after(model):
        return False
    return local_artifact_is_whole(model.version, codec=codec)


def _prune_versions(*, in_force: str) -> None:
    """Delete old versions, those that a killed publisher left behind included, and forget them."""
    prune_local_artifacts(in_force=in_force)
    old = KnnModel.objects.filter(active=False, road=Road.LOCAL)
    old.exclude(version__in=local_artifact_versions()).delete()


def compact_local_index() -> KnnModel:
    """Fold the changes since the last publication into a new version; cut the log before it, and delete what
    an older codec left behind."""
    model = publish_local_index()
    # A reader that is further back finds the announcement of this version, which is later, and loads it.
    IndexChange.objects.filter(id__lte=model.last_change, road=Road.LOCAL).delete()
    _delete_left_behind(model.descriptor)
    return model


def _delete_left_behind(in_force: str) -> None:
    """What is of older codecs, without a line in the log: nobody reads it.

    A part at a time: of a large catalogue it is gigabytes, and till all were gone nobody else could write.
    """
    others = LocalFeature.objects.exclude(codec=in_force).order_by().values_list("codec", flat=True)
    for codec in list(others.distinct()):
        while ids := list(LocalFeature.objects.filter(codec=codec).values_list("pk", flat=True)[:CHUNK]):
            some = LocalFeature.objects.filter(pk__in=ids)
            some._raw_delete(some.db)
