"""What a search leaves behind: nothing of the visitors' unless they want it kept, and how well it finds."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

ID_BYTES = 16  # 128 bits: who knows the id has been given it


def new_kept_id() -> str:
    return secrets.token_urlsafe(ID_BYTES)


class KeptSearches(models.Manager["KeptSearch"]):
    def alive(self, now: datetime | None = None) -> "QuerySet[KeptSearch]":
        """Those whose time is not over; the others are gone, though the purge may not have come yet."""
        return self.filter(expires_at__gt=now or timezone.now())


class KeptSearch(models.Model):
    """What was searched with, and how; never what was found: that is looked up anew for whoever asks.

    The photograph is in processed/kept, see `search.kept_pictures`. A picture of the catalogue and an example
    are named only, and shown to those who may see them.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo"
        IMAGE = "image"
        EXAMPLE = "example"

    id = models.CharField(primary_key=True, max_length=22, default=new_kept_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # No foreign keys: what is named may go, and come back with an undone deletion.
    image = models.BigIntegerField(null=True, blank=True)
    example = models.CharField(max_length=100, blank=True, default="")
    framing = models.JSONField(default=dict, blank=True)
    filters = models.JSONField(default=dict, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    # Of whoever was not signed in, for the limit; with the server's secret, so that it cannot be tried out.
    address_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    key_digest = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()

    objects = KeptSearches()

    class Meta:
        verbose_name = "kept search"
        verbose_name_plural = "kept searches"
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["expires_at"], name="kept_by_expiry"),
            models.Index(fields=["address_digest"], name="kept_by_address"),
        ]

    def __str__(self) -> str:
        # (Who knows the whole id may see the photograph; this is written into the audit trail.)
        return f"{self.id[:6]}…"


class Evaluation(models.Model):
    """The figures of one evaluation of one published version.

    Versions are named, not referred to: they are pruned when newer ones are published, and their figures are
    what newer ones are compared with.
    """

    version = models.CharField(max_length=80, help_text="of the global road's KNN model")
    descriptor = models.CharField(max_length=120)
    local_version = models.CharField(max_length=80, blank=True, default="", help_text="of the local road's")
    codec = models.CharField(max_length=120, blank=True, default="")
    collection = models.CharField(
        max_length=100, blank=True, default="", help_text="slug; empty: every print"
    )
    prints = models.PositiveIntegerField(help_text="in the index")
    seed = models.PositiveIntegerField()
    figures = models.JSONField(help_text="see search_model.evaluation.summary")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["version"], name="evaluation_by_version")]

    def __str__(self) -> str:
        return f"evaluation {self.pk} of {self.version} ({self.descriptor})"
