"""Reads of jobs: those that somebody may see."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet

from core.errors import NotFound
from core.models import Job
from core.sentences import say


def jobs_seen_by(user: AbstractBaseUser | AnonymousUser, *, curated: frozenset[int] | None) -> QuerySet[Job]:
    """Those of the collections with these ids, and their own of no collection; all for None. Newest first.

    (Of a collection that somebody curates no more, their own jobs are not shown either.)
    """
    jobs = Job.objects.select_related("requested_by", "collection")
    if curated is None:
        return jobs
    theirs = Q(requested_by=user.pk, collection=None) if user.pk is not None else Q(pk__in=[])
    return jobs.filter(theirs | Q(collection__in=sorted(curated)))


def job_of(jobs: QuerySet[Job], job_id: int) -> Job:
    """The one of these with that id. Raises NotFound, exactly as if there were no such job."""
    job = jobs.filter(pk=job_id).first()
    if job is None:
        message = f"There is no job number {job_id}. It may have been forgotten."
        raise NotFound("unknown_job", say("unknown_job", message, job=str(job_id)))
    return job


def last_job(*kinds: str) -> Job | None:
    """The newest of these kinds that was not cancelled."""
    jobs = Job.objects.filter(kind__in=kinds).exclude(state=Job.State.CANCELLED)
    return jobs.select_related("requested_by", "collection").order_by("-pk").first()
