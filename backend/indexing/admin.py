"""The index for the operator to look at; jobs and commands change it."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from indexing.models import FeatureProblem, KnnModel, LocalFeature


@admin.register(KnnModel)
class KnnModelAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Published versions."""

    list_display = ("version", "road", "descriptor", "count", "active", "created_at")
    list_filter = ("road", "active")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: KnnModel | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: KnnModel | None = None) -> bool:
        return False


@admin.register(LocalFeature)
class LocalFeatureAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """How many local features each picture has; one with few is hard to find in a photograph."""

    list_display = ("image", "count", "codec", "created_at")
    list_select_related = ("image",)
    exclude = ("packed",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LocalFeature]:
        return LocalFeature.without_packed.all()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: LocalFeature | None = None) -> bool:
        return False


@admin.register(FeatureProblem)
class FeatureProblemAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Pictures that are not searchable, and why. Deleting is allowed: else no such print could be deleted."""

    list_display = ("image", "code", "reason", "descriptor", "created_at")
    list_filter = ("code",)
    list_select_related = ("image",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: FeatureProblem | None = None) -> bool:
        return False
