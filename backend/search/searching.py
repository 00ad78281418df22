"""One search: candidates by two roads, verified, judged together. It writes nothing and knows no HTTP."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from django.conf import settings
from search_model.local.calibration import Calibration
from search_model.local.fusion import Judged, fuse, overall_verdict

from catalog.queries import image_ids_for
from search.answers import Notice, Wanted
from search.global_road import Described, GlobalRoad
from search.ledger import Ledger, Sighting
from search.local_road import LocalRoad
from search.looks import Look
from search.queries import PrintsOfImages
from search.ranking import best_of_each_print
from search.stages import StageClock
from search.verifying import TimeLimit

VERIFIED = ("same_image", "shared_detail")
NEVER = 2.0  # above every cosine
# As many are looked at when fewer are wanted: the first ones are the same then.
LEAST_PRINTS = 25


@dataclass(frozen=True, eq=False)
class Found:
    """Prints by their best images, best first; where each was seen; what could not be done."""

    descriptor: str | None
    verdict: str | None
    judged: Sequence[Judged]
    sightings: dict[int, Sighting]
    notices: Sequence[Notice]


def find(
    looks: Sequence[Look],
    described: Callable[[], Described],
    wanted: Wanted,
    clock: StageClock,
    *,
    own_images: Collection[int] = (),
) -> Found:
    """Search with pictures of one thing. `described` waits for vectors; `own_images` are not to be found.

    When one of the roads is closed the other answers; when both are, what closed the global one is raised.
    """
    with clock.stage("knn"):
        allowed = image_ids_for(wanted.filters, audience=wanted.audience)
    ledger, limit = Ledger(), TimeLimit(settings.RECTO_VERIFY_MS)
    prints = max(wanted.limit, LEAST_PRINTS)
    by_details = LocalRoad(looks, ledger, clock, limit, allowed=allowed, without=own_images)
    known = PrintsOfImages()
    by_looks = GlobalRoad(described, ledger, clock, allowed=allowed, without=own_images, prints=known)
    by_details.take(images=2 * prints)
    neighbours = by_looks.take(prints=prints)
    if by_details.closed and by_looks.closed:
        raise by_looks.closed
    calibration = calibration_for(by_looks.descriptor)
    _look_again(by_details, neighbours, ledger, calibration)
    judged = _prints_judged(ledger, calibration, known, limit=wanted.limit)
    verdict = overall_verdict(judged)
    # Without details, or without the time to look at them, nothing can be shown not to be here.
    undecided = verdict == "not_found" and (by_details.closed is not None or limit.cut_short)
    return Found(
        descriptor=by_looks.descriptor,
        verdict=None if undecided else verdict,
        judged=judged,
        sightings=ledger.sightings,
        notices=_notices(by_details, by_looks, limit, verdict),
    )


def _look_again(
    by_details: LocalRoad, neighbours: Sequence[int], ledger: Ledger, calibration: Calibration
) -> None:
    """When no clear vote led to the same image, other candidates are tried, and then the mirror image."""
    if not _is_found(ledger, calibration):
        by_details.verify_more(neighbours)
    if not _is_found(ledger, calibration):
        by_details.look_in_mirror()


def _is_found(ledger: Ledger, calibration: Calibration) -> bool:
    verdict: str = overall_verdict(fuse(ledger.evidence(), calibration))
    return verdict == "same_image"


def _prints_judged(
    ledger: Ledger, calibration: Calibration, known: PrintsOfImages, *, limit: int
) -> list[Judged]:
    judged = fuse(ledger.evidence(), calibration)
    return best_of_each_print(judged, known.of(line.image_id for line in judged))[:limit]


def _notices(by_details: LocalRoad, by_looks: GlobalRoad, limit: TimeLimit, verdict: str) -> list[Notice]:
    notices = []
    if by_details.closed:
        notices.append(Notice("details_not_compared", by_details.closed))
    if by_looks.closed:
        notices.append(Notice("look_not_compared", by_looks.closed.message))
    if limit.cut_short and verdict != "same_image":
        notices.append(Notice("not_all_verified", "The server was too busy to verify every candidate."))
    return notices


def calibration_for(descriptor: str | None) -> Calibration:
    """The thresholds of the verdicts; by cosines without a measured threshold nothing is called similar."""
    shipped = _shipped()
    return shipped if descriptor == shipped.descriptor else replace(shipped, similar_cosine=NEVER)


@cache
def _shipped() -> Calibration:
    return Calibration.shipped()
