"""The JSON of the index: what is in force, and what was published."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from indexing.models import KnnModel

SUPERSEDED = "superseded"
MODEL_STATES = ("active", "prepared", "previous", SUPERSEDED)


class LimitsSerializer(serializers.Serializer[Any]):
    """What a picture to search with may have."""

    max_bytes = serializers.IntegerField()
    max_pixels = serializers.IntegerField()
    types = serializers.ListField(child=serializers.CharField())


class LocalInfoSerializer(serializers.Serializer[Any]):
    """The index of local features: details that a photograph shares with a print."""

    codec = serializers.CharField(help_text="Names local features as a descriptor names vectors.")
    index_version = serializers.CharField(allow_null=True, help_text="Null before the first publication.")
    features = serializers.IntegerField(help_text="Images that can be found by their details.")


class InstitutionColourSerializer(serializers.Serializer[Any]):
    """The institution's colour as it can be read on either paper, `#rrggbb`."""

    light = serializers.CharField()
    dark = serializers.CharField()


class HouseSerializer(serializers.Serializer[Any]):
    """Who runs this server; empty where its settings do not say."""

    name = serializers.CharField()
    url = serializers.CharField()
    logo_url = serializers.CharField(allow_null=True)
    colour = InstitutionColourSerializer(allow_null=True)


class InfoSerializer(serializers.Serializer[Any]):
    """What this server searches with and in."""

    version = serializers.CharField(help_text="Of the program.")
    descriptor = serializers.CharField(allow_null=True, help_text="Null until an extractor has been seen.")
    weights_source = serializers.CharField(allow_null=True)
    extractor_ready = serializers.BooleanField(help_text="Whether pictures can be searched with right now.")
    index_version = serializers.CharField(allow_null=True, help_text="Null before the first publication.")
    prints = serializers.IntegerField()
    images = serializers.IntegerField()
    features = serializers.IntegerField(help_text="Images that can be found by what they look like.")
    local = LocalInfoSerializer()
    limits = LimitsSerializer()
    updated_at = serializers.DateTimeField(
        allow_null=True, help_text="When the newest of the pictures became findable."
    )
    keep_days = serializers.IntegerField(help_text="How long a search can be kept; 0: none is.")
    search_by_url = serializers.BooleanField(help_text="Whether the server fetches a picture by its address.")
    institution = HouseSerializer(help_text="Who runs this server.")


class KnnModelSerializer(serializers.ModelSerializer[KnnModel]):
    """A published version of the index of one road."""

    # From the context's `states`, for all of a list at once: see `model_states`.
    state = serializers.SerializerMethodField(
        help_text="`prepared` and `previous` can be activated; `superseded` hold less than a newer one."
    )

    # Of all collections: those who may not see all of them are not told how large the others are.
    count = serializers.SerializerMethodField(help_text="Images; null for who may not see them all.")
    last_change = serializers.SerializerMethodField(help_text="Null for who may not see all collections.")

    class Meta:
        model = KnnModel
        fields = [
            "id",
            "version",
            "road",
            "descriptor",
            "state",
            "last_change",
            "count",
            "active",
            "created_at",
        ]
        read_only_fields = fields

    def get_count(self, model: KnnModel) -> int | None:
        return model.count if self.context["counts"] else None

    def get_last_change(self, model: KnnModel) -> int | None:
        return model.last_change if self.context["counts"] else None

    @extend_schema_field(serializers.ChoiceField(choices=MODEL_STATES))
    def get_state(self, model: KnnModel) -> str:
        states: dict[int, str] = self.context["states"]
        return states.get(model.pk, SUPERSEDED)
