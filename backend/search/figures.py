"""What /metrics says of searches, as this process answers them."""

from prometheus_client import Counter, Histogram
from rest_framework.response import Response

from core.metrics import REGISTRY

# Seconds: a lookup in the index takes one or two milliseconds, a busy extractor many seconds.
STAGE_SECONDS = Histogram(
    "recto_search_stage_seconds",
    "How long each stage of a search took; 'total' is the whole of it",
    ["stage"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0),
    registry=REGISTRY,
)
SEARCHES = Counter(
    "recto_searches", "Searches that were answered, by verdict", ["verdict"], registry=REGISTRY
)
REFUSALS = Counter(
    "recto_searches_refused",
    "Searches that were not answered, by the error's code",
    ["code"],
    registry=REGISTRY,
)


def count_search(verdict: str | None) -> None:
    """None is a search that could not be decided."""
    SEARCHES.labels(verdict or "undecided").inc()


def count_refusal(response: Response) -> None:
    """By the code of the one error body: there are as many as the source names, whatever is sent."""
    REFUSALS.labels(response.data["error"]["code"]).inc()
