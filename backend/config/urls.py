"""Every address Recto answers."""

from django.contrib import admin
from django.urls import include, path

api = [
    path("", include("catalog.urls")),
    path("", include("search.urls")),
    path("", include("indexing.urls")),
    path("", include("imports.urls")),
]
urlpatterns = [
    path("api/v1/", include(api)),
    path("admin/", admin.site.urls),
]
