"""What a search is asked for and what it answers with: plain values, no pixels and no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalog.audience import Audience
from catalog.found import FoundImage
from catalog.queries import PrintFilters
from search.matches import Sheet, ShownMatch


@dataclass(frozen=True)
class Wanted:
    """What the answer may contain: the filters, so many prints, and only what the audience may see."""

    filters: PrintFilters
    limit: int
    audience: Audience


@dataclass(frozen=True)
class Notice:
    """What was not done for this answer, so that it may be worse than usual: a code, and a sentence."""

    code: str
    message: str


@dataclass(frozen=True)
class Result:
    """One line of the answer: a print by its best image.

    `score` is the judge's, 0 to 1; `similarity` is the cosine to the query, None when it is not known.
    """

    rank: int
    score: float
    similarity: float | None
    verdict: str | None
    match: ShownMatch | None
    image: FoundImage


@dataclass(frozen=True)
class Kept:
    """A kept search as it is told: `delete_key` only to who has just kept it.

    `image_id` or `example` name what was searched with, where that is no photograph.
    """

    id: str
    expires_at: datetime
    delete_key: str | None
    may_delete: bool
    kind: str
    image_id: int | None
    example: str | None
    framing: Mapping[str, Any]
    filters: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a search found: `total` prints were left by the filters, `width` and `height` are the query's.

    `verdict` is that of the best result, `not_found` when there is none, None when it could not be decided.
    """

    descriptor: str | None
    index_version: str | None
    local_index_version: str | None
    verdict: str | None
    total: int
    width: int
    height: int
    sheet: Sheet | None
    results: Sequence[Result]
    notices: Sequence[Notice]
    timings_ms: dict[str, float]
    kept: Kept | None = None

    @property
    def id(self) -> str | None:
        return self.kept.id if self.kept else None
