"""The JSON of an answer."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.serializers import ImageSerializer, PrintSerializer
from core.rendering import RenderingSerializer
from search.answers import Answer, Result
from search.kept_serializers import KeptSerializer
from search.matches import MOST_POINTS
from search.stages import STAGES

RESULT_VERDICTS = ("same_image", "shared_detail", "similar")
VERDICTS = (*RESULT_VERDICTS, "not_found")
NOTICES = ("details_not_compared", "look_not_compared", "not_all_verified")


class PlacesField(serializers.Field[list[list[float]], Any, list[list[float]], Any]):
    """Rows of numbers, rendered as they are: a field for each number would cost milliseconds."""

    def to_representation(self, value: list[list[float]]) -> list[list[float]]:
        return value


def _rows(numbers: int, **count: int) -> dict[str, Any]:
    row = {"type": "array", "items": {"type": "number"}, "minItems": numbers, "maxItems": numbers}
    return {"type": "array", "items": row, **count}


@extend_schema_field(_rows(2, minItems=4, maxItems=4))
class QuadField(PlacesField):
    """Four corners."""


@extend_schema_field(_rows(4, maxItems=MOST_POINTS))
class PairsField(PlacesField):
    """Pairs of points."""


class SheetSerializer(serializers.Serializer[Any]):
    """The print's quadrilateral in the query picture: what a search takes as `quad`."""

    quad = QuadField(
        help_text="Four corners, clockwise, as fractions of the upright picture before any crop."
    )
    source = serializers.ChoiceField(  # type: ignore[assignment]  # a field's own attribute has this name
        choices=["match", "edges"],
        help_text="`match`: the record that was found lies there; `edges`: they look like those of a sheet.",
    )


class QuerySerializer(serializers.Serializer[Any]):
    """The picture that was searched with: its size, upright and before any crop, and the sheet in it."""

    width = serializers.IntegerField()
    height = serializers.IntegerField()
    sheet = SheetSerializer(allow_null=True)


class MatchSerializer(RenderingSerializer[Any]):
    """What verification saw. Places in the query are fractions of the upright picture before any crop."""

    inliers = serializers.IntegerField(help_text="Pairs of details that agree on one place.")
    quad = QuadField(
        help_text="Where `record_quad` lies in the query, its corners in the same order; some may be outside."
    )
    record_quad = QuadField(help_text="The part of the record that the query shows, as fractions of it.")
    mirrored = serializers.BooleanField(
        help_text="The query shows the record as in a mirror; the corners of `quad` go anticlockwise."
    )
    points = PairsField(help_text="Some of the pairs: x, y in the query, x, y in the record.")
    query_image_id = serializers.IntegerField(
        allow_null=True, help_text="The picture of the catalogue that was searched with; null for a sent one."
    )


class ResultSerializer(RenderingSerializer[Result]):
    """One print, by the image of it that fits the query best."""

    rank = serializers.IntegerField()
    score = serializers.FloatField(help_text="0 to 1: how likely it is that the query shows this print.")
    similarity = serializers.FloatField(
        allow_null=True, help_text="Cosine similarity of the whole pictures, -1 to 1; null when unknown."
    )
    verdict = serializers.ChoiceField(
        choices=RESULT_VERDICTS, allow_null=True, help_text="Null: it is only the next best."
    )
    match = MatchSerializer(allow_null=True)
    image = ImageSerializer()
    print = PrintSerializer(source="image.print")


class NoticeSerializer(serializers.Serializer[Any]):
    """Something that was not done for this answer, so that it may be worse than usual."""

    code = serializers.ChoiceField(choices=NOTICES)
    message = serializers.CharField()


class TimingsSerializer(serializers.Serializer[Any]):
    """Milliseconds by stage; 0 for a stage that was not needed. Some run side by side: see `total`."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {stage: serializers.FloatField() for stage in STAGES}


class AnswerSerializer(serializers.Serializer[Answer]):
    """What a search answers with."""

    id = serializers.CharField(allow_null=True, help_text="Null: the search is not kept.")
    kept = KeptSerializer(allow_null=True)
    descriptor = serializers.CharField(
        allow_null=True, help_text="What made the vectors that were compared; null when none were."
    )
    index_version = serializers.CharField(allow_null=True)
    local_index_version = serializers.CharField(allow_null=True)
    verdict = serializers.ChoiceField(
        choices=VERDICTS,
        allow_null=True,
        help_text="The strongest of the results; null when it could not be decided, see `notices`.",
    )
    total = serializers.IntegerField(help_text="Prints left by the filters.")
    query = QuerySerializer(source="*")
    results = ResultSerializer(many=True)
    notices = NoticeSerializer(many=True)
    timings_ms = TimingsSerializer()


# One for all requests: a serializer copies all its fields when it is made, which costs as much as an answer's
# JSON, and it keeps nothing of what it renders.
_ANSWERS = AnswerSerializer()


def answer_json(answer: Answer) -> dict[str, Any]:
    return _ANSWERS.to_representation(answer)
