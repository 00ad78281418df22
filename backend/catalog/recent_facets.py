"""The facets as they were counted a moment ago, if nothing has been changed since.

Nothing else that a visitor looks at is counted over all prints (at 20,000 they take 160 ms of a processor),
and everybody begins with the same ones.
"""

import hashlib
from time import monotonic
from typing import Any

from django.core.cache import cache
from django.db.models import Max

from catalog.audience import Audience
from catalog.facets import facets
from catalog.filters import PrintFilters
from catalog.models import Collection, Revision

# What is changed without a revision, such as the name of a technique, is seen after so many seconds.
SECONDS = 10


def recent_facets(filters: PrintFilters, *, audience: Audience) -> dict[str, Any]:
    """As `catalog.facets.facets`; 2 queries where they are known."""
    key = _key(filters, audience)
    kept: tuple[float, dict[str, Any]] | None = cache.get(key)
    # (The cache itself goes by a clock that can be set back by days.)
    if kept is not None and monotonic() - kept[0] < SECONDS:
        return kept[1]
    counted_at, found = monotonic(), facets(filters, audience=audience)
    cache.set(key, (counted_at, found), SECONDS)
    return found


def _key(filters: PrintFilters, audience: Audience) -> str:
    """Other after each change of a record; short and of letters, whatever was asked for."""
    last = Revision.objects.aggregate(Max("pk"))["pk__max"]
    collections = sorted(Collection.objects.values_list("pk", "slug", "name"))
    seen = [None if ids is None else sorted(ids) for ids in (audience.visible, audience.curated)]
    said = repr((filters, seen, audience.nothing_hidden, collections, last))
    return f"facets-{hashlib.sha256(said.encode()).hexdigest()}"
