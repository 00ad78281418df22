"""The job that looks for the same image twice."""

from contextlib import suppress

from core.jobs import JobHandle, JobMadeWay, job_kind
from duplicates.comparing import find_same_images
from duplicates.services import FIND


# A second for each picture: for days of a large house new pictures would not be described.
@job_kind(FIND, takes_turns=True)
def find(job: JobHandle) -> None:
    """Compare what was not compared, then group."""
    summary = find_same_images(progress=job.progress)
    with suppress(JobMadeWay):  # all is done
        job.progress(summary.compared_by_now, summary.compared_by_now, summary.sentence())
