"""A job for tests of real workers: it counts to 200 and logs what it does."""

import logging
import threading

from core.jobs import JobHandle, job_kind

logger = logging.getLogger(__name__)
TOTAL = 200


@job_kind("count")
def count(job: JobHandle) -> None:
    for number in range(job.checkpoint.get("next", 0), TOTAL):
        logger.warning("does %s", number)
        job.save_checkpoint(next=number + 1)
        job.progress(number + 1, TOTAL)
        # Long enough that a kill finds it at work.
        threading.Event().wait(0.01)
    logger.warning("counted")
