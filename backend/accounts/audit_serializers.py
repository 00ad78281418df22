"""The JSON of the audit trail."""

from typing import Any

from rest_framework import serializers

from accounts.models import AuditEntry
from catalog.serializers import NameField


class AuditQuerySerializer(serializers.Serializer[Any]):
    collection = NameField(required=False, default="", help_text="The slug of one collection.")


class AuditEntrySerializer(serializers.ModelSerializer[AuditEntry]):
    """One act. The context has `addresses`: whether to tell from where."""

    user = serializers.CharField(source="user_name", help_text="Empty for commands of the operator.")
    collection = serializers.CharField(source="collection.slug", default="", read_only=True)
    detail = serializers.DictField(child=serializers.JSONField())
    address = serializers.SerializerMethodField(help_text="For administrators; else empty.")

    class Meta:
        model = AuditEntry
        fields = ["id", "at", "user", "action", "collection", "target", "detail", "address"]
        read_only_fields = fields

    def get_address(self, entry: AuditEntry) -> str:
        return entry.address if self.context["addresses"] else ""
