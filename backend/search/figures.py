"""What /metrics says of searches, as this process answers them.

Each figure has the kind of the search: one that is `new`, one that was `kept` and is opened again, or the
prints that are `similar` to one. They need no extractor, and would make the others look faster than they are.
"""

from typing import Literal

from prometheus_client import Counter, Histogram
from rest_framework.response import Response

from core.metrics import REGISTRY
from search.answers import Answer

Kind = Literal["new", "kept", "similar"]

# Seconds: a lookup in the index takes one or two milliseconds, a busy extractor many seconds.
STAGE_SECONDS = Histogram(
    "recto_search_stage_seconds",
    "How long each stage of a search took; 'total' is the whole of it",
    ["kind", "stage"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0),
    registry=REGISTRY,
)
SEARCHES = Counter(
    "recto_searches", "Searches that were answered, by verdict", ["kind", "verdict"], registry=REGISTRY
)
REFUSALS = Counter(
    "recto_searches_refused",
    "Searches that were not answered, by the error's code",
    ["kind", "code"],
    registry=REGISTRY,
)


def count_search(answer: Answer, kind: Kind) -> None:
    """What was found, and how long its stages took. Without a verdict it could not be decided."""
    SEARCHES.labels(kind, answer.verdict or "undecided").inc()
    for stage, milliseconds in answer.timings_ms.items():
        STAGE_SECONDS.labels(kind, stage).observe(milliseconds / 1000)


def count_waiting(seconds: float, kind: Kind) -> None:
    """How long one waited for its turn, before its stages began."""
    STAGE_SECONDS.labels(kind, "waiting").observe(seconds)


def count_refusal(response: Response, kind: Kind) -> None:
    """By the code of the one error body: there are as many as the source names, whatever is sent."""
    REFUSALS.labels(kind, response.data["error"]["code"]).inc()
