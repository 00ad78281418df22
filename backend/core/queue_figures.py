"""What /metrics says of background work: how much waits, for how long, and who works."""

from datetime import datetime

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from core import jobs
from core.metrics import Sample, gauge
from core.models import Job, Pulse


@gauge("jobs", "Background jobs by state")
def jobs_by_state() -> list[Sample]:
    counts = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    return [({"state": state}, float(counts.get(state, 0))) for state in Job.State.values]


@gauge("jobs_by_kind", "Background jobs by kind and state")
def jobs_by_kind() -> list[Sample]:
    counts = Job.objects.order_by("kind", "state").values_list("kind", "state").annotate(Count("pk"))
    return [({"kind": kind, "state": state}, float(count)) for kind, state, count in counts]


@gauge("queue_depth", "Jobs that are due and wait for a worker, by queue")
def queue_depth() -> list[Sample]:
    return [({"queue": queue}, float(len(waits))) for queue, waits in _waits().items()]


@gauge("queue_oldest_seconds", "For how long the oldest job that is due has waited")
def queue_oldest() -> list[Sample]:
    now = timezone.now()
    return [
        ({"queue": queue}, max(0.0, (now - min(waits, default=now)).total_seconds()))
        for queue, waits in _waits().items()
    ]


def _waits() -> dict[str, list[datetime]]:
    """Since when the jobs that are due have waited, by queue."""
    found: dict[str, list[datetime]] = {queue: [] for queue in settings.RECTO_QUEUES}
    for job in jobs.due_jobs(even_if_sent=True).only("kind", "created_at", "not_before", "heartbeat_at"):
        # One that gave way to others, or is tried again, has waited since then only.
        since = [job.created_at, job.not_before, job.heartbeat_at]
        found[jobs.queue_of(job.kind)].append(max(moment for moment in since if moment))
    return found


def last_done(kind: str) -> list[Sample]:
    """When a job of the kind was last done, in seconds since 1970; nothing before the first."""
    done = Job.objects.filter(kind=kind, state=Job.State.DONE).order_by("-finished_at")
    ended = done.values_list("finished_at", flat=True).first()
    return [({}, ended.timestamp())] if ended else []


@gauge("last_seen_timestamp_seconds", "When a worker, or beat, last showed that it works")
def pulses() -> list[Sample]:
    return [({"process": pulse.name}, pulse.at.timestamp()) for pulse in Pulse.objects.order_by("name")]


@gauge("worker_resident_bytes", "Memory of a worker, or of beat, when it was last seen")
def memory() -> list[Sample]:
    return [
        ({"process": pulse.name}, float(pulse.resident_bytes)) for pulse in Pulse.objects.order_by("name")
    ]
