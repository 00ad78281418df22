"""Whole addresses in documents that leave the house: of RECTO_PUBLIC_URL, else of the request.

(A request for a host that is not in RECTO_ALLOWED_HOSTS is refused before anything is built from it.)
"""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def base_of(request: HttpRequest) -> str:
    """Scheme and host, without a slash at the end."""
    return settings.RECTO_PUBLIC_URL.rstrip("/") or f"{request.scheme}://{request.get_host()}"


def image_service(base: str, image_id: int) -> str:
    return base + reverse("iiif-image", kwargs={"image_id": image_id})


def manifest(base: str, print_id: int) -> str:
    return base + reverse("iiif-manifest", kwargs={"print_id": print_id})


def record_page(base: str, print_id: int) -> str:
    return f"{base}/prints/{print_id}"
