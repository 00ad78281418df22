"""The JSON of an evaluation."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from search.models import Evaluation


class EvaluationSerializer(serializers.ModelSerializer[Evaluation]):
    """How well one version finds the prints of its collection."""

    # The context has `whole`: whether the reader sees every print. Who does not is told of none, and not how
    # many there are. (A comment, as the docstring is what the API says.)
    version = serializers.CharField(help_text="That was measured: of this model, else one alike.")
    prints = serializers.SerializerMethodField(help_text="In the index; null for who may not see them all.")
    figures = serializers.SerializerMethodField(
        help_text="Recall by kind of query and road, verdicts, `here` or not, times, and what went `wrong`: "
        "that is empty for who may not see all prints."
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

    def get_prints(self, evaluation: Evaluation) -> int | None:
        return evaluation.prints if self.context["whole"] else None

    @extend_schema_field(serializers.DictField(child=serializers.JSONField()))
    def get_figures(self, evaluation: Evaluation) -> dict[str, Any]:
        # (What went wrong names prints, and the files that they were asked with.)
        return evaluation.figures if self.context["whole"] else {**evaluation.figures, "wrong": []}
