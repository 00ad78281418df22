"""What the page shows of the institution beside its name: the logo, and the manifest of the installed app."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from core.institution import LIGHT_PAPERS

PRODUCT = "Recto"
# A drawing that is opened by itself is a document: it may run nothing and ask for nothing.
LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"
ICONS = [
    {"src": "/icons/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
    {"src": "/icons/icon-192.png", "sizes": "192x192", "type": "image/png", "purpose": "any"},
    {"src": "/icons/icon-512.png", "sizes": "512x512", "type": "image/png", "purpose": "any"},
    {"src": "/icons/maskable-512.png", "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
]


@require_safe
def logo(request: HttpRequest) -> HttpResponseBase:
    """The picture that RECTO_INSTITUTION_LOGO names; its address changes with it."""
    found = settings.RECTO_INSTITUTION.logo
    if found is None:
        raise Http404
    headers = {
        "ETag": f'"{found.digest}"',
        "Cache-Control": "public, max-age=86400",
        "Content-Security-Policy": LOGO_POLICY,
    }
    response = HttpResponse(found.content, content_type=found.content_type, headers=headers)
    return get_conditional_response(request, etag=headers["ETag"], response=response) or response


@require_safe
def web_manifest(request: HttpRequest) -> HttpResponse:
    """What the device that Recto is installed on shows of it."""
    name = settings.RECTO_INSTITUTION.name
    manifest = {
        "id": "/",
        "name": f"{PRODUCT} · {name}" if name else PRODUCT,
        "short_name": PRODUCT,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": LIGHT_PAPERS[0],
        "theme_color": LIGHT_PAPERS[0],
        "icons": ICONS,
    }
    headers = {"Cache-Control": "no-cache"}
    return JsonResponse(manifest, content_type="application/manifest+json", headers=headers)
