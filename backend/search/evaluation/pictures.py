"""What went wrong, as pictures side by side: the query, what was answered first, and what was right."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

import cv2
import numpy as np
from search_model.evaluation.page import Case, Gallery, Picture
from search_model.evaluation.report import CALLED, SAYS
from search_model.evaluation.summary import FUSED, Outcome, worst

from catalog.images import Pixels
from core.errors import RectoError
from indexing.pictures import shrunk
from search.evaluation.queries import titles_of
from search.evaluation.running import jpeg, read_scan

SIDE = 340  # pixels
QUALITY = 72
MOST_CASES = 40
MISSED = "Prints that were not answered first"
MISSED_SAYS = "The query, what came first instead, and the print it was made of. Worst first."
ALARMS = "Called the same image, though the print is not in the collection"
ALARMS_SAYS = (
    "The print of the query was left out of the index. What was answered may be another impression or a copy "
    "of it: then the verdict is right, and the count of false alarms is too high. Look at each."
)
OTHERS = "Others called the same image"
OTHERS_SAYS = (
    "Beside the right print another one was called the same image. Two impressions of one plate, or two "
    "copies of one cut in the collection, make this right."
)
UNSURE = "Answered first, but called something else"
UNSURE_SAYS = "The right print came first without the verdict it should have had."
SAMPLES = "One query of each kind"
SAMPLES_SAYS = "So that you can judge whether your visitors' photographs are like these."


class Album:
    """Keeps the queries worth showing, small, while an evaluation runs."""

    def __init__(self) -> None:
        self._pictures: dict[int, bytes] = {}
        self._samples: dict[str, Outcome] = {}

    def note(self, outcome: Outcome, picture: bytes) -> None:
        """Keep the query's picture, a file, if it went wrong or is the first of its kind."""
        first = self._samples.setdefault(outcome.kind, outcome) is outcome
        if first or went_wrong(outcome):
            self._pictures[id(outcome)] = small(picture)

    def galleries(self, outcomes: Sequence[Outcome]) -> list[Gallery]:
        """The galleries of a report on these outcomes; one without cases stays out of the page."""
        alarms = [outcome for outcome in outcomes if not outcome.shows and outcome.called_same]
        others = [outcome for outcome in outcomes if outcome.shows and outcome.called_same]
        unsure = [outcome for outcome in outcomes if outcome.rank() == 1 and misjudged(outcome)]
        shown = [
            (MISSED, MISSED_SAYS, worst(outcomes, MOST_CASES)),
            (ALARMS, ALARMS_SAYS, alarms),
            (OTHERS, OTHERS_SAYS, others[:MOST_CASES]),
            (UNSURE, UNSURE_SAYS, unsure[:MOST_CASES]),
        ]
        made = [Gallery(title, says, self._cases(group)) for title, says, group in shown]
        samples = [
            self._sample(outcome) for outcome in outcomes if outcome is self._samples.get(outcome.kind)
        ]
        return [*made, Gallery(SAMPLES, SAMPLES_SAYS, samples)]

    def _cases(self, outcomes: Sequence[Outcome]) -> list[Case]:
        titles = titles_of({id_ for outcome in outcomes for id_ in _shown_prints(outcome)})
        return [self._case(outcome, titles) for outcome in outcomes]

    def _case(self, outcome: Outcome, titles: dict[int, tuple[str, str]]) -> Case:
        pictures = [self._query(outcome)]
        for id_ in _shown_prints(outcome):
            if id_ in titles:
                title, path = titles[id_]
                pictures += _scan(path, f"{_role(outcome, id_)}: {title}")
        return Case(_headline(outcome), pictures)

    def _sample(self, outcome: Outcome) -> Case:
        return Case(SAYS.get(outcome.kind, outcome.kind), [self._query(outcome)])

    def _query(self, outcome: Outcome) -> Picture:
        return Picture(f"query: {outcome.query}", self._pictures[id(outcome)])


def went_wrong(outcome: Outcome) -> bool:
    """Whether a person should look at it."""
    missed = bool(outcome.shows) and (outcome.rank() != 1 or misjudged(outcome))
    return missed or bool(outcome.called_same)


def misjudged(outcome: Outcome) -> bool:
    """Whether a print that it shows did not get its verdict."""
    return outcome.verdict is not None and any(outcome.verdicts.get(i) != v for i, v in outcome.shows.items())


def small(picture: bytes) -> bytes:
    """A JPEG file of at most `SIDE` pixels of any picture that OpenCV reads."""
    pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
    return jpeg(shrunk(np.asarray(pixels, dtype=np.uint8)[..., ::-1], SIDE), QUALITY)


def _shown_prints(outcome: Outcome) -> list[int]:
    """Those called the same which it does not show, else the first answer; then those it was made of."""
    first = list(outcome.roads[FUSED].ranked[:1])
    made_of = [] if outcome.made_of is None else [outcome.made_of]
    return list(dict.fromkeys([*(outcome.called_same or first), *outcome.shows, *made_of]))


def _role(outcome: Outcome, print_id: int) -> str:
    """What a print is to the query, in words."""
    if not outcome.shows and print_id == outcome.made_of:
        return "left out"
    right = "right" if print_id in outcome.shows else "answered"
    ranked = list(outcome.roads[FUSED].ranked)
    if print_id not in ranked:
        return f"{right}, not answered"
    said = CALLED[outcome.verdicts[print_id]] if print_id in outcome.verdicts else "no verdict"
    return f"{right}, rank {ranked.index(print_id) + 1}, {said}"


def _headline(outcome: Outcome) -> str:
    verdict = CALLED.get(outcome.verdict or "", "no verdict")
    kind = "not in the collection" if not outcome.shows else SAYS.get(outcome.kind, outcome.kind)
    return f"{kind}: {verdict}"


def _scan(path: str, caption: str) -> Iterable[Picture]:
    """The scan, small; nothing when its file is gone or cannot be read."""
    with suppress(RectoError):
        yield Picture(caption, jpeg(shrunk(_pixels(path), SIDE), QUALITY))


def _pixels(path: str) -> Pixels:
    return read_scan(path, longest_side=2 * SIDE)
