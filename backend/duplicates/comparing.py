"""Compare each picture with the whole catalogue: by votes, then by geometry. It stores pairs and groups.

A run that is cut short loses at most one batch; the next one does the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass

from search_model.local.calibration import Calibration
from search_model.local.features import LocalFeatures, mirrored
from search_model.local.fusion import Evidence, fuse
from search_model.local.verification import verify

from core.sentences import say
from duplicates.grouping import regroup
from duplicates.queries import ToCompare, batches_to_compare, images_to_compare
from duplicates.services import Compared, FoundPair, store_compared
from indexing.live_local import live_local_index
from indexing.local_queries import local_features_of
from indexing.models import LocalFeature

BATCH = 16
# A picture's copies get the most votes. One with more copies than these is linked to the rest by way of them.
CANDIDATES = 12
IN_MIRROR = 4
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class FindingSummary:
    """What a run did; `compared_by_now` are the pictures that were compared, by it or before."""

    compared: int
    compared_by_now: int
    open_groups: int

    def sentence(self) -> str:
        """For people."""
        return say(
            "steps.groups_found",
            f"{self.compared_by_now} pictures compared, {self.open_groups} groups wait for review",
            compared=self.compared_by_now,
            groups=self.open_groups,
        )


def find_same_images(*, progress: Progress) -> FindingSummary:
    """Compare every picture that was not compared yet, then make the groups anew.

    `progress(done, total, message)` is called after every batch and may raise to stop the run. Both numbers
    are of all pictures, so that a run that goes on where another stopped does not begin at nought.
    """
    codec = live_local_index().codec
    total = LocalFeature.objects.filter(codec=codec.id).count()
    before = done = max(0, total - images_to_compare(codec=codec.id).count())
    for batch in batches_to_compare(codec=codec.id, size=BATCH):
        features = local_features_of([picture.image_id for picture in batch])
        store_compared(
            _compared(picture, features.get(picture.image_id), codec=codec.id) for picture in batch
        )
        done += len(batch)
        progress(done, max(total, done), say("steps.comparing", f"{done} pictures compared", done=done))
    return FindingSummary(done - before, done, regroup())


def _compared(picture: ToCompare, features: LocalFeatures | None, *, codec: str) -> Compared:
    """A picture in which nothing was seen, such as a blank sheet, is like no other."""
    pairs = [] if features is None else _same_images(picture, features)
    return Compared(picture.image_id, codec, picture.image_sha256, pairs)


def _same_images(picture: ToCompare, features: LocalFeatures) -> list[FoundPair]:
    """The other pictures that verify as the same image, as they are or as in a mirror."""
    pairs: dict[int, FoundPair] = {}
    for query, count in ((features, CANDIDATES), (mirrored(features), IN_MIRROR)):
        evidence = [e for e in _evidence(query, count) if e.image_id != picture.image_id]
        for judged in fuse(evidence, Calibration.shipped()):
            match = judged.evidence.match
            if judged.verdict == "same_image" and match is not None:
                pair = FoundPair(judged.image_id, match.inliers, match.coverage, match.mirrored)
                pairs.setdefault(judged.image_id, pair)
    return list(pairs.values())


def _evidence(query: LocalFeatures, count: int) -> list[Evidence]:
    """What votes and geometry say of the pictures with most votes; the picture itself is among them."""
    candidates = live_local_index().search(query, count)
    records = local_features_of([candidate.image_id for candidate in candidates])
    return [
        Evidence(c.image_id, votes=c.votes, match=verify(query, records[c.image_id], c.pairs))
        for c in candidates
        if c.image_id in records
    ]
