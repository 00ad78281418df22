"""What devices show of the institution: the logo, the installed app; and what is shared with that app."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
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

# Other apps share pictures with this address; the service worker takes them there, not the server. HEIC and
# AVIF are named because some telephones do not count them among the images.
SHARE_TARGET = {
    "action": "/share",
    "method": "POST",
    "enctype": "multipart/form-data",
    "params": {
        "files": [
            {
                "name": "pictures",
                "accept": ["image/*", "image/heic", "image/heif", "image/avif", ".heic", ".heif", ".avif"],
            }
        ]
    },
}


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
        "share_target": SHARE_TARGET,
    }
    headers = {"Cache-Control": "no-cache"}
    return JsonResponse(manifest, content_type="application/manifest+json", headers=headers)


@csrf_exempt
def share(request: HttpRequest) -> HttpResponse:
    """Where other apps share pictures with the installed page; its service worker takes them.

    Without one they come here, where nobody reads them: the start page says so, and asks for the picture.
    """
    address = "/?shared=none" if request.method == "POST" else "/"
    return HttpResponse(status=303, headers={"Location": address})
