"""The groups for a curator who works in the admin pages: look, accept, reject, take back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from catalog.audience import EVERYTHING
from core.errors import RectoError
from duplicates import services
from duplicates.models import Decision, ImageGroup
from duplicates.queries import group_list


@admin.register(ImageGroup)
class ImageGroupAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Groups of pictures that seem to show the same image, each with its pictures side by side."""

    list_display = ("id", "pictures", "state", "grown", "decided_by", "decided_at")
    list_filter = ("state",)
    list_per_page = 25
    fields = ("pictures", "state", "grown", "decided_by", "decided_at")
    readonly_fields = fields
    actions = ("accept", "reject", "reopen")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImageGroup]:
        return group_list(audience=EVERYTHING)

    @admin.display(description="pictures")
    def pictures(self, group: ImageGroup) -> SafeString:
        """Thumbnails with the numbers of their prints."""
        return format_html_join(" ", "{}", ((_thumbnail(member.image),) for member in group.members.all()))

    @admin.action(description="Accept: they show the same image", permissions=["change"])
    def accept(self, request: HttpRequest, groups: QuerySet[ImageGroup]) -> None:
        self._decide(request, groups, partial(services.accept_group, **_decider(request)))

    @admin.action(description="Reject: they do not", permissions=["change"])
    def reject(self, request: HttpRequest, groups: QuerySet[ImageGroup]) -> None:
        self._decide(request, groups, partial(services.reject_group, **_decider(request)))

    @admin.action(description="Take the decision back", permissions=["change"])
    def reopen(self, request: HttpRequest, groups: QuerySet[ImageGroup]) -> None:
        decided = groups.exclude(state=Decision.OPEN)
        self._decide(request, decided, partial(services.reopen_group, **_decider(request)))

    def _decide(
        self, request: HttpRequest, groups: QuerySet[ImageGroup], decide: Callable[[int], ImageGroup]
    ) -> None:
        for group in groups:
            try:
                decide(group.pk)
            except RectoError as error:
                messages.error(request, error.message)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ImageGroup | None = None) -> bool:
        return False


def _decider(request: HttpRequest) -> dict[str, Any]:
    """Only administrators come to these pages."""
    return {"user": request.user, "audience": EVERYTHING}


def _thumbnail(image: Any) -> SafeString:
    source = reverse("image-media", args=[image.pk, "thumbnail"])
    number = image.print.inventory_number or image.print.record_id
    return format_html('<img src="{}" alt="{}" title="{}" height="90">', source, number, number)
