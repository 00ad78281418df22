"""In a collection of four pictures every feature votes for every picture: votes alone must not verify anything."""

import cv2
import numpy as np
import pytest

from search_model.local.calibration import Calibration
from search_model.local.codec import Codec
from search_model.local.features import extract_local
from search_model.local.fusion import Evidence, fuse
from search_model.local.verification import verify
from search_model.local.voting import VotingIndex

COUNT = 4


def drawing(seed):
    """Arcs and strokes on paper, uint8 RGB (400, 520, 3): another drawing for each seed."""
    rng = np.random.default_rng(seed)
    sheet = np.full((400, 520), 235, np.uint8)
    for _ in range(60):
        centre = tuple(int(c) for c in rng.integers(20, (500, 380)))
        axes = tuple(int(a) for a in rng.integers(6, 60, 2))
        cv2.ellipse(sheet, centre, axes, rng.uniform(0, 180), 0, rng.uniform(60, 360), 20, 2, cv2.LINE_AA)
    for _ in range(120):
        begin = rng.integers(20, (500, 380))
        end = begin + rng.integers(-30, 31, 2)
        cv2.line(sheet, begin.tolist(), end.tolist(), 30, 1, cv2.LINE_AA)
    return cv2.cvtColor(sheet, cv2.COLOR_GRAY2RGB)


@pytest.fixture(scope="module")
def codec():
    return Codec.shipped()


@pytest.fixture(scope="module")
def packed(codec):
    return [codec.encode(extract_local(drawing(seed), role="catalogue")) for seed in range(COUNT)]


@pytest.mark.parametrize("stored", [False, True], ids=["photographed", "read back from codes"])
@pytest.mark.parametrize("shown", range(COUNT))
def test_only_the_picture_itself_is_the_same_image(codec, packed, shown, stored):
    index = VotingIndex(codec)
    index.add(np.arange(COUNT), packed)
    query = codec.decode(packed[shown]) if stored else extract_local(drawing(shown), role="query")
    evidence = []
    for candidate in index.search(query, COUNT):
        match = verify(query, codec.decode(packed[candidate.image_id]), candidate.pairs)
        evidence.append(Evidence(candidate.image_id, votes=candidate.votes, match=match))
    verdicts = {judged.image_id: judged.verdict for judged in fuse(evidence, Calibration.shipped())}
    assert verdicts == {i: "same_image" if i == shown else None for i in range(COUNT)}
