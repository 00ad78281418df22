"""The single page application: one HTML file for every address that the page itself routes."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from core.errors import OperatorError


@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """index.html, which browsers must ask for again each time: it names the current version's files."""
    if "." in request.path.rsplit("/", 1)[-1]:
        # A file of the page that is not there (those that are, WhiteNoise has answered): not an address.
        raise Http404
    index = Path(settings.RECTO_PAGE_DIR) / "index.html"
    if not index.is_file():
        remedy = "Run `make run`, or `npm run build` in frontend/."
        raise OperatorError("page_missing", f"The page is not built. {remedy}")
    content = index.read_bytes()
    etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    response = HttpResponse(content, headers={"ETag": etag, "Cache-Control": "no-cache"})
    return get_conditional_response(request, etag=etag, response=response) or response
