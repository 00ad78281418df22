"""Headers that keep a page of Recto from loading, or being loaded by, anything foreign."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase

DIRECTIVES = {
    "default-src": "'self'",
    "script-src": "'self'",
    # No 'unsafe-inline': Vuetify's theme is a style sheet object (frontend/src/plugins/themeSheet.ts).
    "style-src": "'self'",
    # data: and blob: are the visitor's own photograph before it is sent.
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
PERMISSIONS_POLICY = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"

# Pictures and the search box may stand in the pages of other sites.
SHOWN_ELSEWHERE = ("/iiif/", "/media/", "/embed")


def policy(**changed: str) -> str:
    """The policy with some directives changed, named with _ for -."""
    others = {name.replace("_", "-"): value for name, value in changed.items()}
    return "; ".join(f"{name} {value}" for name, value in {**DIRECTIVES, **others}.items())


CONTENT_SECURITY_POLICY = policy()


def embed_policy(origins: Sequence[str]) -> str:
    """Of the one page that those origins may show in a frame."""
    return policy(frame_ancestors=" ".join(origins)) if origins else CONTENT_SECURITY_POLICY


class SecurityHeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        shown = "cross-origin" if request.path.startswith(SHOWN_ELSEWHERE) else "same-origin"
        response.headers.setdefault("Cross-Origin-Resource-Policy", shown)
        return response
