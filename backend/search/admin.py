"""Kept searches for administrators: that they are there and for how long; neither pictures nor links."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from search.models import KeptSearch


@admin.register(KeptSearch)
class KeptSearchAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("__str__", "kind", "owner", "created_at", "expires_at")
    list_display_links = None  # the address of a row would be the whole id
    list_filter = ("kind",)
    list_select_related = ("owner",)
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
