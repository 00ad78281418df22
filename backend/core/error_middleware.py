"""The one error body for views that are not DRF's."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from core import api_errors
from core.errors import RectoError, UserError
from core.sentences import say


class ErrorBodyMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            return _not_allowed(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return api_errors.json_error(exception) if isinstance(exception, RectoError) else None


def _not_allowed(request: HttpRequest, response: HttpResponseNotAllowed) -> HttpResponse:
    allowed = response.headers["Allow"]
    error = UserError(
        "method_not_allowed",
        say("method_not_allowed", f"{request.method} is not possible here. Possible: {allowed}."),
    )
    error.status = 405
    answer = api_errors.json_error(error)
    answer.headers["Allow"] = allowed
    return answer
