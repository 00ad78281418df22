"""Pairs of pictures that show the same image, and the groups they form: copies, states, impressions.

Pairs are found by the machine and may be found again; what a curator decided stays with them.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Decision(models.TextChoices):
    """What a curator said; OPEN until then."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class ComparedImage(models.Model):
    """A picture that was compared with every other one of its time; compared again when its file changes."""

    image = models.OneToOneField("catalog.PrintImage", on_delete=models.CASCADE, related_name="+")
    codec = models.CharField(max_length=120)
    image_sha256 = models.CharField(max_length=64)
    compared_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"image {self.image_id} was compared"


class ImagePair(models.Model):
    """Two pictures that verified against each other; `first` has the smaller id."""

    first = models.ForeignKey("catalog.PrintImage", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("catalog.PrintImage", on_delete=models.CASCADE, related_name="+")
    inliers = models.PositiveIntegerField(help_text="matching points that one plane explains")
    coverage = models.FloatField(help_text="0 to 1: how much of what both show matches")
    mirrored = models.BooleanField(default=False, help_text="one shows the other as in a mirror")
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_pair_of_two_images"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"images {self.first_id} and {self.second_id}: {self.inliers} inliers"


class ImageGroup(models.Model):
    """Pictures that pairs link together, for review."""

    state = models.CharField(max_length=10, choices=Decision.choices, default=Decision.OPEN)
    images = models.ManyToManyField("catalog.PrintImage", through="GroupMember", related_name="+")
    grown = models.BooleanField(default=False, help_text="accepted before, and then another picture joined")
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["state"], name="group_by_state")]

    def __str__(self) -> str:
        return f"group {self.pk} ({self.state})"


class GroupMember(models.Model):
    """A picture in a group."""

    group = models.ForeignKey(ImageGroup, on_delete=models.CASCADE, related_name="members")
    image = models.ForeignKey("catalog.PrintImage", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "image"], name="one_membership")]

    def __str__(self) -> str:
        return f"image {self.image_id} in group {self.group_id}"


class KeptPair(models.Model):
    """A pair of which a picture is gone or has other bytes now, kept for the day that it comes back.

    Pictures are no foreign keys: it outlives them. See `duplicates.keeping`.
    """

    first_image = models.BigIntegerField()
    second_image = models.BigIntegerField(db_index=True)
    first_sha256 = models.CharField(max_length=64)
    second_sha256 = models.CharField(max_length=64)
    inliers = models.PositiveIntegerField()
    coverage = models.FloatField()
    mirrored = models.BooleanField()
    decision = models.CharField(max_length=10, choices=Decision.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first_image", "second_image", "first_sha256", "second_sha256"], name="one_kept_pair"
            )
        ]

    def __str__(self) -> str:
        return f"images {self.first_image} and {self.second_image}, kept ({self.decision})"


class KeptMember(models.Model):
    """A picture that is gone or has other bytes now, of a group that was in this state when it went."""

    group = models.ForeignKey(ImageGroup, on_delete=models.CASCADE, related_name="kept_members")
    image = models.BigIntegerField(db_index=True)
    image_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=Decision.choices)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "image", "image_sha256"], name="one_kept_member")
        ]

    def __str__(self) -> str:
        return f"image {self.image}, kept for group {self.group_id}"
