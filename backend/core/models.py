"""The Job row: the truth about one piece of background work."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Job(models.Model):
    """One piece of background work. The broker only carries its id; `core.jobs` alone changes a row."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    params = models.JSONField(default=dict, blank=True)
    # Filled for a job of which one may wait and one may run at any time; else empty.
    unique_key = models.CharField(max_length=64, blank=True, default="", editable=False)
    checkpoint = models.JSONField(default=dict, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # Of what `done` counts, a second; measured over the last moments, 0 while it is not known.
    rate = models.FloatField(default=0.0, editable=False)
    message = models.TextField(blank=True, default="")
    # How a page finds the message in its own languages; see core.sentences. Means nothing without a message.
    message_said = models.JSONField(default=dict, blank=True, editable=False)
    # What it could not do and has written down elsewhere, with the reasons.
    left_out = models.PositiveIntegerField(default=0)
    # What it found out, of a job that is asked for that.
    result = models.JSONField(default=dict, blank=True)
    last_error = models.TextField(blank=True, default="")
    error_said = models.JSONField(default=dict, blank=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Whose curators may see it besides who asked for it; by name, for core knows nothing of the catalogue.
    collection = models.ForeignKey(
        "catalog.Collection", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Of the request that asked for it, so that the lines of both can be found together.
    request_id = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False)
    # Who runs it (see core.worker_identity), empty while nobody does.
    worker = models.CharField(max_length=200, blank=True, default="", editable=False)
    heartbeat_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Attempts since the job last got further than ever before.
    attempts = models.PositiveIntegerField(default=0, editable=False)
    not_before = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "kind"], name="job_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["unique_key"], name="one_queued", condition=Q(state="queued") & ~Q(unique_key="")
            ),
            models.UniqueConstraint(
                fields=["unique_key"], name="one_running", condition=Q(state="running") & ~Q(unique_key="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk} ({self.state})"


class Pulse(models.Model):
    """When a process that nobody can ask last showed that it works: a worker, beat."""

    name = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField()
    resident_bytes = models.BigIntegerField(default=0)
