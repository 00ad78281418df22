"""Members of collections, API tokens, failed sign-ins, and the audit trail. Users are Django's."""

from django.conf import settings
from django.db import models


class Membership(models.Model):
    """What one user may do with one collection. An administrator (`is_superuser`) needs none."""

    class Role(models.TextChoices):
        VIEWER = "viewer"
        CURATOR = "curator"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    collection = models.ForeignKey("catalog.Collection", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)

    class Meta:
        ordering = ["user__username", "id"]
        constraints = [models.UniqueConstraint(fields=["user", "collection"], name="one_role_of_a_user")]

    def __str__(self) -> str:
        return f"{self.role} of {self.collection}"


class ApiToken(models.Model):
    """Lets a program act as its user. Only the digest is kept: the text is shown once, when it is made."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class SignInAttempt(models.Model):
    """A sign-in that failed, or is being checked. Names are kept as digests: people type passwords there."""

    name_digest = models.CharField(max_length=64)
    address = models.CharField(max_length=45)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["name_digest", "at"], name="attempt_by_name"),
            models.Index(fields=["address", "at"], name="attempt_by_address"),
            models.Index(fields=["at"], name="attempt_by_time"),
        ]


class AuditEntry(models.Model):
    """Who did what, when and from where. Written by `accounts.audit.record` alone, never changed."""

    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(max_length=150, blank=True, default="")  # outlives the user
    action = models.CharField(max_length=60)
    collection = models.ForeignKey(
        "catalog.Collection", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    target = models.CharField(max_length=500, blank=True, default="")
    detail = models.JSONField(default=dict, blank=True)
    address = models.CharField(max_length=45, blank=True, default="")

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "audit entries"
        indexes = [models.Index(fields=["collection", "-id"], name="audit_by_collection")]

    def __str__(self) -> str:
        return f"{self.user_name} {self.action} {self.target}"
