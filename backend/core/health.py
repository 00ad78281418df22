"""Whether Recto lives, and whether it can work."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import parts
from core.parts import Outcome


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when all that visitors need is well, else 503. The body names each part; why one is not well
    only to who asks from inside, for that speaks of machines and versions.
    """
    found = parts.outcomes()
    inside = "X-Forwarded-For" not in request.headers
    checks = {name: _told(outcome, inside=inside) for name, outcome in found.items()}
    status = _status(found)
    return JsonResponse({"status": status, "checks": checks}, status=503 if status == "unavailable" else 200)


def _status(found: dict[str, Outcome]) -> str:
    if any(outcome.needed and not outcome.ok for outcome in found.values()):
        return "unavailable"
    return "ok" if all(outcome.ok for outcome in found.values()) else "degraded"


def _told(outcome: Outcome, *, inside: bool) -> dict[str, object]:
    return {"ok": outcome.ok, "message": outcome.message} if inside else {"ok": outcome.ok}
