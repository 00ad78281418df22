"""The JSON and the forms of a search: one picture, how to look at it, the filters; then the answer."""

import math
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.serializers import LARGEST_ID, ImageSerializer, PrintFiltersSerializer, PrintSerializer
from search.framing import Area, Framing, is_convex
from search.services import Answer, Result, Wanted
from search.stages import STAGES

SOURCES = ("image", "url", "image_id", "example")
LARGEST_LIMIT = 100
DEFAULT_LIMIT = 25
NUMBER = r"\s*[0-9]*\.?[0-9]+\s*"


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

    def wanted(self) -> Wanted:
        """The valid values as the search takes them."""
        return Wanted(filters=self.filters(), limit=self.validated_data["limit"])


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


class QuerySizeSerializer(serializers.Serializer[Any]):
    """The size of the picture that was searched with, upright and before any crop."""

    width = serializers.IntegerField()
    height = serializers.IntegerField()


class MatchSerializer(serializers.Serializer[Any]):
    """What verification saw."""

    inliers = serializers.IntegerField()
    quad = serializers.ListField(child=serializers.ListField(child=serializers.FloatField()))


class ResultSerializer(serializers.Serializer[Result]):
    """One print, by its image that is nearest to the query."""

    rank = serializers.IntegerField()
    score = serializers.FloatField(help_text="Cosine similarity, -1 to 1.")
    verdict = serializers.SerializerMethodField(help_text="Null: matches are not verified yet.")
    match = serializers.SerializerMethodField(help_text="Null: matches are not verified yet.")
    image = ImageSerializer()
    print = PrintSerializer(source="image.print")

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_verdict(self, result: Result) -> None:
        return None

    @extend_schema_field(MatchSerializer(allow_null=True))
    def get_match(self, result: Result) -> None:
        return None


class TimingsSerializer(serializers.Serializer[Any]):
    """Milliseconds by stage; 0 for a stage that was not needed."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {stage: serializers.FloatField() for stage in STAGES}


class AnswerSerializer(serializers.Serializer[Answer]):
    """What a search answers with."""

    id = serializers.SerializerMethodField(help_text="Null: the search is not kept.")
    descriptor = serializers.CharField(help_text="What made the vectors that were compared.")
    index_version = serializers.CharField(allow_null=True)
    verdict = serializers.SerializerMethodField(help_text="Null: matches are not verified yet.")
    total = serializers.IntegerField(help_text="Prints left by the filters.")
    query = QuerySizeSerializer(source="*")
    results = ResultSerializer(many=True)
    timings_ms = TimingsSerializer()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_id(self, answer: Answer) -> None:
        return None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_verdict(self, answer: Answer) -> None:
        return None
