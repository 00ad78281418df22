"""Local features of a picture: where its distinctive patches are, and what they look like. Pure.

RootSIFT: SIFT descriptors divided by their sum, then the square root of each number, so that the Euclidean distance
is the Hellinger distance of the histograms. Arandjelović, Zisserman: "Three things everyone should know to improve
object retrieval", CVPR 2012, section 2. SIFT: Lowe, IJCV 2004 (OpenCV; its patent ran out in 2020).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from search_model.preprocess import fit_within

Floats = NDArray[np.float32]
Role = Literal["catalogue", "query"]

DIM = 128
# All of these were chosen by measurement: docs/decisions/local-index.md.
LONGEST_SIDE = {"catalogue": 560, "query": 560}  # pixels
CONSIDERED = 1000  # the strongest of a picture, of which those kept are spread over it
MOST_FEATURES = {"catalogue": 420, "query": 400}
FAINT_CONTRAST = 0.01  # SIFT's contrast threshold where its usual 0.04 leaves too few
CELLS = 8  # along each side of the picture


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
    """The best features of a picture, uint8 RGB of shape (h, w, 3), spread over it; there may be none."""
    grey = np.asarray(cv2.cvtColor(_shrunk(rgb, LONGEST_SIDE[role]), cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    height, width = grey.shape
    points, found = _detected(grey, least=MOST_FEATURES[role])
    keypoints = np.array([(*p.pt, p.size, p.angle) for p in points], dtype=np.float32).reshape(-1, 4)
    strengths = np.array([p.response for p in points], dtype=np.float32)
    kept = spread(keypoints[:, :2] / [width, height], strengths, most=MOST_FEATURES[role])
    return LocalFeatures(width, height, keypoints[kept], root(found[kept]))


def _detected(grey: NDArray[np.uint8], *, least: int) -> tuple[Sequence[cv2.KeyPoint], Floats]:
    """Keypoints and SIFT descriptors (n, 128); of a picture with fewer than `least`, the faint ones as well.

    A dim photograph or a faded print has the same patches with less contrast, which the descriptors do not mind.
    """
    points, descriptors = cv2.SIFT.create(nfeatures=CONSIDERED).detectAndCompute(grey, None)
    if len(points) < least:
        faint = cv2.SIFT.create(nfeatures=CONSIDERED, contrastThreshold=FAINT_CONTRAST)
        points, descriptors = faint.detectAndCompute(grey, None)
    return points, np.asarray(np.empty((0, DIM)) if descriptors is None else descriptors, dtype=np.float32)


def spread(places: NDArray[np.floating], strengths: Floats, *, most: int) -> NDArray[np.intp]:
    """Which features to keep: of each of 8 x 8 cells the strongest, then of each the second, until there are enough.

    The strongest of all would sit where a picture is darkest, or on the table beside the sheet, and leave nothing in
    the rest to recognise a detail by.

    Args:
        places: (n, 2), x and y as fractions of the picture.
        strengths: (n,).
        most: how many to keep at most.

    Returns:
        int (min(n, most),), in the order described; the stronger of two in one round first.
    """
    column, row = np.clip((places * CELLS).astype(np.int64), 0, CELLS - 1).T
    cell = row * CELLS + column
    order = np.lexsort((-strengths, cell))
    ordered = cell[order]
    rounds = np.empty(len(order), dtype=np.int64)
    rounds[order] = np.arange(len(order)) - np.searchsorted(ordered, ordered)
    return np.lexsort((-strengths, rounds))[:most]


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
