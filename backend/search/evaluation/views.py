"""Evaluations over HTTP, for curators."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.permissions import IsCurator
from accounts.rights import audience_of
from core.errors import NotFound
from core.openapi import FORBIDDEN
from core.sentences import say
from indexing.queries import knn_model
from search.evaluation.queries import evaluation_of
from search.evaluation.serializers import EvaluationSerializer


class EvaluationView(APIView):
    """How well a version finds: its newest evaluation, else that of another with its descriptor or codec."""

    permission_classes = [IsCurator]

    @extend_schema(operation_id="knn_models_evaluation", responses={200: EvaluationSerializer, **FORBIDDEN})
    def get(self, request: Request, model_id: int) -> Response:
        model, audience = knn_model(model_id), audience_of(request)
        evaluation = evaluation_of(model, audience=audience)
        if evaluation is None:
            message = f"{model.version} was never measured. 'manage.py evaluate' does it."
            raise NotFound("evaluation_missing", say("evaluation_missing", message, model=model.version))
        return Response(EvaluationSerializer(evaluation, context={"whole": audience.is_whole}).data)
