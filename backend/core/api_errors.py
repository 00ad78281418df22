"""The one error body, for whatever went wrong."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from rest_framework.response import Response

from core.errors import RectoError


def error_body(code: str, message: str, fields: dict[str, list[str]] | None = None) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, "fields": fields or {}}}


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, RectoError):
        return Response(error_body(error.code, error.message, error.fields), status=error.status)
    return None


def csrf_failure(request: HttpRequest, reason: str = "") -> JsonResponse:
    return JsonResponse(error_body("csrf_failed", "Reload the page and try again."), status=403)
