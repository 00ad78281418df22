"""Background work over HTTP: curators see their own and that of their collections, administrators all."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import audit
from accounts.permissions import IsCurator
from accounts.rights import audience_of
from core import jobs
from core.errors import Conflict
from core.models import Job
from core.openapi import FORBIDDEN
from core.pagination import Pages
from core.queries import job_of, jobs_seen_by
from core.query_parameters import query_of
from core.sentences import say
from indexing.job_serializers import JobDetailSerializer, JobQuerySerializer, JobSerializer
from indexing.job_titles import title_of


def _job(request: Request, job_id: int) -> Job:
    return job_of(jobs_seen_by(request.user, curated=audience_of(request).curated), job_id)


class JobListView(APIView):
    """Background work, the newest first."""

    permission_classes = [IsCurator]
    pagination_class = Pages

    @extend_schema(
        operation_id="jobs_list",
        parameters=[JobQuerySerializer],
        responses={200: JobSerializer(many=True), **FORBIDDEN},
    )
    def get(self, request: Request) -> Response:
        query = query_of(request, JobQuerySerializer)
        seen = jobs_seen_by(request.user, curated=audience_of(request).curated)
        pages = Pages()
        page = pages.paginate_queryset(seen.filter(**query.validated_data), request, view=self) or []
        return pages.get_paginated_response([JobSerializer(job).data for job in page])


class JobView(APIView):
    """One job."""

    permission_classes = [IsCurator]

    @extend_schema(operation_id="jobs_retrieve", responses={200: JobDetailSerializer, **FORBIDDEN})
    def get(self, request: Request, job_id: int) -> Response:
        return Response(JobDetailSerializer(_job(request, job_id)).data)


class JobCancelView(APIView):
    """Stop a job that waits or runs; one that runs ends after its batch, and what it has done stays."""

    permission_classes = [IsCurator]

    @extend_schema(operation_id="jobs_cancel", request=None, responses={200: JobSerializer, **FORBIDDEN})
    def post(self, request: Request, job_id: int) -> Response:
        job = _job(request, job_id)
        if not jobs.cancel(job):
            message = f"Job {job.pk} is {job.state}; there is nothing left to cancel."
            raise Conflict("job_ended", say("job_ended", message, job=str(job.pk)))
        _record(request, "job_cancelled", job)
        return Response(JobSerializer(job).data)


class JobRetryView(APIView):
    """Try a job again that failed or was cancelled; it goes on where it was."""

    permission_classes = [IsCurator]

    @extend_schema(operation_id="jobs_retry", request=None, responses={202: JobSerializer, **FORBIDDEN})
    def post(self, request: Request, job_id: int) -> Response:
        job = jobs.retry(_job(request, job_id))
        _record(request, "job_retried", job)
        return Response(JobSerializer(job).data, status=202)


def _record(request: Request, action: str, job: Job) -> None:
    audit.record(request.user, action, job.collection, title_of(job.kind), {"job": job.pk})
