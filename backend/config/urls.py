"""Every address Recto answers."""

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from accounts.operators import for_operators
from config import readiness
from core import health, page

readiness.register()

api = [
    path("", include("catalog.urls")),
    path("", include("accounts.urls")),
    path("", include("search.urls")),
    path("", include("duplicates.urls")),
    path("", include("indexing.urls")),
    path("", include("imports.urls")),
    path("", include("imports.editing_urls")),
]
urlpatterns = [
    path("api/v1/", include(api)),
    path("api/schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    # The split view has its script in a file of its own, as our content security policy demands.
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    path("media/", include("catalog.media_urls")),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("metrics", for_operators(health.metrics)),
    path("admin/", admin.site.urls),
    re_path(r"^(?!(?:api|media|static|assets|admin|health|metrics)(?:/|$))", page.page, name="page"),
]
handler400 = "core.api_errors.bad_request"
handler403 = "core.api_errors.permission_denied"
handler404 = "core.api_errors.page_not_found"
handler500 = "core.api_errors.server_error"
