"""The form of a search: one picture, how to look at it, the filters."""

import math
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog.audience import Audience
from catalog.serializers import LARGEST_ID, PrintFiltersSerializer
from core.public_addresses import LONGEST_URL
from search.answers import Wanted
from search.framing import Framing, corners_of, framing_of, is_convex

SOURCES = ("image", "url", "image_id", "example", "kept")
FRAMING = ("crop", "quad", "rotate", "mirror")
LARGEST_LIMIT = 100
DEFAULT_LIMIT = 25


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


class LimitSerializer(serializers.Serializer[Any]):
    limit = serializers.IntegerField(
        required=False, default=DEFAULT_LIMIT, min_value=1, max_value=LARGEST_LIMIT
    )


class WantedSerializer(LimitSerializer, PrintFiltersSerializer):
    """The filters, and how many prints to answer with."""

    def wanted(self, audience: Audience) -> Wanted:
        """The valid values as the search takes them."""
        return Wanted(filters=self.filters(), limit=self.validated_data["limit"], audience=audience)


class SearchRequestSerializer(WantedSerializer):
    """Exactly one of `image`, `url`, `image_id`, `example` and `kept`."""

    image = serializers.FileField(required=False, allow_empty_file=True, help_text="The picture, as a file.")
    url = serializers.CharField(
        required=False,
        max_length=LONGEST_URL,
        help_text="The address of a public picture, or of a web page that names one; the server fetches it.",
    )
    image_id = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST_ID, help_text="A picture of the catalogue."
    )
    example = serializers.CharField(required=False, max_length=100, help_text="The slug of an example.")
    kept = serializers.CharField(required=False, max_length=40, help_text="The id of a kept search.")
    crop = FractionsField(4, help_text="x,y,width,height of the part to search with, as fractions.")
    quad = FractionsField(
        8,
        help_text="x,y of four corners, clockwise from the top left one: pulled straight before the search.",
    )
    rotate = serializers.ChoiceField(
        required=False, default=0, choices=[0, 90, 180, 270], help_text="Degrees clockwise, after the crop."
    )
    mirror = serializers.BooleanField(required=False, default=False, help_text="After turning.")
    keep = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Keep this search with its photograph for `keep_days` of /info/, behind a link of its own.",
    )

    def validate_crop(self, numbers: list[float]) -> list[float]:
        """A rectangle inside the picture."""
        x, y, width, height = numbers
        if not (width > 0 and height > 0 and x + width < 1.001 and y + height < 1.001):
            raise serializers.ValidationError("The crop must have an area and lie inside the picture.")
        return numbers

    def validate_quad(self, numbers: list[float]) -> list[float]:
        """Corners in order, around some area."""
        if not is_convex(corners_of(numbers)):
            raise serializers.ValidationError(
                "The corners must go clockwise around an area, from the one at the top left."
            )
        return numbers

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One picture, and one way to cut it out."""
        attrs = super().validate(attrs)
        given = [name for name in SOURCES if name in attrs]
        if len(given) != 1:
            raise serializers.ValidationError(
                {"image": f"Give exactly one of image, url, image_id, example and kept, not {len(given)}."}
            )
        if "crop" in attrs and "quad" in attrs:
            raise serializers.ValidationError({"quad": "Give either crop or quad, not both."})
        return attrs

    def framing(self) -> Framing:
        """How to look at the picture, from the valid values."""
        return framing_of(self.validated_data)

    def framing_given(self) -> dict[str, Any]:
        """The same as it was given, for `framing_of`."""
        return {name: self.validated_data[name] for name in FRAMING if name in self.validated_data}
