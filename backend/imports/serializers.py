"""The JSON of imports: what is sent in, the runs, their previews and their problems."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.json_bodies import json_of
from core.said_field import SaidField
from imports.columns import FIELDS
from imports.models import ImportIssue, ImportRecord, ImportRun
from imports.previews import columns_of
from imports.running import may_be_undone
from imports.sources.archive_pictures import archive_files
from imports.sources.choosing import KINDS, RECORDS, well_formed_source
from imports.sources.fetching_jobs import to_fetch_again
from imports.tables.encodings import ENCODINGS
from imports.tables.opening import DELIMITERS
from indexing.job_serializers import JobSerializer

ACTIONS = [choice for choice in ImportRun.Action.choices if choice[0] != ImportRun.Action.LOAD]


class ImageSourceSerializer(serializers.Serializer[Any]):
    """Where the pictures come from: `folder` needs `path`, a folder of the server; `iiif` needs `url`."""

    kind = serializers.ChoiceField(choices=KINDS)
    path = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    url = serializers.CharField(required=False, allow_blank=True, max_length=2000)
    records = serializers.ChoiceField(
        choices=RECORDS,
        required=False,
        help_text="Of iiif: what is a record; else each manifest of a collection, each canvas of a manifest.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return well_formed_source(attrs)


class ImageSourceInForm(serializers.CharField):
    """The same, as JSON in a field of a form."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            source = json_of(super().to_internal_value(data))
        except ValueError as error:
            raise serializers.ValidationError('Give JSON such as {"kind": "none"}.') from error
        form = ImageSourceSerializer(data=source)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)


class NewImportSerializer(serializers.Serializer[Any]):
    """A table and where it goes. For IIIF there is no table: it is made of the manifests."""

    table = serializers.FileField(required=False, help_text="CSV, TSV or XLSX.")
    collection = serializers.SlugField(help_text="The slug of the collection.")
    action = serializers.ChoiceField(choices=ACTIONS, default=ImportRun.Action.ADD_AND_UPDATE)
    image_source = ImageSourceInForm(required=False, help_text='JSON such as {"kind": "zip"}.')

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs.setdefault("image_source", {"kind": "none"})
        if "table" not in attrs and attrs["image_source"]["kind"] != "iiif":
            raise serializers.ValidationError({"table": "Send the table as the file `table`."})
        return attrs


class ImportChoicesSerializer(serializers.Serializer[Any]):
    """What a curator decides before the check; what is left out stays as it is."""

    mapping = serializers.DictField(
        child=serializers.CharField(allow_null=True, allow_blank=True, max_length=100),
        required=False,
        help_text='Header -> field; "" leaves the column out, null keeps it under its own name.',
    )
    action = serializers.ChoiceField(choices=ACTIONS, required=False)
    image_source = ImageSourceSerializer(required=False)
    encoding = serializers.ChoiceField(choices=ENCODINGS, required=False)
    delimiter = serializers.ChoiceField(choices=DELIMITERS, required=False)
    sheet = serializers.CharField(required=False, max_length=100)


class TableReadingSerializer(serializers.Serializer[Any]):
    """How the table was read. A workbook has a sheet, and no encoding or delimiter."""

    encoding = serializers.CharField(default="")
    delimiter = serializers.CharField(default="", trim_whitespace=False)
    sheet = serializers.CharField(default="")
    sheets = serializers.ListField(child=serializers.CharField(), default=list)
    rows = serializers.IntegerField(default=0, help_text="About so many, before the check.")


class ImportColumnSerializer(serializers.Serializer[Any]):
    header = serializers.CharField()
    field = serializers.CharField(
        allow_null=True, help_text='"" leaves the column out, null keeps it under its own name.'
    )
    samples = serializers.ListField(child=serializers.CharField())
    suggested = serializers.CharField(allow_null=True)


class ImportCountsSerializer(serializers.Serializer[Any]):
    """Records by what is to become of them, and problems."""

    created = serializers.IntegerField(default=0)
    changed = serializers.IntegerField(default=0)
    unchanged = serializers.IntegerField(default=0)
    missing = serializers.IntegerField(default=0)
    removed = serializers.IntegerField(default=0)
    skipped = serializers.IntegerField(default=0)
    problem = serializers.IntegerField(default=0)
    issues = serializers.IntegerField(default=0)


