"""Pictures for the page: thumbnails and display copies, which browsers keep as long as they are the same."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from catalog import derivatives, queries
from catalog.derivatives import Derivative

KINDS = {"thumbnail": derivatives.THUMBNAIL, "display": derivatives.DISPLAY}
FOREVER = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"


@require_safe
def image(request: HttpRequest, image_id: int, kind: str) -> HttpResponseBase:
    found = queries.image(image_id)
    derivative = derivatives.of_image(found, KINDS[kind])
    # Our own addresses carry the picture's version: such an address never shows another picture.
    versioned = request.GET.get("v") == found.version
    return _answer(request, derivative, FOREVER if versioned else AN_HOUR)


@require_safe
def example(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    derivative = derivatives.of_example(queries.example(slug), KINDS[kind])
    return _answer(request, derivative, AN_HOUR)


def _answer(request: HttpRequest, derivative: Derivative, cache_control: str) -> HttpResponseBase:
    response = get_conditional_response(request, etag=derivative.etag)
    if response is None:
        response = HttpResponse(derivative.path.read_bytes(), content_type="image/webp")
    response.headers["ETag"] = derivative.etag
    response.headers["Cache-Control"] = cache_control
    return response
