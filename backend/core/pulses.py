"""Whether the processes that answer no requests work: each says so every few seconds, here in the database.

A worker does when it sweeps the jobs of its queue, or by the heartbeat of the job that it runs; beat whenever
it has sent for the sweeps.
"""

import logging
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from core import jobs
from core.database_errors import DATABASE_FAILED
from core.models import Job, Pulse
from core.parts import NotWell

logger = logging.getLogger(__name__)
BEAT = "beat"
# So many sweeps may be missed: one that is late is no death.
MISSED = 4


def worker_name(queue: str) -> str:
    return f"worker_{queue}"


def note_pulse(name: str) -> None:
    """Say that this process works. Without a database nothing is said, and nothing fails."""
    try:
        Pulse.objects.update_or_create(
            name=name, defaults={"at": timezone.now(), "resident_bytes": resident_bytes()}
        )
    except DATABASE_FAILED as error:
        logger.warning("That %s works could not be noted: %s", name, error)


def beat_works() -> str:
    return _lately(Pulse.objects.filter(name=BEAT).first(), BEAT)


def worker_works(queue: str) -> str:
    """Raises NotWell when it has neither swept nor got on with a job for as long as MISSED sweeps take."""
    now, limit = timezone.now(), _limit()
    running = Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__range=(now - limit, now + limit))
    for kind in running.values_list("kind", flat=True):
        if jobs.queue_of(kind) == queue:
            return f"The worker of the queue {queue} runs a job: {kind}."
    return _lately(Pulse.objects.filter(name=worker_name(queue)).first(), worker_name(queue))


def _limit() -> timedelta:
    return timedelta(seconds=MISSED * settings.RECTO_JOB_SWEEP_SECONDS)


def _lately(pulse: Pulse | None, name: str) -> str:
    if pulse is None:
        raise NotWell(f"{name} has not been seen yet. Is it started?")
    ago = timezone.now() - pulse.at
    if ago < -_limit():
        raise NotWell(f"{name} has not been seen since the clock was set back. Is it started?")
    seconds = max(0, round(ago.total_seconds()))
    if ago > _limit():
        every = f"{settings.RECTO_JOB_SWEEP_SECONDS} s"
        raise NotWell(f"{name} was last seen {seconds} s ago; it shows itself every {every}. Is it started?")
    return f"{name} was last seen {seconds} s ago."


def resident_bytes() -> int:
    """The memory of this process, as the kernel counts it; 0 where it does not say."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0
