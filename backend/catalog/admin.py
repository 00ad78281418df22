"""The catalogue for the operator: to look things up, and to remove what must not be shown.

Deleting a print or a picture here takes it out of the index as well: indexing listens to its rows' deletion.
It is written into the record's history, by which the next loading of its folder knows that it stays away.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from catalog.history import Author, images_leave, recorded, remove_prints
from catalog.models import Collection, Example, Print, PrintImage, Revision
from catalog.services import delete_collection


class ImageInline(admin.TabularInline):  # type: ignore[type-arg]
    model = PrintImage
    extra = 0
    readonly_fields = ("path", "sha256", "width", "height", "format", "position")

    def has_add_permission(self, request: HttpRequest, obj: Print | None = None) -> bool:
        return False


@admin.register(Print)
class PrintAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("inventory_number", "record_id", "title", "date_text", "collection", "hidden")
    list_filter = ("collection", "hidden")
    list_select_related = ("collection",)
    search_fields = ("inventory_number", "record_id", "title")
    fields = ("collection", "record_id", "inventory_number", "title", "date_text", "record_url", "licence")
    readonly_fields = fields
    inlines = (ImageInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Print, form: Any, change: bool) -> None:
        """Nothing of the print itself is changed here: with it would go what others have saved meanwhile."""

    def delete_model(self, request: HttpRequest, obj: Print) -> None:
        self.delete_queryset(request, Print.objects.filter(pk=obj.pk))

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Print]) -> None:
        for collection in Collection.objects.filter(prints__in=queryset).distinct():
            ids = list(queryset.filter(collection=collection).values_list("pk", flat=True))
            with recorded(collection, ids, _author(request)):
                remove_prints(ids)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Of the pictures, which can be taken away here and nothing else."""
        leaving = [one.instance.pk for one in formset.deleted_forms]
        with recorded(form.instance.collection, [form.instance.pk], _author(request)):
            images_leave.send(PrintImage, image_ids=leaving)
            super().save_formset(request, form, formset, change)


def _author(request: HttpRequest) -> Author:
    assert isinstance(request.user, User)
    return Author(Revision.Origin.EDIT, user=request.user)


class _ComesFromAFolder(admin.ModelAdmin):  # type: ignore[type-arg]
    """What the next loading of its folder would bring back is not deleted, but said to be there."""

    def brought_back_by(self, obj: Any) -> str:
        """The file or folder, or "" """
        raise NotImplementedError

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, list[Any]]:
        objects, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return objects, counts, lacking, [*protected, *self.told_of(objs)]

    def told_of(self, objs: Any) -> list[str]:
        places = filter(None, map(self.brought_back_by, objs))
        return [f"{place}, which would bring it back at the next start: move it away" for place in places]


@admin.register(Collection)
class CollectionAdmin(_ComesFromAFolder):
    list_display = ("slug", "name", "visibility")
    list_filter = ("visibility",)

    def get_readonly_fields(self, request: HttpRequest, obj: Collection | None = None) -> tuple[str, ...]:
        """(By its slug a folder knows it: under another one all would be loaded once more, as public.)"""
        return ("slug",) if obj else ()

    def brought_back_by(self, obj: Collection) -> str:
        folders = (one for one in _folders_of_originals() if Collection.slug_of(one.name) == obj.slug)
        return next((f"the folder data/raw/{one.name}" for one in folders), "")

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, list[Any]]:
        """What goes is counted: a list of all rows of a large collection would fill the memory."""
        counts = {
            "prints": Print.objects.filter(collection__in=objs).count(),
            "images": PrintImage.objects.filter(print__collection__in=objs).count(),
        }
        return [str(one) for one in objs], counts, set(), self.told_of(objs)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Without the transaction that Django puts around: nobody else could write until all is deleted."""
        return self._delete_view(request, object_id, extra_context)  # type: ignore[attr-defined]

    def delete_model(self, request: HttpRequest, obj: Collection) -> None:
        delete_collection(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Collection]) -> None:
        for one in list(queryset):
            delete_collection(one)


def _folders_of_originals() -> Iterable[Path]:
    return sorted(folder.parent for folder in (Path(settings.RECTO_DATA_DIR) / "raw").glob("*/images"))


@admin.register(Example)
class ExampleAdmin(_ComesFromAFolder):
    """Its title and its print are those of the folder's table."""

    list_display = ("slug", "title", "collection")
    list_select_related = ("collection",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Example | None = None) -> bool:
        return False

    def brought_back_by(self, obj: Example) -> str:
        return f"the file {obj.path}" if (Path(settings.RECTO_DATA_DIR) / obj.path).is_file() else ""
