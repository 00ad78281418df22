"""What the worker does for imports: one job for each step that takes long."""

from core.jobs import JobHandle, job_kind
from imports.checking import check_import


@job_kind("check_import")
def check(job: JobHandle) -> None:
    check_import(job.params["import"], progress=job.progress)
