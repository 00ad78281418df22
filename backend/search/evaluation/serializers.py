"""The JSON of an evaluation."""

from rest_framework import serializers

from search.models import Evaluation


class EvaluationSerializer(serializers.ModelSerializer[Evaluation]):
    """How well one version finds the prints of its collection."""

    version = serializers.CharField(help_text="That was measured: of this model, else one alike.")
    figures = serializers.DictField(
        child=serializers.JSONField(),
        help_text="Recall by kind of query and road, verdicts, `here` or not, times, and what went `wrong`.",
    )

    class Meta:
        model = Evaluation
        fields = [
            "id",
            "version",
            "descriptor",
            "local_version",
            "codec",
            "collection",
            "prints",
            "seed",
            "created_at",
            "figures",
        ]
        # Of what is written, a description has limits, and they are the database's.
        read_only_fields = fields
