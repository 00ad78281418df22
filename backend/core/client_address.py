"""Where a request comes from."""

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request


def client_address(request: HttpRequest | Request) -> str:
    """The address that the outermost of our own proxies saw (RECTO_PROXIES of them stand in front).

    What stands further left in X-Forwarded-For was written by the client, who may write what it likes.
    """
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    count = settings.RECTO_PROXIES
    address = seen[-count] if count and len(seen) >= count else request.META.get("REMOTE_ADDR", "")
    return str(address)[:45]
