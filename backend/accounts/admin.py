"""Users with their roles, tokens, and the audit trail, for administrators."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from accounts.models import ApiToken, AuditEntry, Membership


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
    extra = 1


class UserWithRolesAdmin(UserAdmin):  # type: ignore[type-arg]
    """A user is an administrator (superuser and staff), or has a role in some collections."""

    list_display = ("username", "first_name", "last_name", "is_superuser", "is_active", "last_login")
    list_filter = ("is_superuser", "is_active", "memberships__collection")
    inlines = (MembershipInline,)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Administrator", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )


class MembershipAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("user", "collection", "role")
    list_filter = ("collection", "role")
    list_select_related = ("user", "collection")


class LookedAt(admin.ModelAdmin):  # type: ignore[type-arg]
    """What happened cannot be edited."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ApiTokenAdmin(LookedAt):
    """Tokens can be deleted here, not made: nobody but its user is to see one."""

    list_display = ("name", "user", "created_at", "expires_at", "last_used_at")
    list_filter = ("user",)


class AuditEntryAdmin(LookedAt):
    list_display = ("at", "user_name", "action", "collection", "target", "address")
    list_filter = ("action", "collection")
    search_fields = ("user_name", "target")
    list_select_related = ("collection",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


# Django's groups and permissions know no collections: roles are memberships.
admin.site.unregister([User, Group])
admin.site.register(User, UserWithRolesAdmin)
admin.site.register(Membership, MembershipAdmin)
admin.site.register(ApiToken, ApiTokenAdmin)
admin.site.register(AuditEntry, AuditEntryAdmin)
