"""What /metrics says of the extractor, as this process finds it."""

from prometheus_client import Counter, Histogram

from core.metrics import REGISTRY, SECONDS

EXTRACTOR_SECONDS = Histogram(
    "recto_extractor_seconds",
    "How long the extractor took to answer, by what it was asked",
    ["call"],
    buckets=SECONDS,
    registry=REGISTRY,
)
EXTRACTOR_FAILURES = Counter(
    "recto_extractor_failures",
    "What the extractor did not do: away, busy, or a picture that it refused",
    ["call"],
    registry=REGISTRY,
)
