"""The index over HTTP: what is in force for everybody, versions for curators."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import audit
from accounts.permissions import IsAdministrator, IsCurator
from catalog.audience import audience_of
from core.openapi import FORBIDDEN
from core.pagination import Pages
from indexing.local_queries import local_index_info
from indexing.models import KnnModel
from indexing.queries import index_info, knn_model, model_states
from indexing.serializers import InfoSerializer, KnnModelSerializer
from indexing.switching import activate_model


class InfoView(APIView):
    """What this server searches with and in, and what a picture may have."""

    @extend_schema(operation_id="info_retrieve", responses={200: InfoSerializer})
    def get(self, request: Request) -> Response:
        audience = audience_of(request)
        info = {**index_info(audience=audience), "local": local_index_info(audience=audience)}
        return Response(InfoSerializer(info).data)


class KnnModelListView(ListAPIView[KnnModel]):
    """The published versions of the index, the newest first."""

    queryset = KnnModel.objects.all()
    serializer_class = KnnModelSerializer
    pagination_class = Pages
    permission_classes = [IsCurator]

    @extend_schema(
        operation_id="knn_models_list", responses={200: KnnModelSerializer(many=True), **FORBIDDEN}
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    def get_serializer_context(self) -> dict[str, Any]:
        return {
            **super().get_serializer_context(),
            "states": model_states(),
            "counts": audience_of(self.request).is_whole,
        }


class ActivateView(APIView):
    """Search with another version from now on; the same call with the one before switches back."""

    permission_classes = [IsAdministrator]

    @extend_schema(
        operation_id="knn_models_activate", request=None, responses={200: KnnModelSerializer, **FORBIDDEN}
    )
    def post(self, request: Request, model_id: int) -> Response:
        model = activate_model(version=knn_model(model_id).version)
        audit.record(request.user, "model_activated", target=model.version)
        return Response(KnnModelSerializer(model, context={"states": model_states(), "counts": True}).data)
