"""What to say when vectors are wanted that are not kept: those of two descriptors are never compared."""

from django.db.models import QuerySet

from core.errors import OperatorError, RectoError, TryAgain
from core.models import Job
from indexing.extractor_client import offered_descriptors
from indexing.services import CHANGE, COMPACT, COMPACT_LOCAL, EXTRACT, PUBLISH, PUBLISH_LOCAL

RETRY_AFTER_S = 30


class DescriptorMismatch(OperatorError):
    """The operator has to choose one of the two."""


class IndexBeingRebuilt(TryAgain):
    """The operator has chosen; the new vectors are being made."""


def index_jobs_under_way() -> QuerySet[Job]:
    """Jobs on the index that wait or run."""
    return Job.objects.filter(
        kind__in=[EXTRACT, PUBLISH, COMPACT, PUBLISH_LOCAL, COMPACT_LOCAL, CHANGE],
        state__in=[Job.State.QUEUED, Job.State.RUNNING],
    )


def change_under_way() -> Job | None:
    """The job that prepares another descriptor, if there is one."""
    return index_jobs_under_way().filter(kind=CHANGE).order_by("-state", "pk").first()


def descriptor_gone(descriptor: str) -> RectoError:
    """What to tell the operator when the extractor no longer offers what is searched with."""
    offered = ", ".join(info.descriptor for info in offered_descriptors())
    return DescriptorMismatch(
        "descriptor_mismatch",
        f"The index holds vectors of {descriptor}, whose weights the extractor no longer has; it offers "
        f"{offered}. Prints are found by their details alone until you give it those weights again, or run "
        "'manage.py change_descriptor ID --activate' with one that it offers.",
    )


def descriptor_mismatch(*, query: str, index: str) -> RectoError:
    """The error to raise: to try again while the vectors are being made, else to tell the operator."""
    job = change_under_way()
    if job is not None and job.params.get("descriptor") == query:
        return IndexBeingRebuilt(
            "index_being_rebuilt",
            f"Vectors of {query} are being made ({job.done} of {job.total} pictures). Try again later.",
            retry_after=RETRY_AFTER_S,
        )
    return DescriptorMismatch(
        "descriptor_mismatch",
        f"There are no vectors of {query} to compare with; the index holds {index}. "
        f"Run 'manage.py change_descriptor {query}' to have them made.",
    )
