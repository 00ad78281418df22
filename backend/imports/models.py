"""What was loaded, when, and what was left out; and what is known of each file, so that it is read once."""

from django.db import models


class ImportRun(models.Model):
    """One loading of a folder. `counts` are those of `summary.LoadSummary`, by name."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    collection = models.ForeignKey("catalog.Collection", on_delete=models.CASCADE, related_name="import_runs")
    folder = models.CharField(max_length=1000)  # relative to RECTO_DATA_DIR
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    counts = models.JSONField(default=dict, blank=True)
    message = models.TextField(blank=True, default="")
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"load #{self.pk} of {self.folder} ({self.state})"


class ImportIssue(models.Model):
    """One finding of a run: file, row (as a spreadsheet counts), column, the value, and the reason."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="issues")
    file = models.CharField(max_length=1000)
    row = models.PositiveIntegerField(null=True, blank=True)
    column = models.CharField(max_length=200, blank=True, default="")
    value = models.CharField(max_length=200, blank=True, default="")
    code = models.CharField(max_length=60)
    reason = models.TextField()
    left_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["run", "code"], name="issue_by_code")]

    def __str__(self) -> str:
        place = f"{self.file}, row {self.row}" if self.row else self.file
        return f"{place}: {self.reason}"


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
