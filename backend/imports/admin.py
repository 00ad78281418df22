from django.contrib import admin
from django.http import HttpRequest

from imports.models import ImportIssue, ImportRun


class _ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """What happened cannot be edited."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(ImportRun)
class ImportRunAdmin(_ReadOnly):
    list_display = ["id", "collection", "folder", "state", "started_at", "finished_at"]
    list_filter = ["state", "collection"]


@admin.register(ImportIssue)
class ImportIssueAdmin(_ReadOnly):
    list_display = ["run", "file", "row", "column", "value", "code", "reason", "left_out"]
    list_filter = ["code", "left_out"]
    search_fields = ["file", "value", "reason"]
    list_select_related = ["run"]
