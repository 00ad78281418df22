"""Local features of a picture: where its distinctive patches are, and what they look like. Pure.

RootSIFT: SIFT descriptors divided by their sum, then the square root of each number, so that the Euclidean distance
is the Hellinger distance of the histograms. Arandjelović, Zisserman: "Three things everyone should know to improve
object retrieval", CVPR 2012, section 2. SIFT: Lowe, IJCV 2004 (OpenCV; its patent ran out in 2020).
"""

from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from search_model.preprocess import fit_within

Floats = NDArray[np.float32]
Role = Literal["catalogue", "query"]

DIM = 128
LONGEST_SIDE = {"catalogue": 560, "query": 720}  # pixels
MOST_FEATURES = {"catalogue": 500, "query": 500}


@dataclass(frozen=True, eq=False)
class LocalFeatures:
    """The local features of one picture.

    Attributes:
        width, height: pixels of the picture that the keypoints are measured in (not of the file).
        keypoints: float32 (n, 4): x, y in pixels from the top left, diameter in pixels, angle in degrees [0, 360).
        descriptors: float32 (n, 128), RootSIFT, rows of length 1 (about 1 when read back from codes).
        mirrored: whether the descriptors are those of the picture seen in a mirror; keypoints never are.
    """

    width: int
    height: int
    keypoints: Floats
    descriptors: Floats
    mirrored: bool = False

    def __len__(self) -> int:
        """How many features there are."""
        return len(self.keypoints)


def extract_local(rgb: NDArray[np.uint8], *, role: Role) -> LocalFeatures:
    """The strongest features of a picture, uint8 RGB of shape (h, w, 3); there may be none."""
    grey = cv2.cvtColor(_shrunk(rgb, LONGEST_SIDE[role]), cv2.COLOR_RGB2GRAY)
    most = MOST_FEATURES[role]
    points, descriptors = cv2.SIFT.create(nfeatures=most).detectAndCompute(grey, None)
    found = np.empty((0, DIM)) if descriptors is None else descriptors
    keypoints = np.array([(*p.pt, p.size, p.angle) for p in points], dtype=np.float32).reshape(-1, 4)
    return LocalFeatures(grey.shape[1], grey.shape[0], keypoints[:most], root(found[:most].astype(np.float32)))


def root(descriptors: Floats) -> Floats:
    """RootSIFT of SIFT descriptors, float32 (n, 128) >= 0; rows of length 1."""
    total = np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-12)
    return np.asarray(np.sqrt(descriptors / total), dtype=np.float32)


def mirrored(features: LocalFeatures) -> LocalFeatures:
    """The same keypoints with the descriptors that the picture's mirror image would have, without looking again.

    A descriptor is 4 x 4 places (row, column) of 8 directions in a patch turned upright: its mirror image has the
    rows in reverse, and every direction with the other sign.
    """
    cells = features.descriptors.reshape(-1, 4, 4, 8)
    flipped = cells[:, ::-1, :, (-np.arange(8)) % 8].reshape(-1, DIM)
    return replace(features, descriptors=np.ascontiguousarray(flipped), mirrored=not features.mirrored)


def _shrunk(rgb: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    return fit_within(rgb, side) if max(rgb.shape[:2]) > side else rgb
