"""Whether Recto lives, whether it can work, and a few figures for monitoring.

Apps register what they can say: `register_check` in their AppConfig.ready, `register_gauge` likewise.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.errors import RectoError
from core.models import Job

logger = logging.getLogger(__name__)
# Returns a sentence about what is well; raises RectoError with a sentence about what is not.
Check = Callable[[], str]
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})
Sample = tuple[dict[str, str], float]


@dataclass(frozen=True)
class Gauge:
    help: str
    samples: Callable[[], list[Sample]]


_checks: dict[str, Check] = {}
_gauges: dict[str, Gauge] = {}


def register_check(name: str, check: Check) -> None:
    """Make /health/ready ask `check`; it must answer within two seconds."""
    _checks[name] = check


def register_gauge(name: str, help: str, samples: Callable[[], list[Sample]]) -> None:
    """Make /metrics show `recto_<name>` with the samples (labels, value)."""
    _gauges[name] = Gauge(help, samples)


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when every check is well, else 503; the body says which is not, and why."""
    checks = {name: _result(name, check) for name, check in _checks.items()}
    well = all(check["ok"] for check in checks.values())
    body = {"status": "ok" if well else "unavailable", "checks": checks}
    return JsonResponse(body, status=200 if well else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The gauges in Prometheus's text format."""
    lines = [line for name, gauge in _gauges.items() for line in _gauge_lines(f"recto_{name}", gauge)]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; version=0.0.4; charset=utf-8")


def _result(name: str, check: Check) -> dict[str, object]:
    try:
        return {"ok": True, "message": check()}
    except RectoError as error:
        return {"ok": False, "message": error.message}
    except Exception:
        logger.exception("The check %r itself failed.", name)
        return {"ok": False, "message": "The check itself failed; the server's log says why."}


def _gauge_lines(name: str, gauge: Gauge) -> list[str]:
    samples = [f"{name}{_labels(labels)} {value:g}" for labels, value in gauge.samples()]
    return [f"# HELP {name} {gauge.help}", f"# TYPE {name} gauge", *samples]


def _labels(labels: dict[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{value.translate(_ESCAPES)}"' for name, value in labels.items()) + "}"


def database_answers() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return f"The database ({connection.vendor}) answers."


def jobs_by_state() -> list[Sample]:
    counts = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    return [({"state": state}, float(counts.get(state, 0))) for state in Job.State.values]


register_check("database", database_answers)
register_gauge("jobs", "Background jobs by state", jobs_by_state)
