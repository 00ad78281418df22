"""The state of the index over HTTP: curators look at it, administrators have it checked and compacted."""

from django.contrib.auth.models import User
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import audit
from accounts.permissions import IsAdministrator, IsCurator
from accounts.rights import audience_of
from core.jobs import enqueue
from core.openapi import FORBIDDEN
from core.pagination import Pages
from core.query_parameters import query_of
from indexing.job_serializers import JobSerializer
from indexing.queries import feature_problems, model_states, models_to_choose_from
from indexing.services import CHECK, COMPACT
from indexing.status import index_state
from indexing.status_serializers import (
    IndexStateSerializer,
    ProblemQuerySerializer,
    ProblemSerializer,
)


def _user(request: Request) -> User:
    """Who asks: the permission classes let nobody pass who has not signed in."""
    assert isinstance(request.user, User)
    return request.user


class IndexView(APIView):
    """What there is, what can be found, and whether the two agree, of what the caller may see."""

    permission_classes = [IsCurator]

    @extend_schema(operation_id="index_retrieve", responses={200: IndexStateSerializer, **FORBIDDEN})
    def get(self, request: Request) -> Response:
        states, audience = model_states(), audience_of(request)
        models = models_to_choose_from(states)
        context = {"states": states, "models": models, "counts": audience.is_whole}
        state = index_state(audience=audience)
        return Response(IndexStateSerializer(state, context=context).data)


class IndexCheckView(APIView):
    """Compare database and indexes id by id, in the background; the job's result names every difference."""

    permission_classes = [IsAdministrator]

    @extend_schema(operation_id="index_check", request=None, responses={202: JobSerializer, **FORBIDDEN})
    def post(self, request: Request) -> Response:
        job = enqueue(kind=CHECK, requested_by=_user(request))
        audit.record(request.user, "index_check_requested", detail={"job": job.pk})
        return Response(JobSerializer(job).data, status=202)


class IndexCompactView(APIView):
    """Fold what changed since the last publication into new versions of both indexes, in the background."""

    permission_classes = [IsAdministrator]

    @extend_schema(operation_id="index_compact", request=None, responses={202: JobSerializer, **FORBIDDEN})
    def post(self, request: Request) -> Response:
        job = enqueue(kind=COMPACT, params={"all": True}, requested_by=_user(request))
        audit.record(request.user, "index_compaction_requested", detail={"job": job.pk})
        return Response(JobSerializer(job).data, status=202)


class ProblemListView(APIView):
    """Pictures that could not be described, with the reason; curators see those of their collections."""

    permission_classes = [IsCurator]
    pagination_class = Pages

    @extend_schema(
        operation_id="index_problems_list",
        parameters=[ProblemQuerySerializer],
        responses={200: ProblemSerializer(many=True), **FORBIDDEN},
    )
    def get(self, request: Request) -> Response:
        query = query_of(request, ProblemQuerySerializer)
        problems = feature_problems(curated=audience_of(request).curated).filter(**query.validated_data)
        pages = Pages()
        page = pages.paginate_queryset(problems, request, view=self) or []
        return pages.get_paginated_response([ProblemSerializer(problem).data for problem in page])
