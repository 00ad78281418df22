"""The JSON of the state of the index, and of what could not be described."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.said_field import SaidField
from indexing.job_serializers import JobSerializer
from indexing.models import FeatureProblem, Road
from indexing.serializers import KnnModelSerializer


class RoadStateSerializer(serializers.Serializer[Any]):
    """One of the two ways to a print: the vectors of whole pictures, or local features."""

    road = serializers.ChoiceField(choices=Road.choices)
    descriptor = serializers.CharField(allow_null=True, help_text="Or the codec of local features.")
    version = serializers.CharField(allow_null=True, help_text="Null before the first publication.")
    features = serializers.IntegerField(help_text="Images with features in the database.")
    entries = serializers.IntegerField(help_text="Images in the index that answers searches now.")
    waiting = serializers.IntegerField(help_text="Images that were not described yet.")
    left_out = serializers.IntegerField(help_text="Images that could not be described.")
    changes = serializers.IntegerField(help_text="That the published version does not contain yet.")


class IndexStateSerializer(serializers.Serializer[Any]):
    """What there is, what can be found, and whether the two agree."""

    records = serializers.IntegerField()
    images = serializers.IntegerField()
    descriptor = serializers.CharField(allow_null=True, help_text="Null until an extractor has been seen.")
    weights_source = serializers.CharField(allow_null=True)
    extractor_ready = serializers.BooleanField()
    roads = RoadStateSerializer(many=True)
    working = serializers.BooleanField(help_text="Whether a job on the index waits or runs.")
    agree = serializers.BooleanField()
    differences = serializers.ListField(
        child=serializers.CharField(), help_text="Sentences: of these figures, and of the last check."
    )
    differences_said = serializers.ListField(child=SaidField(), help_text="Of each difference, in order.")
    models = serializers.SerializerMethodField(help_text="Those in force, and those that can be.")
    last_check = JobSerializer(allow_null=True)
    last_compaction = JobSerializer(allow_null=True)
    last_publication = JobSerializer(allow_null=True)

    @extend_schema_field(KnnModelSerializer(many=True))
    def get_models(self, state: object) -> Any:
        return KnnModelSerializer(self.context["models"], many=True, context=self.context).data


class ProblemQuerySerializer(serializers.Serializer[Any]):
    code = serializers.RegexField(r"^[a-z0-9_]{1,60}$", required=False)


class ProblemSerializer(serializers.ModelSerializer[FeatureProblem]):
    """A picture that could not be described, so that it is not found on one road."""

    print_id = serializers.IntegerField(source="image.print_id")
    record_id = serializers.CharField(source="image.print.record_id")
    title = serializers.CharField(source="image.print.title")
    collection = serializers.CharField(source="image.print.collection.slug")
    reason_said = SaidField()

    class Meta:
        model = FeatureProblem
        fields = [
            "id",
            "image_id",
            "print_id",
            "record_id",
            "title",
            "collection",
            "descriptor",
            "code",
            "reason",
            "reason_said",
            "created_at",
        ]
