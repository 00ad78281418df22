"""The single page application: HTML for every address that the page itself routes (see core.page_files)."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.html import escape
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from core.errors import OperatorError
from core.page_files import page_file, with_its_house
from core.security_headers import embed_policy


@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """The build's HTML, which browsers must ask for again each time: it names the current version's files."""
    if "." in request.path.rsplit("/", 1)[-1]:
        # A file of the page that is not there (those that are, WhiteNoise has answered): not an address.
        raise Http404
    file = page_file(request, Path(settings.RECTO_PAGE_DIR))
    if not file.is_file():
        remedy = "Run `make run`, or `npm run build` in frontend/."
        raise OperatorError("page_missing", f"The page is not built. {remedy}")
    content = with_institution(file.read_bytes())
    etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    response = HttpResponse(
        content, headers={"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept-Language"}
    )
    return get_conditional_response(request, etag=etag, response=response) or response


def with_institution(html: bytes) -> bytes:
    """The page with the institution in its head: known before the first paint, so nothing moves later."""
    institution = settings.RECTO_INSTITUTION.told()
    if not any(institution.values()):
        return html
    meta = f'<meta name="recto:institution" content="{escape(json.dumps(institution))}" />'
    html = html.replace(b"</head>", f"{meta}\n  </head>".encode(), 1)
    html = with_its_house(html, institution["name"], institution["logo_url"])
    if not institution["name"]:
        return html
    title = f"<title>Recto · {escape(institution['name'])}</title>"
    return html.replace(b"<title>Recto</title>", title.encode(), 1)


@xframe_options_exempt
def embed(request: HttpRequest) -> HttpResponseBase:
    """The search box for other sites: the one page that may be framed, by sites that the operator names."""
    response = page(request)
    response.headers["Content-Security-Policy"] = embed_policy(settings.RECTO_EMBED_ORIGINS)
    return response
