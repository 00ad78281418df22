"""The local road of one search: details vote for images, and the best of both roads are verified by them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, zip_longest

from search_model.local.features import LocalFeatures, mirrored
from search_model.local.voting import Candidate

from indexing.live_local import live_local_index
from indexing.local_queries import local_features_of
from search.global_road import Ids
from search.ledger import Ledger
from search.looks import Look
from search.stages import StageClock
from search.verifying import TimeLimit, Trial, trials_of_votes, verify_trials
from search.workers import computed

# How many images are verified: of the votes, of the neighbours, of the votes for the mirror image.
BY_VOTES, BY_LOOKS, IN_MIRROR = 20, 10, 8
# The first few votes, and whatever has several times as many as the last of those to verify, which is chance:
# photographs and details of prints among 1,655 had 5 to 100 times as many for the right one.
FIRST, CLEARLY = 4, 2.0


class LocalRoad:
    """What details say of the candidates, written into a ledger. `without`: images not to be found."""

    def __init__(
        self, looks: Sequence[Look], ledger: Ledger, clock: StageClock, limit: TimeLimit, *,
        allowed: Ids | None, without: Collection[int],
    ) -> None:  # fmt: skip
        self._looks = [(look, look.features) for look in looks if look.features and len(look.features)]
        self._ledger, self._clock, self._limit = ledger, clock, limit
        self._allowed, self._without = allowed, frozenset(without)
        self._index = live_local_index().current()
        self._left: list[Trial] = []
        self.closed = self._why_closed()

    def _why_closed(self) -> str | None:
        """Why this road cannot be taken, as a sentence; None when it can."""
        if not self._looks:
            return "There are no details in the picture to compare."
        return None if len(self._index) else "The details of the collection are not described yet."

    def take(self, *, images: int) -> None:
        """Note the votes of so many images, and verify those that stand out. A closed road brings nothing."""
        if self.closed:
            return
        ballots = [(look, features, self._voted(features, images)) for look, features in self._looks]
        for candidate in chain.from_iterable(candidates for _, _, candidates in ballots):
            self._ledger.note_votes(candidate.image_id, candidate.votes)
        clear = [trials_of_votes(*ballot[:2], outstanding(ballot[2])) for ballot in ballots]
        tried = [trials_of_votes(*ballot[:2], ballot[2][:BY_VOTES]) for ballot in ballots]
        self._left = _in_turns([most[len(some) :] for most, some in zip(tried, clear, strict=True)])
        self._verify(_in_turns(clear))

    def verify_more(self, neighbours: Iterable[int]) -> None:
        """Verify more of the votes, and what the other road brought, best first, and this one did not."""
        if self.closed:
            return
        tried = self._ledger.checked | self._without | {trial.image_id for trial in self._left}
        new = [image_id for image_id in neighbours if image_id not in tried][:BY_LOOKS]
        self._verify(
            [*self._left, *(Trial(i, look, features) for i in new for look, features in self._looks)]
        )

    def look_in_mirror(self) -> None:
        """Vote and verify once more, as if the picture were its mirror image.

        Its votes count when one image gets more of them than any got before: else they are only more noise.
        """
        if self.closed:
            return
        most, trials = max(self._ledger.votes.values(), default=0.0), []
        for look, features in self._looks:
            flipped = mirrored(features)
            candidates = self._voted(flipped, IN_MIRROR)
            trials.append(trials_of_votes(look, flipped, candidates))
            if candidates and candidates[0].votes > most:
                for candidate in candidates:
                    self._ledger.note_votes(candidate.image_id, candidate.votes)
        self._verify(_in_turns(trials))

    def _voted(self, features: LocalFeatures, count: int) -> list[Candidate]:
        with self._clock.stage("vote"):
            found = computed(lambda: self._index.search(features, count + len(self._without), self._allowed))
        return [candidate for candidate in found if candidate.image_id not in self._without][:count]

    def _verify(self, trials: Sequence[Trial]) -> None:
        with self._clock.stage("verify"):
            records = local_features_of({trial.image_id for trial in trials}, codec=self._index.codec)
            computed(lambda: verify_trials(trials, records, self._ledger, self._limit))


def outstanding(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Those, best first, that more details speak for than chance would have it."""
    if len(candidates) < BY_VOTES:
        return candidates
    least = CLEARLY * candidates[BY_VOTES - 1].votes
    return [c for rank, c in enumerate(candidates[:BY_VOTES]) if rank < FIRST or c.votes >= least]


def _in_turns(trials: Sequence[Sequence[Trial]]) -> list[Trial]:
    """The best of each picture, then the second best of each ..."""
    rounds: Iterator[Trial | None] = chain.from_iterable(zip_longest(*trials))
    return [trial for trial in rounds if trial is not None]
