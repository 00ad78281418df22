"""Every address Recto answers."""

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from accounts.operators import for_operators
from config import readiness
from core import health, institution_views, metrics, page

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
# (OPTIONS of this view would be rendered by a template that it has none of.)
API_DOCS = {
    "url_name": "schema",
    "template_name": "core/api_docs.html",
    "http_method_names": ("get", "head"),
}
urlpatterns = [
    path("api/v1/", include(api)),
    path("api/schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    # The split view has its script in a file of its own, and our template its styles, as our content security
    # policy demands.
    path("api/docs/", SpectacularSwaggerSplitView.as_view(**API_DOCS), name="docs"),
    path("media/institution", institution_views.logo),
    path("manifest.webmanifest", institution_views.web_manifest),
    path("media/", include("catalog.media_urls")),
    path("iiif/", include("catalog.iiif.urls")),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("metrics", for_operators(metrics.metrics)),
    path("admin/", admin.site.urls),
    path("share", institution_views.share),
    re_path(r"^embed/?$", page.embed, name="embed"),
    re_path(r"^(?!(?:api|media|iiif|static|assets|admin|health|metrics)(?:/|$))", page.page, name="page"),
]
handler400 = "core.api_errors.bad_request"
handler403 = "core.api_errors.permission_denied"
handler404 = "core.api_errors.page_not_found"
handler500 = "core.api_errors.server_error"
