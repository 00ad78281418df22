"""The JSON and the forms of a search: one picture, how to look at it, the filters; then the answer."""

import math
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.audience import Audience
from catalog.serializers import LARGEST_ID, ImageSerializer, PrintFiltersSerializer, PrintSerializer
from core.rendering import RenderingSerializer
from search.answers import Answer, Result, Wanted
from search.framing import Area, Framing, is_convex
from search.matches import MOST_POINTS
from search.stages import STAGES

SOURCES = ("image", "url", "image_id", "example")
LARGEST_LIMIT = 100
DEFAULT_LIMIT = 25
RESULT_VERDICTS = ("same_image", "shared_detail", "similar")
VERDICTS = (*RESULT_VERDICTS, "not_found")
NOTICES = ("details_not_compared", "look_not_compared", "not_all_verified")


@extend_schema_field(OpenApiTypes.STR)
class FractionsField(serializers.Field[list[float], Any, str, Any]):
    """Numbers from 0 to 1, separated by commas."""

    default_error_messages = {
        "count": "Give {count} numbers from 0 to 1, separated by commas.",
    }

    def __init__(self, count: int, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.count = count

    def to_internal_value(self, data: Any) -> list[float]:
        try:
            numbers = [float(word) for word in str(data)[:1000].split(",")]
        except ValueError:
            self.fail("count", count=self.count)
        if len(numbers) != self.count or not all(math.isfinite(n) and 0 <= n <= 1 for n in numbers):
            self.fail("count", count=self.count)
        return numbers

    def to_representation(self, value: list[float]) -> str:
        return ",".join(str(number) for number in value)


class WantedSerializer(PrintFiltersSerializer):
    """The filters, and how many prints to answer with."""

    limit = serializers.IntegerField(
        required=False, default=DEFAULT_LIMIT, min_value=1, max_value=LARGEST_LIMIT
    )

    def wanted(self, audience: Audience) -> Wanted:
        """The valid values as the search takes them."""
        return Wanted(filters=self.filters(), limit=self.validated_data["limit"], audience=audience)


class SearchRequestSerializer(WantedSerializer):
    """Exactly one of `image`, `image_id` and `example`."""

    image = serializers.FileField(required=False, allow_empty_file=True, help_text="The picture, as a file.")
    url = serializers.CharField(required=False, help_text="Not enabled: send the picture as a file.")
    image_id = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST_ID, help_text="A picture of the catalogue."
    )
    example = serializers.CharField(required=False, max_length=100, help_text="The slug of an example.")
    crop = FractionsField(4, help_text="x,y,width,height of the part to search with, as fractions.")
    quad = FractionsField(
        8,
        help_text="x,y of four corners, clockwise from the top left one: pulled straight before the search.",
    )
    rotate = serializers.ChoiceField(
        required=False, default=0, choices=[0, 90, 180, 270], help_text="Degrees clockwise, after the crop."
    )
    mirror = serializers.BooleanField(required=False, default=False, help_text="After turning.")

    def validate_crop(self, numbers: list[float]) -> list[float]:
        """A rectangle inside the picture."""
        x, y, width, height = numbers
        if not (width > 0 and height > 0 and x + width < 1.001 and y + height < 1.001):
            raise serializers.ValidationError("The crop must have an area and lie inside the picture.")
        return numbers

    def validate_quad(self, numbers: list[float]) -> list[float]:
        """Corners in order, around some area."""
        if not is_convex(_corners(numbers)):
            raise serializers.ValidationError(
                "The corners must go clockwise around an area, from the one at the top left."
            )
        return numbers

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One picture, and one way to cut it out."""
        attrs = super().validate(attrs)
        if "url" in attrs:
            raise serializers.ValidationError(
                {"url": "Searching by address is not enabled here. Send the picture as a file (image)."}
            )
        given = [name for name in SOURCES if name in attrs]
        if len(given) != 1:
            raise serializers.ValidationError(
                {"image": f"Give exactly one of image, image_id and example, not {len(given)}."}
            )
        if "crop" in attrs and "quad" in attrs:
            raise serializers.ValidationError({"quad": "Give either crop or quad, not both."})
        return attrs

    def framing(self) -> Framing:
        """How to look at the picture, from the valid values."""
        values = self.validated_data
        return Framing(
            area=Area(*values["crop"]) if "crop" in values else None,
            quad=_corners(values["quad"]) if "quad" in values else None,
            degrees=int(values["rotate"]),
            mirrored=values["mirror"],
        )


def _corners(numbers: list[float]) -> Any:
    return tuple(zip(numbers[0::2], numbers[1::2], strict=True))


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

    id = serializers.SerializerMethodField(help_text="Null: the search is not kept.")
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

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_id(self, answer: Answer) -> None:
        return None
