"""The job that looks for the same image twice."""

from core.jobs import JobHandle, job_kind
from duplicates.comparing import find_same_images
from duplicates.services import FIND


@job_kind(FIND)
def find(job: JobHandle) -> None:
    """Compare what was not compared, then group."""
    summary = find_same_images(progress=job.progress)
    job.progress(summary.compared, summary.compared, summary.sentence())
