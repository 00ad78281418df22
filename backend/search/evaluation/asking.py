"""How an evaluation searches: as a visitor's request does, and by each road alone.

The one file of the evaluation that knows how the search is put together.
"""

from collections.abc import Collection, Iterable
from concurrent.futures import Future
from dataclasses import dataclass

from search_model.evaluation.summary import FUSED, Found
from search_model.local.features import LocalFeatures, extract_local

from catalog.audience import EVERYTHING
from catalog.queries import PrintFilters
from indexing.extractor_client import extract_features
from indexing.live import live_index
from indexing.live_local import live_local_index
from search.answers import Wanted
from search.evaluation.running import Answered
from search.framing import Framing
from search.global_road import Described, nearest_images
from search.looks import Look, Photograph, Source, photograph
from search.queries import print_ids_of
from search.searching import VERIFIED, find
from search.stages import StageClock
from search.workers import aside, computed

LIMIT = 50  # prints an answer; the last rank of recall
NO_COSINE, NO_VOTES, NO_SCORE = -1.0, 0.0, 0.0


@dataclass(frozen=True, eq=False)
class Seen:
    """A picture that both roads have described; `clock` has run since it was sent."""

    look: Look
    features: LocalFeatures
    described: "Future[Described]"
    clock: StageClock


class InProcess:
    """The search of this process, with the running extractor, by a descriptor that is kept."""

    def __init__(self, descriptor: str) -> None:
        self._descriptor = descriptor
        self._wanted = Wanted(filters=PrintFilters(), limit=LIMIT, audience=EVERYTHING)

    def look(self, picture: bytes) -> Seen:
        """Decode and describe. Raises what decoding raises."""
        clock = StageClock()
        taken = photograph(Source(picture), Framing(), clock)
        described = aside(lambda: self._described(taken, clock))
        with clock.stage("local"):
            features = computed(lambda: extract_local(taken.pixels, role="query"))
        return Seen(Look(taken.width, taken.height, Framing(), features), features, described, clock)

    def _described(self, taken: Photograph, clock: StageClock) -> Described:
        with clock.stage("features"):
            extracted = extract_features(taken.views(), descriptor=self._descriptor)
        return Described(extracted.descriptor, extracted.vectors)

    def answer(self, look: Seen, without: Collection[int]) -> Answered:
        """Search for anything but the images `without`. Raises what the search raises.

        The first question about a picture is timed from its decoding on, later ones are not timed.
        """
        is_first = not look.clock.timings_ms["total"]
        found = find([look.look], look.described.result, self._wanted, look.clock, own_images=without)
        timings = dict(look.clock.stop()) if is_first else {}
        print_ids = print_ids_of([line.image_id for line in found.judged])
        judged = [(print_ids[line.image_id], line) for line in found.judged if line.image_id in print_ids]
        fused = Found([id_ for id_, _ in judged], judged[0][1].score if judged else NO_SCORE)
        return Answered(
            roads={FUSED: fused, **self._alone(look, without)},
            verdict=found.verdict,
            verdicts={id_: line.verdict for id_, line in judged if line.verdict in VERIFIED},
            timings_ms=timings,
            notices=[notice.code for notice in found.notices],
        )

    def each_road(self, picture: bytes) -> dict[str, Found]:
        """Search with a picture by each road alone, without verification. Raises what the search raises."""
        return self._alone(self.look(picture), ())

    def _alone(self, look: Seen, without: Collection[int]) -> dict[str, Found]:
        return {"local": self._by_votes(look, without), "global": self._by_looks(look, without)}

    def _by_votes(self, look: Seen, without: Collection[int]) -> Found:
        candidates = live_local_index().search(look.features, 2 * LIMIT + len(without))
        return _of_prints([(c.image_id, c.votes) for c in candidates], without, nothing=NO_VOTES)

    def _by_looks(self, look: Seen, without: Collection[int]) -> Found:
        described = look.described.result()
        index = live_index().current(described.descriptor)
        hits = nearest_images(index, described.vectors, None, prints=LIMIT + len(without))
        return _of_prints([(hit.image_id, hit.cosine) for hit in hits], without, nothing=NO_COSINE)


def _of_prints(scored: Iterable[tuple[int, float]], without: Collection[int], *, nothing: float) -> Found:
    """Prints by their best images, from images by falling score."""
    left_out = frozenset(without)
    kept = [(image_id, score) for image_id, score in scored if image_id not in left_out]
    print_ids = print_ids_of([image_id for image_id, _ in kept])
    ranked = dict.fromkeys(print_ids[image_id] for image_id, _ in kept if image_id in print_ids)
    return Found(list(ranked)[:LIMIT], kept[0][1] if kept else nothing)
