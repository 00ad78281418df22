"""The search over HTTP: parse, call one service, render."""

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.audience import Audience, audience_of
from search import services
from search.answers import Answer
from search.serializers import AnswerSerializer, SearchRequestSerializer, WantedSerializer

# One for all requests: a serializer copies all its fields when it is made, which costs as much as an answer's
# JSON, and it keeps nothing of what it renders.
_ANSWERS = AnswerSerializer()


class SearchView(APIView):
    """Find the prints that look most like a picture."""

    parser_classes = [MultiPartParser, FormParser]

    @extend_schema(
        operation_id="searches_create", request=SearchRequestSerializer, responses={200: AnswerSerializer}
    )
    def post(self, request: Request) -> Response:
        form = SearchRequestSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return Response(_ANSWERS.to_representation(_answer(form, audience_of(request))))


class SimilarView(APIView):
    """The other prints that look most like this one."""

    @extend_schema(
        operation_id="prints_similar", parameters=[WantedSerializer], responses={200: AnswerSerializer}
    )
    def get(self, request: Request, print_id: int) -> Response:
        query = WantedSerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        answer = services.similar_prints(print_id=print_id, wanted=query.wanted(audience_of(request)))
        return Response(_ANSWERS.to_representation(answer))


def _answer(form: SearchRequestSerializer, audience: Audience) -> Answer:
    given, framing, wanted = form.validated_data, form.framing(), form.wanted(audience)
    if "image_id" in given:
        return services.search_by_stored_image(image_id=given["image_id"], framing=framing, wanted=wanted)
    if "example" in given:
        return services.search_by_example(slug=given["example"], framing=framing, wanted=wanted)
    return services.search_by_image(data=given["image"].read(), framing=framing, wanted=wanted)
