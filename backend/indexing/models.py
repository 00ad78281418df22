"""What the index is made from: vectors, the log of changes, published versions, unreadable pictures.

The database is the truth. Every index on disk or in memory is made from these rows and may be thrown away.
"""

from django.db import models


class Feature(models.Model):
    """The vector of one picture under one descriptor, and the bytes of the picture it was made from."""

    image = models.ForeignKey("catalog.PrintImage", on_delete=models.CASCADE, related_name="features")
    descriptor = models.CharField(max_length=120)
    vector = models.BinaryField(help_text="float16, little endian, length 1 before rounding")
    image_sha256 = models.CharField(max_length=64, help_text="of the file the vector was made from")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "descriptor"], name="one_feature_an_image")]
        indexes = [models.Index(fields=["descriptor", "image"], name="feature_by_descriptor")]

    def __str__(self) -> str:
        return f"feature of image {self.image_id} under {self.descriptor}"


class FeatureProblem(models.Model):
    """A picture that has no vector, with the reason; tried again by the next extraction."""

    image = models.ForeignKey("catalog.PrintImage", on_delete=models.CASCADE, related_name="feature_problems")
    descriptor = models.CharField(max_length=120)
    code = models.CharField(max_length=60)
    reason = models.TextField()
    image_sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "descriptor"], name="one_problem_an_image")]

    def __str__(self) -> str:
        return f"image {self.image_id}: {self.reason}"


class IndexChange(models.Model):
    """One line of the log that every live index reads. `image_id` is no foreign key: it outlives the image.

    Ids rise in the order of commits (see `changes.append_changes`), so a reader never has to look back.
    """

    class Kind(models.TextChoices):
        """What happened to the image; PUBLISHED tells the readers that a new version can be loaded."""

        ADDED = "added"
        REMOVED = "removed"
        PUBLISHED = "published"

    image_id = models.BigIntegerField(null=True)
    descriptor = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"change {self.pk}: image {self.image_id} {self.kind}"


class KnnModel(models.Model):
    """A published version of the index: which vectors it holds and up to which change."""

    version = models.CharField(max_length=80, unique=True)
    descriptor = models.CharField(max_length=120)
    last_change = models.BigIntegerField(help_text="id of the last IndexChange the version contains")
    published_change = models.BigIntegerField(help_text="id of the IndexChange that announced the version")
    count = models.PositiveIntegerField(help_text="vectors")
    active = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["active"], condition=models.Q(active=True), name="one_active_model"
            ),
        ]

    def __str__(self) -> str:
        return self.version
