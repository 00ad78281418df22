"""Changing the descriptor of a running system: prepared beside the old one, switched to in one transaction,
switched back as easily, forgotten on request.

From its preparation on, and after a switch the one before it, a descriptor is kept: every new picture gets a
vector of it too. So nothing is missing on either side of a switch, in whatever direction.
"""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Exists, OuterRef

from core.errors import NotFound, OperatorError, TryAgain, UserError
from core.jobs import enqueue
from core.models import Job
from core.sentences import say
from indexing.artifacts import artifact_is_whole, delete_artifacts
from indexing.changes import announce_publication, lock_appends
from indexing.checking import compare_index
from indexing.describing import Wait
from indexing.extraction import Progress, extract_missing_features
from indexing.extractor_client import ExtractorInfo, extractor_info, offered_descriptors
from indexing.models import Feature, FeatureProblem, IndexChange, KeptDescriptor, KnnModel, Road
from indexing.queries import active_model, is_maintained, model_of
from indexing.services import CHANGE, enqueue_index_update, publish_knn_model

# Pictures may come in while the check runs; they are described by the next job.
NOT_YET = ("no_vector", "old_vector", "no_local_features", "old_local_features")


class DescriptorIncomplete(TryAgain):
    """Pictures that can be found now could not be found after the switch."""


def enqueue_change(
    *, descriptor: str, activate: bool = False, requested_by: AbstractBaseUser | None = None
) -> Job:
    """Queue the preparation of a descriptor, by its id or, when only one on offer has it, its name.

    Raises UserError when the extractor does not offer it, ExtractorAway.
    """
    params = {"descriptor": offered_descriptor(descriptor).descriptor, "activate": activate}
    return enqueue(kind=CHANGE, params=params, requested_by=requested_by)


def offered_descriptor(id_or_name: str) -> ExtractorInfo:
    """The one on offer with that id or name. Raises UserError that lists what is on offer, ExtractorAway."""
    offered = offered_descriptors(fresh=True)
    found = [info for info in offered if id_or_name in (info.descriptor, info.name)]
    if len(found) == 1:
        return found[0]
    ids = ", ".join(info.descriptor for info in found or offered)
    problem = f"Several descriptors are called {id_or_name}" if found else f"{id_or_name} is not on offer"
    raise UserError(
        "unknown_descriptor", say("unknown_descriptor", f"{problem}. Give one of these ids: {ids}.")
    )


def change_descriptor(*, descriptor: str, activate: bool, progress: Progress, wait: Wait) -> KnnModel:
    """Make what is missing of the descriptor, publish it beside the one in force, keep it, and check it.

    May be repeated: it goes on where it was cut short. With `activate` it is switched to at the end. Raises
    TryAgain when pictures come in faster than they are described, OperatorError when the check fails.
    """
    extract_missing_features(progress=progress, wait=wait, descriptors=[descriptor])
    info = extractor_info(descriptor=descriptor)
    model = publish_knn_model(descriptor=descriptor, dim=info.dim)
    keep_descriptor(descriptor=descriptor, role=KeptDescriptor.Role.PREPARED)
    # What came in since the last batch was described before this descriptor was kept.
    extract_missing_features(progress=progress, wait=wait, descriptors=[descriptor])
    _check_prepared(descriptor)
    return activate_model(version=model.version) if activate else model


def keep_descriptor(*, descriptor: str, role: KeptDescriptor.Role) -> None:
    """Have every picture get a vector of it from now on; what had this role is no longer kept."""
    with transaction.atomic():
        lock_appends()
        if not is_maintained(descriptor):
            KeptDescriptor.objects.filter(role=role).delete()
            KeptDescriptor.objects.create(descriptor=descriptor, role=role)


def _check_prepared(descriptor: str) -> None:
    """Raises OperatorError, and keeps it no longer, when the index is not what the database holds."""
    agreement = compare_index(descriptor=descriptor)
    wrong = [each.sentence for each in agreement.differences if each.code not in NOT_YET]
    if wrong:
        prepared = KeptDescriptor.objects.filter(role=KeptDescriptor.Role.PREPARED)
        prepared.filter(descriptor=descriptor).delete()
        message = f"The index of {descriptor} is wrong: {' '.join(wrong)}"
        raise OperatorError("index_differs", say("index_differs", message, descriptor=descriptor))


def activate_model(*, version: str) -> KnnModel:
    """Search with this version from the next answer on, in every process; the one before stays, for the way
    back.

    Raises NotFound; UserError for a version that cannot be switched to; DescriptorIncomplete while something
    is missing; ExtractorAway; DescriptorNotOffered; OperatorError for damaged files.
    """
    model = _switchable(version)
    extractor_info(descriptor=model.descriptor, fresh=True)
    _check_files(model)
    try:
        with transaction.atomic():
            lock_appends()
            return _switch(_switchable(version))
    except DescriptorIncomplete:
        enqueue_index_update()
        raise


