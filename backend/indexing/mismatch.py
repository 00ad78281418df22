"""What to say when extractor and index are of two descriptors, whose vectors must never be compared."""

from django.db.models import QuerySet

from core.errors import OperatorError, RectoError, TryAgain
from core.models import Job
from indexing.services import COMPACT, EXTRACT, PUBLISH

RETRY_AFTER_S = 30


class DescriptorMismatch(OperatorError):
    """The operator has to choose one of the two."""


class IndexBeingRebuilt(TryAgain):
    """The operator has chosen; the new vectors are being made."""


def index_jobs_under_way() -> QuerySet[Job]:
    """Jobs on the index that wait or run."""
    return Job.objects.filter(
        kind__in=[EXTRACT, PUBLISH, COMPACT], state__in=[Job.State.QUEUED, Job.State.RUNNING]
    )


def descriptor_mismatch(*, query: str, index: str) -> RectoError:
    """The error to raise: to try again while the index is being rebuilt, else to tell the operator."""
    job = index_jobs_under_way().order_by("-state", "pk").first()
    if job is not None:
        return IndexBeingRebuilt(
            "index_being_rebuilt",
            f"The index is being rebuilt with {query} ({job.done} of {job.total} pictures). Try again later.",
            retry_after=RETRY_AFTER_S,
        )
    return DescriptorMismatch(
        "descriptor_mismatch",
        f"The extractor describes pictures with {query}, the index holds {index}. Run "
        "'manage.py build_index' to rebuild it, or start the extractor with the descriptor of the index.",
    )
