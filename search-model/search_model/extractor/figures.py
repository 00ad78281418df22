"""What /metrics of the extractor says, in Prometheus's format: requests, and the calls of the network behind them."""

from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, disable_created_metrics

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
REQUEST_SECONDS = Histogram(
    "search_model_request_seconds",
    "Requests and how long each took, by route and class of status",
    ["route", "status"],
    buckets=SECONDS,
    registry=REGISTRY,
)
NETWORK_SECONDS = Histogram(
    "search_model_network_seconds",
    "How long each call of a network took",
    buckets=SECONDS,
    registry=REGISTRY,
)
BATCH_PICTURES = Histogram(
    "search_model_batch_pictures",
    "Pictures in each call of a network",
    buckets=(1, 2, 3, 4),
    registry=REGISTRY,
)
