"""The JSON of a kept search: what was searched with and how, as the next search takes it."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from search.answers import Kept
from search.models import KeptSearch


def _numbers(count: int) -> dict[str, Any]:
    return {
        "type": "array",
        "items": {"type": "number"},
        "minItems": count,
        "maxItems": count,
        "nullable": True,
    }


@extend_schema_field(
    {
        "type": "object",
        "required": ["crop", "quad", "rotate", "mirror"],
        "properties": {
            "crop": _numbers(4),
            "quad": _numbers(8),
            "rotate": {"type": "integer"},
            "mirror": {"type": "boolean"},
        },
    }
)
class FramingField(serializers.Field[Mapping[str, Any], Any, dict[str, Any], Any]):
    """How the picture was looked at: what a search takes under the same names."""

    def to_representation(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "crop": value.get("crop"),
            "quad": value.get("quad"),
            "rotate": value.get("rotate", 0),
            "mirror": value.get("mirror", False),
        }


@extend_schema_field(
    {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
)
class FiltersField(serializers.Field[Mapping[str, Any], Any, dict[str, list[str]], Any]):
    """Only those that were given, each with its values as an address has them."""

    def to_representation(self, value: Mapping[str, Any]) -> dict[str, list[str]]:
        return {name: _texts(given) for name, given in value.items()}


class KeptSerializer(serializers.Serializer[Kept]):
    """A search that is kept, under a link for whoever has it."""

    id = serializers.CharField()
    expires_at = serializers.DateTimeField(help_text="Then it is deleted, with its photograph.")
    delete_key = serializers.CharField(
        allow_null=True, help_text="What deletes it; told once, in the answer to `keep`."
    )
    may_delete = serializers.BooleanField(help_text="Whether the asker may without a key.")
    kind = serializers.ChoiceField(
        choices=KeptSearch.Kind.choices, help_text="A photograph, or a picture that the catalogue has anyway."
    )
    image_id = serializers.IntegerField(allow_null=True)
    example = serializers.CharField(allow_null=True)
    picture_url = serializers.SerializerMethodField(help_text="What was searched with, upright and whole.")
    framing = FramingField(help_text="How the picture was looked at, as a search takes it.")
    filters = FiltersField(help_text="Values by the name of the filter, as texts.")

    def get_picture_url(self, kept: Kept) -> str:
        return reverse("kept-search-picture", args=[kept.id])


def _texts(given: Any) -> list[str]:
    if isinstance(given, bool):
        return ["true" if given else "false"]
    return [str(one) for one in given] if isinstance(given, list | tuple) else [str(given)]
