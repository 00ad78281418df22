"""Pictures for the page: thumbnails and display copies, which browsers keep as long as they are the same.

Those that not everybody may see are kept by nobody: the next one at the same computer may be somebody else.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from catalog import derivatives, queries
from catalog.audience import audience_of
from catalog.derivatives import Derivative
from catalog.models import Collection, Print, PrintImage
from core.sending import file_response, kept_file_response

KINDS = {"thumbnail": derivatives.THUMBNAIL, "display": derivatives.DISPLAY}
FOREVER = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"
NEVER = "private, no-store"


@require_safe
def image(request: HttpRequest, image_id: int, kind: str) -> HttpResponseBase:
    found = queries.image(image_id, audience=audience_of(request))
    return _answer(request, derivatives.of_image(found, KINDS[kind]), kind, _keeping(request, found))


@require_safe
def example(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    found = queries.example(slug, audience=audience_of(request))
    public = found.collection is None or _is_for_all(found.collection)
    return _answer(request, derivatives.of_example(found, KINDS[kind]), kind, AN_HOUR if public else NEVER)


def _keeping(request: HttpRequest, image: PrintImage) -> str:
    """How long who may keep it."""
    if not is_public(image.print):
        return NEVER
    # Our own addresses carry the picture's version: such an address never shows another picture.
    return FOREVER if request.GET.get("v") == image.version else AN_HOUR


def is_public(record: Print) -> bool:
    """Whether everybody may see the print, and so anybody may keep its pictures."""
    return not record.hidden and _is_for_all(record.collection)


def _is_for_all(collection: Collection) -> bool:
    return collection.visibility == Collection.Visibility.PUBLIC


def _answer(request: HttpRequest, derivative: Derivative, kind: str, cache_control: str) -> HttpResponseBase:
    response = get_conditional_response(request, etag=derivative.etag)
    if response is None:
        # A page shows dozens of thumbnails, and every visitor the same ones.
        wanted_by_all = kind == "thumbnail" and cache_control != NEVER
        send = kept_file_response if wanted_by_all else file_response
        response = send(derivative.path, "image/webp")
    response.headers["ETag"] = derivative.etag
    response.headers["Cache-Control"] = cache_control
    return response
