"""The JSON that helps to find something without a picture: facets and suggestions."""

from typing import Any

from rest_framework import serializers

from catalog.serializers import WordsField


class OptionSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField(help_text="Prints left if this is chosen, under the other filters.")

    def get_fields(self) -> dict[str, Any]:
        # (As a class attribute, `label` would hide the attribute that every field has.)
        return super().get_fields() | {"label": serializers.CharField()}


class IdOptionSerializer(OptionSerializer):
    value = serializers.IntegerField(help_text="What to filter by.")


class NameOptionSerializer(OptionSerializer):
    value = serializers.CharField(help_text="What to filter by.")


class YearBinSerializer(serializers.Serializer[Any]):
    to = serializers.IntegerField(help_text="Its last year.")
    count = serializers.IntegerField(help_text="Prints that may be of these years.")

    def get_fields(self) -> dict[str, Any]:
        # (`from` is a word of Python's own.)
        return {"from": serializers.IntegerField(help_text="Its first year."), **super().get_fields()}


class YearSpanSerializer(serializers.Serializer[Any]):
    first = serializers.IntegerField(allow_null=True)
    last = serializers.IntegerField(allow_null=True)
    undated = serializers.IntegerField()
    bins = YearBinSerializer(many=True, help_text="Bars along the span, all of one width, of at most 40.")


class FacetsSerializer(serializers.Serializer[Any]):
    total = serializers.IntegerField(help_text="Prints left under all filters.")
    collection = NameOptionSerializer(many=True)
    institution = IdOptionSerializer(many=True)
    classification = IdOptionSerializer(many=True)
    technique = IdOptionSerializer(many=True)
    relation = NameOptionSerializer(many=True)
    person = IdOptionSerializer(many=True)
    years = YearSpanSerializer()


class SuggestionQuerySerializer(serializers.Serializer[Any]):
    q = WordsField(default="", help_text="What was typed so far.")


class SuggestionSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=["person", "title", "number"])
    text = serializers.CharField(help_text="What to search for.")
    count = serializers.IntegerField(help_text="Prints that have it.")
    person_id = serializers.IntegerField(allow_null=True, help_text="What to filter by, of a person.")