def _switchable(version: str) -> KnnModel:
    model = KnnModel.objects.filter(version=version).first()
    if model is None:
        message = f"There is no KNN model {version}."
        raise NotFound("unknown_model", say("unknown_model", message, model=version))
    if model.road != Road.GLOBAL:
        message = f"{version} holds local features; descriptors alone are switched."
        raise UserError("not_switchable", say("not_switchable_local", message, model=version))
    newest = model_of(model.descriptor)
    if newest != model:
        message = f"{version} is out of date; {newest} holds more of its descriptor."
        told = say("not_switchable_old", message, model=version, newest=str(newest))
        raise UserError("not_switchable", told)
    if not is_maintained(model.descriptor):
        message = say(
            "not_switchable_lacks",
            f"{version} lacks the pictures that came since its descriptor was kept. Run "
            f"'manage.py change_descriptor {model.descriptor}' first.",
            model=version,
            descriptor=model.descriptor,
        )
        raise UserError("not_switchable", message)
    return model


def _check_files(model: KnnModel) -> None:
    if not artifact_is_whole(model.version):
        message = say(
            "artifact_damaged",
            f"The files of {model.version} are gone or damaged. Run "
            f"'manage.py change_descriptor {model.descriptor}' to publish it anew.",
            model=model.version,
            descriptor=model.descriptor,
        )
        raise OperatorError("artifact_damaged", message)


def _switch(model: KnnModel) -> KnnModel:
    """In the caller's transaction: of all processes, none answers with both."""
    before = active_model()
    if before is None or before == model:
        return model
    _check_nothing_is_lost(before=before.descriptor, after=model.descriptor)
    KnnModel.objects.filter(pk=before.pk).update(active=False)
    model.active, model.published_change = True, announce_publication(descriptor=model.descriptor)
    model.save(update_fields=["active", "published_change"])
    previous = KeptDescriptor.Role.PREVIOUS
    KeptDescriptor.objects.filter(descriptor=model.descriptor).delete()
    KeptDescriptor.objects.filter(role=previous).delete()
    KeptDescriptor.objects.create(descriptor=before.descriptor, role=previous)
    return model


def _check_nothing_is_lost(*, before: str, after: str) -> None:
    """Raises DescriptorIncomplete while a picture has a vector of one and was not tried with the other."""
    tried = [
        Exists(rows.filter(image=OuterRef("image"), descriptor=after))
        for rows in (Feature.objects, FeatureProblem.objects)
    ]
    count = Feature.objects.filter(~tried[0], ~tried[1], descriptor=before).count()
    if count:
        message = say(
            "descriptor_incomplete",
            f"{count} pictures have no vector of {after} yet; they are being described. Try again soon.",
            count=count,
            descriptor=after,
        )
        raise DescriptorIncomplete("descriptor_incomplete", message)


def forget_descriptor(*, descriptor: str) -> int:
    """Delete all that is stored of a descriptor that is not in force; returns how many vectors those were.

    Raises UserError for the one in force, for one that is being prepared, and when nothing of it is stored.
    """
    with transaction.atomic():
        lock_appends()
        _check_forgettable(descriptor)
        versions = KnnModel.objects.filter(road=Road.GLOBAL, descriptor=descriptor)
        names = list(versions.values_list("version", flat=True))
        count = _delete_vectors(descriptor)
        kept, _ = KeptDescriptor.objects.filter(descriptor=descriptor).delete()
        if not (count or names or kept):
            raise UserError(
                "unknown_descriptor", say("unknown_descriptor", f"Nothing of {descriptor} is stored.")
            )
        versions.delete()
        FeatureProblem.objects.filter(descriptor=descriptor).delete()
        IndexChange.objects.filter(road=Road.GLOBAL, descriptor=descriptor).delete()
        # Whoever still holds its index looks again, and lets go of it.
        announce_publication(descriptor=descriptor)
    delete_artifacts(names)
    return count


def _check_forgettable(descriptor: str) -> None:
    model = active_model()
    if model is not None and model.descriptor == descriptor:
        message = f"{descriptor} is in force. Switch to another one first."
        raise UserError("descriptor_in_force", say("descriptor_in_force", message))
    jobs = Job.objects.filter(kind=CHANGE, state__in=[Job.State.QUEUED, Job.State.RUNNING])
    if any(job.params.get("descriptor") == descriptor for job in jobs):
        message = f"{descriptor} is being prepared. Cancel that job first."
        raise UserError("descriptor_in_preparation", say("descriptor_in_preparation", message))


def _delete_vectors(descriptor: str) -> int:
    """All at once, without a line in the log for each: nobody searches in them any more."""
    rows = Feature.objects.filter(descriptor=descriptor)
    count: int = rows._raw_delete(rows.db)
    return count
