"""What the index is made from: vectors, the log of changes, published versions, unreadable pictures.

The database is the truth. Every index on disk or in memory is made from these rows and may be thrown away.
"""

from django.db import models


class Road(models.TextChoices):
    """The two ways to a print: what the whole picture looks like, and which small patches it has."""

    GLOBAL = "global"
    LOCAL = "local"


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


class WithoutPacked(models.Manager["LocalFeature"]):
    """Rows without their ten kilobytes: what a cascading deletion reads, of a whole collection at once."""

    def get_queryset(self) -> models.QuerySet["LocalFeature"]:
        return super().get_queryset().defer("packed")


class LocalFeature(models.Model):
    """The local features of one picture in the words of one codec; a picture with nothing to see has none of
    them, and a row all the same."""

    image = models.ForeignKey("catalog.PrintImage", on_delete=models.CASCADE, related_name="local_features")
    codec = models.CharField(max_length=120)
    image_sha256 = models.CharField(max_length=64, help_text="of the file the features were made from")
    count = models.PositiveIntegerField(help_text="features in packed")
    created_at = models.DateTimeField(auto_now_add=True)
    # The last: SQLite reads through all columns before the one it wants.
    packed = models.BinaryField(help_text="keypoints and codes, see search_model.local.packing")

    objects = models.Manager()
    without_packed = WithoutPacked()

    class Meta:
        base_manager_name = "without_packed"
        constraints = [models.UniqueConstraint(fields=["image", "codec"], name="one_local_feature_an_image")]
        indexes = [models.Index(fields=["codec", "image"], name="local_feature_by_codec")]

    def __str__(self) -> str:
        return f"{self.count} local features of image {self.image_id} under {self.codec}"


class FeatureProblem(models.Model):
    """Why a picture has no vector, or no local features; the next extraction tries again."""

    image = models.ForeignKey("catalog.PrintImage", on_delete=models.CASCADE, related_name="feature_problems")
    descriptor = models.CharField(max_length=120, help_text="or the codec of local features")
    code = models.CharField(max_length=60)
    reason = models.TextField()
    # Its name and values, for other languages; see core.sentences.
    reason_said = models.JSONField(default=dict)
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
    road = models.CharField(max_length=10, choices=Road.choices, default=Road.GLOBAL)
    descriptor = models.CharField(max_length=120, help_text="or the codec of local features")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        # Each road's readers look at their own lines only, however many the other has had since.
        indexes = [models.Index(fields=["road", "id"], name="change_by_road")]

    def __str__(self) -> str:
        return f"change {self.pk}: image {self.image_id} {self.kind}"


class KnnModel(models.Model):
    """A published version of the index of one road: what it holds and up to which change."""

    version = models.CharField(max_length=80, unique=True)
    road = models.CharField(max_length=10, choices=Road.choices, default=Road.GLOBAL)
    descriptor = models.CharField(max_length=120, help_text="or the codec of local features")
    last_change = models.BigIntegerField(help_text="id of the last IndexChange the version contains")
    published_change = models.BigIntegerField(help_text="id of the IndexChange that announced the version")
    count = models.PositiveIntegerField(help_text="images")
    active = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["road"], condition=models.Q(active=True), name="one_active_model_a_road"
            ),
        ]

    def __str__(self) -> str:
        return self.version


class KeptDescriptor(models.Model):
    """A descriptor besides the one in force of which every picture gets a vector, so that it can be switched
    to at any moment."""

    class Role(models.TextChoices):
        """PREPARED to be switched to; PREVIOUS was in force before the last switch, for the way back."""

        PREPARED = "prepared"
        PREVIOUS = "previous"

    descriptor = models.CharField(max_length=120, unique=True)
    role = models.CharField(max_length=10, choices=Role.choices, unique=True)
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.descriptor} ({self.role})"


class RemovedFeature(models.Model):
    """What was made of a picture that is gone or has other bytes now, kept for the day it comes back.

    `image_id` is no foreign key: it outlives the image. See `indexing.keeping`.
    """

    image_id = models.BigIntegerField()
    road = models.CharField(max_length=10, choices=Road.choices)
    descriptor = models.CharField(max_length=120, help_text="or the codec of local features")
    image_sha256 = models.CharField(max_length=64, help_text="of the file it was made from")
    feature_id = models.BigIntegerField(help_text="the id of its row, which it gets back")
    made_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0, help_text="local features in content")
    # The last, as in LocalFeature.
    content = models.BinaryField(help_text="the vector, or the packed local features")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image_id", "road", "descriptor", "image_sha256"], name="one_removed_feature"
            )
        ]

    def __str__(self) -> str:
        return f"feature of image {self.image_id} under {self.descriptor}, removed"
