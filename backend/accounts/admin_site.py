"""Django's admin for administrators alone, with everything they do there in the audit trail."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.db.models import Model
from django.http import HttpRequest

from core.client_address import client_address


class AdministratorsConfig(AdminConfig):
    """In the place of `django.contrib.admin` in INSTALLED_APPS."""

    default_site = "accounts.admin_site.AdministratorsSite"


class AdministratorsSite(admin.AdminSite):
    """Model permissions know no collections: whoever came in with some would see what is private."""

    site_header = site_title = "Recto"

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and request.user.is_superuser

    def register(self, model_or_iterable: Any, admin_class: type[Any] | None = None, **options: Any) -> None:
        given = admin_class or admin.ModelAdmin
        super().register(model_or_iterable, type(given.__name__, (Recorded, given), {}), **options)


class Recorded(admin.ModelAdmin):  # type: ignore[type-arg]
    """What Django notes in its own log stands in the audit trail, too."""

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        _record(request, "admin_added", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        _record(request, "admin_changed", obj, {"changes": message})
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Model]) -> Any:
        for obj in queryset:
            _record(request, "admin_deleted", obj)
        return super().log_deletions(request, queryset)  # type: ignore[arg-type]


def _record(request: HttpRequest, action: str, obj: Model, detail: dict[str, Any] | None = None) -> None:
    # (This module is read before there are models.)
    from accounts import audit  # noqa: PLC0415
    from catalog.models import Collection  # noqa: PLC0415

    collection = obj if isinstance(obj, Collection) else getattr(obj, "collection", None)
    target = f"{obj._meta.verbose_name}: {obj}"
    audit.record(request.user, action, collection, target, detail, address=client_address(request))
