"""Drawings and a small codec for tests of local features."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from search_model.local.codec import Codec
from search_model.local.features import DIM, LocalFeatures, root


def made_up_descriptors(count: int, seed: int) -> NDArray[np.float32]:
    """Like RootSIFT: not negative, many numbers near 0, rows of length 1, some rows near others."""
    rng = np.random.default_rng(seed)
    themes = rng.gamma(0.5, size=(40, DIM))
    return root((themes[rng.integers(0, 40, count)] + rng.gamma(0.3, size=(count, DIM))).astype(np.float32))


def made_up_features(count: int, seed: int, width: int = 560, height: int = 400) -> LocalFeatures:
    rng = np.random.default_rng(seed)
    keypoints = rng.uniform([0, 0, 2, 0], [width - 1, height - 1, 120, 360], (count, 4)).astype(np.float32)
    return LocalFeatures(width, height, keypoints, made_up_descriptors(count, seed + 1000))


@dataclass(frozen=True)
class MadeUp:
    """What tests take from here."""

    codec: Codec

    features = staticmethod(made_up_features)
    descriptors = staticmethod(made_up_descriptors)

    def packed(self, count: int, seed: int) -> bytes:
        return self.codec.encode(made_up_features(count, seed))


@pytest.fixture(scope="session")
def made_up() -> MadeUp:
    return MadeUp(Codec.train(made_up_descriptors(10_000, seed=0), lists=24, rounds=4))
