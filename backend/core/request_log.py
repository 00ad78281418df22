"""Each request has an id, is counted, and leaves one line in the log."""

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.client_address import client_address
from core.log_format import FIELDS
from core.log_privacy import route_of, shortened
from core.metrics import count_request
from core.working_for import REQUEST_ID_HEADER, request_id_from, working_for

logger = logging.getLogger("recto.access")
_GIVEN_ID = f"HTTP_{REQUEST_ID_HEADER.upper().replace('-', '_')}"
# Machines ask for these every few seconds.
OF_MACHINES = frozenset({"health/live", "health/ready", "metrics"})


class RequestLogMiddleware:
    """The outermost: what it measures is the whole of the answer, and what it names is known everywhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = perf_counter()
        request_id = request_id_from(request.META.get(_GIVEN_ID, ""))
        with working_for(request_id=request_id):
            response = self.get_response(request)
            response.headers[REQUEST_ID_HEADER] = request_id
            _note(request, response, perf_counter() - started)
        return response


def _note(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    route, status = _route(request, response), response.status_code
    count_request(route=route, method=request.method or "", status=status, seconds=seconds)
    level = logging.DEBUG if route in OF_MACHINES else logging.INFO
    if settings.RECTO_ACCESS_LOG and logger.isEnabledFor(level):
        fields = _fields(request, response, route, seconds)
        logger.log(level, _sentence(fields), extra={FIELDS: fields})


def _route(request: HttpRequest, response: HttpResponseBase) -> str:
    """WhiteNoise answers for files before anybody looks for a route."""
    if request.resolver_match is None and response.status_code < 400:
        return "file"
    return route_of(request)


def _fields(request: HttpRequest, response: HttpResponseBase, route: str, seconds: float) -> dict[str, Any]:
    return {
        "method": request.method,
        "route": route,
        "status": response.status_code,
        "ms": round(1000 * seconds, 1),
        "bytes": _length(response),
        "address": shortened(client_address(request)),
    }


def _length(response: HttpResponseBase) -> int | None:
    """None for an answer whose length nobody knows before it was sent."""
    told = response.headers.get("Content-Length")
    if told is not None and told.isdigit():
        return int(told)
    return None if response.streaming else len(response.content)  # type: ignore[attr-defined]


def _sentence(fields: dict[str, Any]) -> str:
    return "{method} {route} {status} {ms} ms {bytes} bytes {address}".format(**fields)
