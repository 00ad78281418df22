"""The search over HTTP: parse, call one service, render."""

from dataclasses import replace

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.audience import audience_of
from core.client_address import client_network
from core.compression import told_by_a_read
from core.query_parameters import query_of
from search import services
from search.answers import Kept
from search.by_address import picture_at
from search.counted import CountedView
from search.figures import count_search
from search.keeping import Keeper, check_may_keep, keep_search
from search.kept_queries import kept_search, subject_of, told
from search.kept_views import keeper_of
from search.request_serializers import SearchRequestSerializer, WantedSerializer
from search.serializers import AnswerSerializer, answer_json
from search.services import Subject
from search.taking_turns import turn_of


class SearchView(CountedView):
    """Find the prints that look most like a picture."""

    kind = "new"

    parser_classes = [MultiPartParser, FormParser]

    @extend_schema(
        operation_id="searches_create", request=SearchRequestSerializer, responses={200: AnswerSerializer}
    )
    def post(self, request: Request) -> Response:
        form = SearchRequestSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        keeper, keep = keeper_of(request), form.validated_data["keep"]
        if keep:
            check_may_keep(keeper)
        subject = _subject(form, request)
        wanted = form.wanted(audience_of(request))
        with turn_of(request, self.kind):
            answer = services.search(subject=subject, framing=form.framing(), wanted=wanted)
        count_search(answer, self.kind)
        if keep:
            # (It tells the key: a write, not compressed.)
            return Response(answer_json(replace(answer, kept=_kept(form, subject, keeper))))
        return told_by_a_read(Response(answer_json(answer)))


class SimilarView(CountedView):
    """The other prints that look most like this one."""

    kind = "similar"

    @extend_schema(
        operation_id="prints_similar", parameters=[WantedSerializer], responses={200: AnswerSerializer}
    )
    def get(self, request: Request, print_id: int) -> Response:
        query = query_of(request, WantedSerializer)
        wanted = query.wanted(audience_of(request))
        with turn_of(request, self.kind):
            answer = services.similar_prints(print_id=print_id, wanted=wanted)
        count_search(answer, self.kind)
        return Response(answer_json(answer))


def _subject(form: SearchRequestSerializer, request: Request) -> Subject:
    """What to search with; fetched if it is an address. Whoever has the link of a kept search may."""
    given = form.validated_data
    if "url" in given:
        return Subject(photo=picture_at(given["url"], asker=client_network(request)))
    if "kept" in given:
        return subject_of(kept_search(given["kept"], audience=audience_of(request)))
    if "image" in given:
        return Subject(photo=given["image"].read())
    return Subject(image_id=given.get("image_id"), example=given.get("example"))


def _kept(form: SearchRequestSerializer, subject: Subject, keeper: Keeper) -> Kept:
    row, key = keep_search(
        subject=subject, framing=form.framing_given(), filters=form.filters(), keeper=keeper
    )
    return told(row, keeper, key=key)
