"""What was loaded, when, and what was left out; and what is known of each file, so that it is read once.

A folder is loaded at once (`load_collection`): running, done or failed. A table that a curator brings goes
through uploaded, checking, checked (the preview), and then either abandoned, or running and done; and perhaps
undone.
"""

from django.conf import settings
from django.db import models


class ImportRun(models.Model):
    """One import. `counts` are by name: of `summary.LoadSummary` for a folder, of records for a table."""

    class State(models.TextChoices):
        UPLOADED = "uploaded"  # the columns can be mapped
        CHECKING = "checking"
        CHECKED = "checked"  # the preview can be looked at; nothing has changed yet
        ABANDONED = "abandoned"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        UNDOING = "undoing"
        UNDONE = "undone"

    class Action(models.TextChoices):
        LOAD = "load"  # a folder, by `load_collection`
        ADD_AND_UPDATE = "add_and_update"
        ADD = "add"
        UPDATE = "update"
        REPLACE = "replace"  # and records that the table does not name go
        DELETE = "delete"  # the records that the table names

    collection = models.ForeignKey("catalog.Collection", on_delete=models.CASCADE, related_name="import_runs")
    action = models.CharField(max_length=20, choices=Action.choices, default=Action.LOAD)
    folder = models.CharField(max_length=1000, blank=True, default="")  # relative to RECTO_DATA_DIR
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    counts = models.JSONField(default=dict, blank=True)
    message = models.TextField(blank=True, default="")
    # How a page finds the message in its own languages; see core.sentences. Means nothing without a message.
    message_said = models.JSONField(default=dict, blank=True, editable=False)
    # The table as it was brought: the name that it had, where it is kept, and how it was read.
    table_name = models.CharField(max_length=300, blank=True, default="")
    table_path = models.CharField(max_length=1000, blank=True, default="")  # relative to RECTO_DATA_DIR
    reading = models.JSONField(default=dict, blank=True)  # encoding, delimiter, sheet, header, rows
    mapping = models.JSONField(default=dict, blank=True)  # header -> field, "" for a column that is left out
    image_source = models.JSONField(default=dict, blank=True)  # kind and what it needs; see imports/sources
    # What undoing has to know besides the revisions, and how far it is; see imports/undoing. Of a folder:
    # up to where edits count no more; see imports/kept_edits.
    traces = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    job = models.ForeignKey("core.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"import #{self.pk} of {self.table_name or self.folder} ({self.state})"


class ImportIssue(models.Model):
    """One finding of a run: file, row (as a spreadsheet counts), column, the value, and the reason."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="issues")
    file = models.CharField(max_length=1000)
    row = models.PositiveIntegerField(null=True, blank=True)
    column = models.CharField(max_length=200, blank=True, default="")
    value = models.CharField(max_length=200, blank=True, default="")
    code = models.CharField(max_length=60)
    reason = models.TextField()
    accepted = models.TextField(blank=True, default="")  # what would have been taken instead
    # How a page finds `reason` and `accepted` in its own languages: by these names, see core.sentences.
    said = models.JSONField(default=dict, blank=True, editable=False)
    record_id = models.CharField(max_length=200, blank=True, default="")
    left_out = models.BooleanField(default=False)
    retryable = models.BooleanField(default=False)  # a picture that could not be fetched this time

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["run", "code"], name="issue_by_code")]

    def __str__(self) -> str:
        place = f"{self.file}, row {self.row}" if self.row else self.file
        return f"{place}: {self.reason}"


class ImportRecord(models.Model):
    """What an import means to do with one record, and whether it has."""

    class Outcome(models.TextChoices):
        CREATED = "created"
        CHANGED = "changed"
        UNCHANGED = "unchanged"
        REMOVED = "removed"
        MISSING = "missing"  # in the collection, not in the table, and left alone
        SKIPPED = "skipped"  # the action does not touch it
        PROBLEM = "problem"  # left out; see the issues

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="records")
    position = models.PositiveIntegerField()  # of its first row in the table, then of what is missing there
    record_id = models.CharField(max_length=200)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    record = models.JSONField(default=dict, blank=True)  # as `imports.staging` writes a Record
    difference = models.JSONField(default=dict, blank=True)  # field -> [before, after], for people
    print_id = models.PositiveBigIntegerField(null=True, blank=True)
    applied = models.BooleanField(default=False)

    class Meta:
        ordering = ["run", "position"]
        constraints = [models.UniqueConstraint(fields=["run", "record_id"], name="unique_import_record")]
        indexes = [models.Index(fields=["run", "outcome", "position"], name="record_by_outcome")]

    def __str__(self) -> str:
        return f"{self.record_id} ({self.outcome})"


class ColumnMapping(models.Model):
    """How the columns of a collection's tables were mapped last: header -> field."""

    collection = models.OneToOneField(
        "catalog.Collection", on_delete=models.CASCADE, related_name="column_mapping"
    )
    columns = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"columns of {self.collection_id}"


class CheckedFile(models.Model):
    """A picture file that was read and found whole; as long as size and time stay, it is not read again."""

    path = models.CharField(max_length=1000, unique=True)  # relative to RECTO_DATA_DIR
    size = models.BigIntegerField()  # bytes
    mtime_ns = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    format = models.CharField(max_length=10)
    look = models.BinaryField()  # see looks.look_of

    def __str__(self) -> str:
        return self.path


class ImportImage(models.Model):
    """A picture that a record of a run shall get: where it is, and what became of it; see imports/sources."""

    class State(models.TextChoices):
        WAITING = "waiting"
        READY = "ready"  # read through and found whole; `path` and what follows are filled
        ATTACHED = "attached"  # and the record has it
        FAILED = "failed"  # an issue says why
        LEFT_OUT = "left_out"  # a placeholder

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="images")
    record_id = models.CharField(max_length=200)
    position = models.PositiveIntegerField()  # among the pictures of the record
    location = models.TextField()  # a name below the folder, a name in the archive, or an address
    row = models.PositiveIntegerField(null=True, blank=True)  # of the table
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    retryable = models.BooleanField(default=False)  # it failed and may work later
    path = models.CharField(max_length=1000, blank=True, default="")  # relative to RECTO_DATA_DIR
    sha256 = models.CharField(max_length=64, blank=True, default="")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    format = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        ordering = ["run", "id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "record_id", "position"], name="unique_import_image")
        ]
        indexes = [
            models.Index(fields=["run", "state", "id"], name="image_by_state"),
            models.Index(fields=["path"], name="import_image_path"),
        ]

    def __str__(self) -> str:
        return f"{self.location} of {self.record_id} ({self.state})"


class FetchedFile(models.Model):
    """What a server said of a picture when it was fetched, so that it can be asked whether it has changed."""

    key = models.CharField(max_length=64, unique=True)  # the SHA-256 of the address, which may be very long
    url = models.TextField()
    etag = models.TextField(blank=True, default="")
    last_modified = models.CharField(max_length=100, blank=True, default="")
    path = models.CharField(max_length=1000)  # relative to RECTO_DATA_DIR; a CheckedFile has this path, too
    fetched_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.url
