"""/metrics: figures of this process, and of the whole house from its database, in Prometheus's format.

The web process is one (serve/processes.py says why), so its counters are plain variables; more capacity is
another container, which monitoring reads as well. What workers do is in the database, and is told from there.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CollectorRegistry,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from core import parts
from core.database_errors import DATABASE_FAILED

logger = logging.getLogger(__name__)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Seconds, from a thumbnail to the longest search that may be.
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
Sample = tuple[dict[str, str], float]
Samples = Callable[[], list[Sample]]


@dataclass(frozen=True)
class Gauge:
    help: str
    samples: Samples


disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
REQUESTS = Histogram(
    "recto_request_seconds",
    "Requests and how long each took until its answer began, by route, method and class of status",
    ["route", "method", "status"],
    buckets=SECONDS,
    registry=REGISTRY,
)
_gauges: dict[str, Gauge] = {}


def gauge(name: str, help: str) -> Callable[[Samples], Samples]:
    """Make /metrics show `recto_<name>`: the samples (labels, value) that the function under it returns.

    They are asked for when somebody reads /metrics, and left out while the database does not answer.
    """

    def register(samples: Samples) -> Samples:
        _gauges[name] = Gauge(help, samples)
        return samples

    return register


def count_request(*, route: str, method: str, status: int, seconds: float) -> None:
    """Anybody may send any word for a method, so that only those that exist have figures of their own."""
    known = method if method in METHODS else "other"
    REQUESTS.labels(route, known, f"{status // 100}xx").observe(seconds)


class House(Collector):
    """What is well, and the registered gauges; those are left out while the database does not answer."""

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: the gauges are registered later, and cost queries."""
        return []

    def collect(self) -> Iterable[Metric]:
        started = perf_counter()
        outcomes = parts.outcomes()
        wells: list[Sample] = [({"part": name}, float(outcome.ok)) for name, outcome in outcomes.items()]
        yield _metric(
            "part_well", Gauge("Whether a part of Recto is well, as /health/ready says", lambda: wells)
        )
        if outcomes[parts.DATABASE].ok:
            yield from _from_database()
        seconds: list[Sample] = [({}, perf_counter() - started)]
        yield _metric(
            "metrics_seconds", Gauge("How long it took to put these figures together", lambda: seconds)
        )


def _from_database() -> Iterable[Metric]:
    for name, registered in _gauges.items():
        try:
            yield _metric(name, registered)
        except DATABASE_FAILED as error:
            logger.warning("The figure %r could not be read: %s", name, error)


def _metric(name: str, shown: Gauge) -> Metric:
    metric = Metric(f"recto_{name}", shown.help, "gauge")
    for labels, value in shown.samples():
        metric.add_sample(metric.name, labels, value)
    return metric


REGISTRY.register(House())


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures."""
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE)
