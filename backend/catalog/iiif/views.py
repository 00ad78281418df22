"""IIIF over HTTP: the image service of each picture and the manifest of each print.

Shown to whom the page shows them. Pages of other houses may read what is public (CORS), and nothing else.
"""

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from catalog import queries
from catalog.audience import audience_of
from catalog.iiif import addresses, drawing, image_service, manifests
from catalog.iiif.image_requests import FORMATS, Drawing, read_drawing
from catalog.iiif.pyramids import RECIPE, pyramid_of, tiles_busy
from catalog.media_views import AN_HOUR, NEVER, is_public
from catalog.models import PrintImage
from core.sending import file_response

LD_JSON = "application/ld+json"


@require_safe
def image_base(request: HttpRequest, image_id: int) -> HttpResponseBase:
    """The address that names the picture leads to what is said of it (Image API 3, section 2)."""
    found = queries.image(image_id, audience=audience_of(request))
    response = HttpResponseRedirect(f"{_address(request, found)}/info.json")
    response.status_code = 303
    return _for(response, public=is_public(found.print))


@require_safe
def image_info(request: HttpRequest, image_id: int) -> HttpResponseBase:
    found = queries.image(image_id, audience=audience_of(request))
    document = image_service.info_of(_address(request, found), width=found.width, height=found.height)
    response = _json(request, document, context=image_service.CONTEXT)
    response.headers["Link"] = _profile_link()
    return _for(response, public=is_public(found.print))


@require_safe
def image(request: HttpRequest, image_id: int, **asked: str) -> HttpResponseBase:
    found = queries.image(image_id, audience=audience_of(request))
    wanted = read_drawing((found.width, found.height), **asked)
    canonical = wanted.canonical((found.width, found.height))
    tag = hashlib.sha256(f"{found.sha256}:{RECIPE}:{canonical}".encode()).hexdigest()[:24]
    response = get_conditional_response(request, etag=f'"{tag}"')
    if response is None:
        response = _drawn(found, wanted)
    response.headers["ETag"] = f'"{tag}"'
    response.headers["Link"] = f'{_profile_link()}, <{_address(request, found)}/{canonical}>;rel="canonical"'
    return _for(response, public=is_public(found.print))


@require_safe
def manifest(request: HttpRequest, print_id: int) -> HttpResponseBase:
    record = queries.print_record(print_id, audience=audience_of(request))
    document = manifests.manifest_of(record, base=addresses.base_of(request))
    return _for(_json(request, document, context=manifests.CONTEXT), public=is_public(record))


def _address(request: HttpRequest, found: PrintImage) -> str:
    return addresses.image_service(addresses.base_of(request), found.pk)


def _drawn(found: PrintImage, wanted: Drawing) -> HttpResponse:
    content_type = FORMATS[wanted.format]
    try:
        pyramid = pyramid_of(found)
        tile = drawing.whole_tile(pyramid, wanted)
        if tile is not None:
            return file_response(tile, content_type)
        return HttpResponse(drawing.draw(pyramid, wanted), content_type=content_type)
    except FileNotFoundError as error:
        raise tiles_busy() from error


def _profile_link() -> str:
    return f'<http://iiif.io/api/image/3/{image_service.PROFILE}.json>;rel="profile"'


def _json(request: HttpRequest, document: dict[str, Any], *, context: str) -> HttpResponse:
    """Plain JSON for whoever asks for that alone, as browsers do; else JSON-LD by its profile."""
    accepted = request.headers.get("Accept", "*/*")
    is_plain = LD_JSON not in accepted and ("application/json" in accepted or "text/html" in accepted)
    kind = "application/json" if is_plain else f'{LD_JSON};profile="{context}"'
    content = json.dumps(document, ensure_ascii=False).encode()
    response = HttpResponse(content, content_type=kind)
    patch_vary_headers(response, ["Accept"])
    return response


def _for(response: HttpResponseBase, *, public: bool) -> HttpResponseBase:
    response.headers["Cache-Control"] = AN_HOUR if public else NEVER
    if public:
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response
