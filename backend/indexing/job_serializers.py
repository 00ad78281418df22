"""The JSON of jobs."""

from typing import Any

from rest_framework import serializers

from core.models import Job
from core.said_field import SaidField
from indexing.job_titles import title_of


class JobQuerySerializer(serializers.Serializer[Any]):
    """Which jobs are listed."""

    state = serializers.ChoiceField(choices=Job.State.choices, required=False)
    kind = serializers.RegexField(
        r"^[a-z_]{1,60}$", required=False, help_text="Such as `extract_features`, `apply_import`."
    )


class JobSerializer(serializers.ModelSerializer[Job]):
    """A piece of background work."""

    message_said = SaidField()
    error_said = SaidField()
    title = serializers.SerializerMethodField(help_text="What it does, in words.")
    rate = serializers.SerializerMethodField(
        help_text="Of what `done` counts, a second, over the last half minute; null while it is not known."
    )
    seconds_left = serializers.SerializerMethodField(help_text="At that rate; null while it is not known.")
    requested_by = serializers.CharField(source="requested_by.username", default="", read_only=True)
    collection = serializers.CharField(
        source="collection.slug",
        default="",
        read_only=True,
        help_text="A slug; empty where it concerns none.",
    )
    left_out = serializers.IntegerField(
        read_only=True,
        help_text="How much it left out. What and why: the issues of the import, or else of the index.",
    )
    import_id = serializers.SerializerMethodField(help_text="Of the import that it belongs to, or null.")

    class Meta:
        model = Job
        fields = [
            "id",
            "kind",
            "title",
            "state",
            "done",
            "total",
            "rate",
            "seconds_left",
            "message",
            "message_said",
            "last_error",
            "error_said",
            "requested_by",
            "collection",
            "left_out",
            "import_id",
            "created_at",
            "started_at",
            "finished_at",
        ]
        # Nobody writes a job: all of it is always there, and the schema says so.
        read_only_fields = fields

    def get_title(self, job: Job) -> str:
        return title_of(job.kind)

    def get_rate(self, job: Job) -> float | None:
        return job.rate if job.state == Job.State.RUNNING and job.rate > 0 else None

    def get_seconds_left(self, job: Job) -> float | None:
        rate = self.get_rate(job)
        return max(0, job.total - job.done) / rate if rate and job.total else None

    def get_import_id(self, job: Job) -> int | None:
        number = job.params.get("import")
        return number if isinstance(number, int) else None


class JobDetailSerializer(JobSerializer):
    """A piece of background work, and what it found out."""

    result = serializers.DictField(
        child=serializers.JSONField(), help_text="Of `check_index`: counts by road, and every difference."
    )

    class Meta(JobSerializer.Meta):
        fields = [*JobSerializer.Meta.fields, "result"]
