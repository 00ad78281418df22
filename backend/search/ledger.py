"""What is known so far of each candidate image, from whichever road. Pure."""

from dataclasses import dataclass, field

from search_model.local.fusion import Evidence
from search_model.local.verification import Match

from search.looks import Look


@dataclass(frozen=True, eq=False)
class Sighting:
    """A verified match, and the picture that it was seen in."""

    match: Match
    look: Look


@dataclass
class Ledger:
    """Evidence by image. Of several pictures searched with, the best of each kind counts."""

    cosines: dict[int, float] = field(default_factory=dict)
    votes: dict[int, float] = field(default_factory=dict)
    sightings: dict[int, Sighting] = field(default_factory=dict)
    checked: set[int] = field(default_factory=set)

    def note_cosine(self, image_id: int, cosine: float) -> None:
        self.cosines[image_id] = max(cosine, self.cosines.get(image_id, -1.0))

    def note_votes(self, image_id: int, votes: float) -> None:
        self.votes[image_id] = max(votes, self.votes.get(image_id, 0.0))

    def note_check(self, image_id: int, look: Look, match: Match | None) -> None:
        """The outcome of a verification: None when nothing was seen."""
        self.checked.add(image_id)
        before = self.sightings.get(image_id)
        if match is not None and (before is None or match.strength > before.match.strength):
            self.sightings[image_id] = Sighting(match, look)

    def evidence(self) -> list[Evidence]:
        """One line for each candidate, by id."""
        return [self._of(image_id) for image_id in sorted({*self.cosines, *self.votes, *self.sightings})]

    def _of(self, image_id: int) -> Evidence:
        sighting = self.sightings.get(image_id)
        return Evidence(
            image_id,
            cosine=self.cosines.get(image_id),
            votes=self.votes.get(image_id),
            match=sighting.match if sighting else None,
        )
