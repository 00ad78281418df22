"""The index for the operator to look at; jobs and commands change it, but for switching the descriptor."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from core.errors import RectoError
from indexing.models import FeatureProblem, KeptDescriptor, KnnModel, LocalFeature
from indexing.queries import model_states
from indexing.serializers import SUPERSEDED
from indexing.switching import activate_model, forget_descriptor


class LookedAt(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that jobs and commands write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def tell(self, request: HttpRequest, do: Callable[[], str]) -> None:
        """Do it and show what it says, or why it could not be done."""
        try:
            self.message_user(request, do(), messages.SUCCESS)
        except RectoError as error:
            self.message_user(request, error.message, messages.ERROR)


@admin.register(KnnModel)
class KnnModelAdmin(LookedAt):
    """Published versions; one that is prepared, or the previous one, can be put in force."""

    list_display = ("version", "road", "descriptor", "count", "state", "created_at")
    list_filter = ("road",)
    actions = ("activate",)

    @admin.display(description="state")
    def state(self, model: KnnModel) -> str:
        return model_states().get(model.pk, SUPERSEDED)

    @admin.action(description="Search with this version from now on")
    def activate(self, request: HttpRequest, chosen: QuerySet[KnnModel]) -> None:
        if len(chosen) != 1:
            self.message_user(request, "Choose one version.", messages.ERROR)
            return
        version = chosen[0].version
        self.tell(request, lambda: f"Searching with {activate_model(version=version).descriptor}.")

    def has_delete_permission(self, request: HttpRequest, obj: KnnModel | None = None) -> bool:
        return False


@admin.register(KeptDescriptor)
class KeptDescriptorAdmin(LookedAt):
    """Descriptors that every new picture gets a vector of, besides the one in force."""

    list_display = ("descriptor", "role", "since")
    actions = ("forget",)

    @admin.action(description="Forget: delete its vectors and versions")
    def forget(self, request: HttpRequest, chosen: QuerySet[KeptDescriptor]) -> None:
        def forgotten(name: str) -> str:
            return f"{forget_descriptor(descriptor=name)} vectors of {name} deleted."

        for name in chosen.values_list("descriptor", flat=True):
            self.tell(request, partial(forgotten, name))

    def has_delete_permission(self, request: HttpRequest, obj: KeptDescriptor | None = None) -> bool:
        return False


@admin.register(LocalFeature)
class LocalFeatureAdmin(LookedAt):
    """How many local features each picture has; one with few is hard to find in a photograph."""

    list_display = ("image", "count", "codec", "created_at")
    list_select_related = ("image",)
    exclude = ("packed",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LocalFeature]:
        return LocalFeature.without_packed.all()


@admin.register(FeatureProblem)
class FeatureProblemAdmin(LookedAt):
    """Pictures that are not searchable, and why. Deleting is allowed: else no such print could be deleted."""

    list_display = ("image", "code", "reason", "descriptor", "created_at")
    list_filter = ("code",)
    list_select_related = ("image",)
