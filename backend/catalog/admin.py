"""The catalogue for the operator: to look things up, and to remove what must not be shown.

Deleting a print or a picture here takes it out of the index as well: indexing listens to its rows' deletion.
"""

from django.contrib import admin
from django.http import HttpRequest

from catalog.models import Collection, Example, Print, PrintImage


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


@admin.register(Collection)
class CollectionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("slug", "name", "visibility")
    list_filter = ("visibility",)


@admin.register(Example)
class ExampleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("slug", "title", "collection")
    list_select_related = ("collection",)
    raw_id_fields = ("print",)
