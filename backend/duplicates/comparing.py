"""Compare each picture with the whole catalogue: by votes, then by geometry. It stores pairs and groups.

A run that is cut short loses at most one batch; the next one does the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass

from indexing.live_local import live_local_index
from search_model.local.calibration import Calibration
from search_model.local.features import LocalFeatures
from search_model.local.fusion import Evidence, fuse
from search_model.local.verification import Match, verify
from search_model.local.voting import Candidate

from duplicates.queries import ToCompare, batches_to_compare, images_to_compare
from duplicates.services import Compared, FoundPair, regroup, store_compared
from indexing.local_queries import local_features_of

BATCH = 16
# A print has few copies, and they get the most votes; beyond these places no true pair was seen.
CANDIDATES = 24
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class FindingSummary:
    """What a run did."""

    compared: int
    open_groups: int

    def sentence(self) -> str:
        """For people."""
        return f"{self.compared} pictures compared, {self.open_groups} groups wait for review"


def find_same_images(*, progress: Progress) -> FindingSummary:
    """Compare every picture that was not compared yet, then make the groups anew.

    `progress(done, total, message)` is called after every batch and may raise to stop the run.
    """
    codec = live_local_index().codec
    total, done = images_to_compare(codec=codec.id).count(), 0
    for batch in batches_to_compare(codec=codec.id, size=BATCH):
        features = local_features_of([picture.image_id for picture in batch])
        store_compared(
            Compared(picture.image_id, codec.id, picture.image_sha256, _same_images(picture, features))
            for picture in batch
            if picture.image_id in features
        )
        done += len(batch)
        progress(done, max(total, done), f"{done} pictures compared")
    return FindingSummary(done, regroup())


def _same_images(picture: ToCompare, features: dict[int, LocalFeatures]) -> list[FoundPair]:
    """The other pictures that verify as the same image."""
    query = features[picture.image_id]
    found = live_local_index().search(query, CANDIDATES + 1)
    others = [candidate for candidate in found if candidate.image_id != picture.image_id]
    matches = _verified(query, others)
    evidence = [Evidence(c.image_id, votes=c.votes, match=matches.get(c.image_id)) for c in others]
    return [
        FoundPair(judged.image_id, match.inliers, match.coverage, match.mirrored)
        for judged in fuse(evidence, Calibration.shipped())
        if judged.verdict == "same_image" and (match := matches[judged.image_id]) is not None
    ]


def _verified(query: LocalFeatures, candidates: list[Candidate]) -> dict[int, Match | None]:
    records = local_features_of([candidate.image_id for candidate in candidates])
    return {
        candidate.image_id: verify(query, records[candidate.image_id])
        for candidate in candidates
        if candidate.image_id in records
    }
