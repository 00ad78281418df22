"""What a search leaves behind: nothing of the visitors', only how well it was measured to find."""

from django.db import models


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