class ImportSummarySerializer(serializers.ModelSerializer[ImportRun]):
    """An import in a list."""

    collection = serializers.CharField(source="collection.slug")
    collection_name = serializers.CharField(source="collection.name")
    counts = ImportCountsSerializer()
    created_by = serializers.CharField(source="created_by.username", default="")

    class Meta:
        model = ImportRun
        fields = [
            "id", "state", "action", "collection", "collection_name", "table_name", "counts",
            "created_by", "started_at", "finished_at", "undone_at",
        ]  # fmt: skip
        read_only_fields = fields


class ImportDetailSerializer(ImportSummarySerializer):
    """An import with all that its page shows."""

    image_source = serializers.SerializerMethodField()
    reading = TableReadingSerializer()
    columns = serializers.SerializerMethodField()
    fields_ = serializers.SerializerMethodField(method_name="get_known_fields")
    job = JobSerializer(allow_null=True)
    undoable = serializers.SerializerMethodField(help_text="Whether it can be asked for; see `undo/`.")
    archives = serializers.SerializerMethodField(help_text="Names of the ZIPs that were sent.")
    message_said = SaidField()
    retryable_images = serializers.SerializerMethodField(help_text="Pictures to ask again for.")

    class Meta(ImportSummarySerializer.Meta):
        fields = [
            *ImportSummarySerializer.Meta.fields,
            "image_source", "archives", "reading", "columns", "fields_", "job", "undoable",
            "retryable_images", "message", "message_said",
        ]  # fmt: skip
        read_only_fields = fields

    def get_fields(self) -> dict[str, Any]:
        """`fields` is a name that serializers have for themselves."""
        found = super().get_fields()
        return {name.removesuffix("_"): field for name, field in found.items()}

    @extend_schema_field(ImageSourceSerializer)
    def get_image_source(self, run: ImportRun) -> dict[str, Any]:
        return {"kind": "none"} | {
            name: value for name, value in run.image_source.items() if name in ImageSourceSerializer().fields
        }

    @extend_schema_field(ImportColumnSerializer(many=True))
    def get_columns(self, run: ImportRun) -> list[dict[str, Any]]:
        return columns_of(run)

    def get_known_fields(self, run: ImportRun) -> list[str]:
        return list(FIELDS)

    def get_archives(self, run: ImportRun) -> list[str]:
        return [file.name for file in archive_files(run)]

    def get_retryable_images(self, run: ImportRun) -> int:
        return to_fetch_again(run).count()

    def get_undoable(self, run: ImportRun) -> bool:
        return may_be_undone(run)


class ImportRecordSerializer(serializers.ModelSerializer[ImportRecord]):
    """What an import means to do with one record."""

    title = serializers.SerializerMethodField()
    difference = serializers.DictField(
        child=serializers.ListField(
            child=serializers.CharField(allow_blank=True), min_length=2, max_length=2
        ),
        help_text="Of what changes: field -> before and after, as a table has it.",
    )

    class Meta:
        model = ImportRecord
        fields = ["position", "record_id", "outcome", "title", "print_id", "difference", "applied"]
        read_only_fields = fields

    def get_title(self, record: ImportRecord) -> str:
        return str(record.record.get("title", ""))


class ImportRecordQuerySerializer(serializers.Serializer[Any]):
    outcome = serializers.ChoiceField(choices=ImportRecord.Outcome.choices, required=False)
    q = serializers.CharField(required=False, max_length=200, help_text="A part of the record id.")


class ImportIssueSaidSerializer(serializers.Serializer[Any]):
    reason = SaidField()
    accepted = SaidField()


class ImportIssueSerializer(serializers.ModelSerializer[ImportIssue]):
    """A problem: where, what stands there, why it is one, and what would be accepted."""

    said = ImportIssueSaidSerializer(
        read_only=True, help_text="How a page finds `reason` and `accepted` in other languages."
    )

    class Meta:
        model = ImportIssue
        fields = [
            "file", "row", "column", "value", "code", "reason", "accepted", "said", "record_id",
            "left_out", "retryable",
        ]  # fmt: skip
        read_only_fields = fields


class ImportIssueQuerySerializer(serializers.Serializer[Any]):
    code = serializers.CharField(required=False, max_length=60)
    left_out = serializers.BooleanField(required=False, allow_null=True, default=None)


class ImportListQuerySerializer(serializers.Serializer[Any]):
    collection = serializers.SlugField(required=False, help_text="The slug of a collection.")
    state = serializers.ChoiceField(choices=ImportRun.State.choices, required=False)


class FileTypeSerializer(serializers.Serializer[Any]):
    as_ = serializers.ChoiceField(choices=("csv", "xlsx"), default="csv")

    def get_fields(self) -> dict[str, Any]:
        """`as` is a word of Python."""
        return {name.removesuffix("_"): field for name, field in super().get_fields().items()}
