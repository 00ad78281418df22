"""The one error body, for whatever went wrong: `{"error": {"code", "message", "fields", "said"}}`."""

import logging
import math
import sys
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from core.database_errors import DATABASE_AWAY
from core.disks import is_full, upload_not_kept
from core.errors import (
    Fields,
    Forbidden,
    NotFound,
    NotSignedIn,
    OperatorError,
    RectoError,
    TooLarge,
    TryAgain,
    UserError,
)
from core.sentences import Said, say

logger = logging.getLogger(__name__)
DRF_CODES = {
    400: "invalid",
    401: "not_authenticated",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    415: "unsupported_media_type",
    429: "too_many_requests",
}
UNEXPECTED = OperatorError(
    "internal_error", "Something went wrong on the server. The operator finds the cause in its log."
)


def error_body(error: RectoError) -> dict[str, Any]:
    return _body(error.code, error.message, error.fields, error.sentence.said)


def _body(code: str, message: str, fields: Fields, said: Said) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "fields": fields, "said": said}}


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook. None lets an unexpected exception go to Django, which logs it and calls `server_error`."""
    if isinstance(error, exceptions.APIException):
        set_rollback()
        return Response(_drf_body(error), status=error.status_code, headers=_drf_headers(error))
    known = as_recto_error(error)
    if known is None:
        return None
    set_rollback()
    if known.status >= 500:
        logger.warning("%s: %s", known.code, known.message)
    return Response(error_body(known), status=known.status, headers=_headers(known))


def as_recto_error(error: Exception) -> RectoError | None:
    """Our error for one of Django's, or None for one that nobody expected."""
    if isinstance(error, RectoError):
        return error
    if isinstance(error, Http404):
        return NotFound("not_found", "There is nothing at this address.")
    if isinstance(error, PermissionDenied):
        return Forbidden("not_allowed", "You may not do this. Sign in as a curator.")
    if isinstance(error, RequestDataTooBig):
        return TooLarge("request_too_large", "The request is too large. Send pictures as files of a form.")
    if isinstance(error, SuspiciousOperation):
        return UserError("bad_request", "The request cannot be read.")
    if isinstance(error, OSError) and is_full(error):
        return upload_not_kept()
    if isinstance(error, DATABASE_AWAY):
        logger.error("The database failed: %s", error)
        return TryAgain("database_busy", "The database is busy. Try again in a few seconds.", retry_after=5)
    return None


def json_error(error: RectoError) -> JsonResponse:
    return JsonResponse(error_body(error), status=error.status, headers=_headers(error))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return json_error(as_recto_error(exception) or UserError("bad_request", "The request cannot be read."))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return json_error(as_recto_error(exception) or UNEXPECTED)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return json_error(NotFound("not_found", say("not_found", f"There is nothing at {request.path}.")))


def server_error(request: HttpRequest) -> HttpResponse:
    """Also for what fails outside of a view: a session that cannot be read because the database is away."""
    error = sys.exc_info()[1]
    return json_error((isinstance(error, Exception) and as_recto_error(error)) or UNEXPECTED)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return json_error(Forbidden("csrf_failed", "Reload the page, then try again."))


def _drf_body(error: exceptions.APIException) -> dict[str, Any]:
    code = DRF_CODES.get(error.status_code, "error")
    if isinstance(error, exceptions.ParseError):
        code = "malformed_request"
    if isinstance(error, exceptions.NotAuthenticated):
        # Not `not_allowed`, although both are a 403: signing in helps, and the page leads there.
        code = DRF_CODES[401]
        return _body(code, "Sign in first: this is not for everybody.", {}, {"key": code, "params": {}})
    fields = _messages_by_field(error.detail)
    message = "; ".join(f"{name}: {' '.join(texts)}" for name, texts in fields.items()) or str(error.detail)
    if isinstance(error.detail, list):
        message = " ".join(str(text) for text in error.detail)
    # (What is wrong with a form Django says in the reader's language itself.)
    said = {} if isinstance(error, exceptions.ValidationError) else {"key": code, "params": {}}
    return _body(code, message, fields, said)


def _messages_by_field(detail: Any) -> Fields:
    """Flat: a nested field is named `outer.inner`."""
    if not isinstance(detail, dict):
        return {}
    fields: Fields = {}
    for name, value in detail.items():
        if isinstance(value, dict):
            fields |= {f"{name}.{inner}": texts for inner, texts in _messages_by_field(value).items()}
        else:
            fields[str(name)] = [str(text) for text in (value if isinstance(value, list) else [value])]
    return fields


def _drf_headers(error: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = str(getattr(error, "auth_header", ""))
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(math.ceil(getattr(error, "wait", 0)))
    return headers


def _headers(error: RectoError) -> dict[str, str]:
    if isinstance(error, NotSignedIn):
        return {"WWW-Authenticate": "Token"}
    return {"Retry-After": str(math.ceil(error.retry_after))} if isinstance(error, TryAgain) else {}
