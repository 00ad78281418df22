"""JSON sent compressed to who understands that: a hundred results are 94 KB, and so 10 KB."""

from typing import TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

READS = ("GET", "HEAD")
# A shorter answer fits a packet anyway.
SHORTEST = 1024

Answer = TypeVar("Answer", bound=HttpResponseBase)


def told_by_a_read(response: Answer) -> Answer:
    """The answer to a POST that only asks, with more than an address can hold."""
    response.is_read = True  # type: ignore[attr-defined]
    return response


class CompressionMiddleware(GZipMiddleware):
    """Of JSON that was read, and of nothing else.

    What is told once (a token, the key that deletes a kept search) is told by writes, and pages with a CSRF
    token are HTML: nobody finds out a secret by the size of an answer that repeats what was asked (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return super().process_response(request, response) if _worth_it(request, response) else response


def _worth_it(request: HttpRequest, response: HttpResponseBase) -> bool:
    if request.method not in READS and not getattr(response, "is_read", False):
        return False
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    is_json = kind == "application/json" or kind.endswith("+json")
    return is_json and not response.streaming and len(response.content) >= SHORTEST  # type: ignore[attr-defined]
