"""Which feature of one picture is which of another: by descriptors, by agreement of turn and size, by position. Pure.

Pairs are int32 (m, 2): row of the query's features, row of the record's. A query seen in a mirror has mirrored
descriptors but its own positions, so the record's places are mirrored before the two are compared.
"""

import numpy as np
from numpy.typing import NDArray

from search_model.local.features import LocalFeatures

Pairs = NDArray[np.int32]
Floats = NDArray[np.float64]
Rows = NDArray[np.int64]
Complex = NDArray[np.complex128]

# Generous, since what agrees in turn, size and place is sorted out afterwards. Measured: with 0.85 one query in
# seventy of black and white digitisations and dim photographs was lost that 0.95 verifies.
RATIO = 0.95
MOST_PAIRS = 200  # of which each is tried as a hypothesis
NO_PAIRS: Pairs = np.empty((0, 2), dtype=np.int32)

# One pair of features says where every other one must be, but only roughly: a photograph taken at an angle is no
# similarity. Tolerances of place (fraction of the query's longest side), size (factor) and turn (degrees).
PLACE, SIZE, TURN = 0.07, 1.7, 30.0
# Under a homography a pair's size and turn are known as well as a keypoint tells them.
GUIDED_SIZE, GUIDED_TURN = 1.5, 20.0


def ratio_matches(query: LocalFeatures, record: LocalFeatures, *, ratio: float = RATIO) -> Pairs:
    """Pairs that are each other's nearest, and nearer than `ratio` times the record's second nearest; surest first.

    Lowe, IJCV 2004, section 7.1, with the mutual check added; distances are Euclidean.
    """
    if len(query) == 0 or len(record) < 2:
        return NO_PAIRS
    likeness = query.descriptors @ record.descriptors.T
    best = likeness.argmax(axis=1)
    rows = np.flatnonzero(likeness.argmax(axis=0)[best] == np.arange(len(query)))
    first = likeness[rows, best[rows]]
    likeness[rows, best[rows]] = -np.inf
    second = likeness[rows].max(axis=1)
    squared = np.einsum("ij,ij->i", record.descriptors, record.descriptors).max()  # 1, or about 1 from codes
    ratios = np.sqrt(np.maximum(1 + squared - 2 * first, 0) / np.maximum(1 + squared - 2 * second, 1e-9))
    order = np.argsort(ratios, kind="stable")
    order = order[ratios[order] < ratio]
    return np.column_stack([rows[order], best[rows[order]]]).astype(np.int32)


def coherent_matches(query: LocalFeatures, record: LocalFeatures, pairs: Pairs) -> Pairs:
    """The largest set of pairs that agrees, roughly, on one turn, size and place; may be empty.

    Every pair is a hypothesis of a similarity, since a feature has a place, a size and a direction: Philbin et al.,
    "Object retrieval with large vocabularies and fast spatial matching", CVPR 2007, section 4.
    """
    if len(pairs) < 2:
        return pairs[:0]
    pairs = pairs[:MOST_PAIRS]
    place_q, vector_q = _places(query.keypoints[pairs[:, 0]])
    place_r, vector_r = _places(record.keypoints[pairs[:, 1]], in_mirror=query.mirrored != record.mirrored)
    turn_and_size = vector_q / vector_r
    expected = turn_and_size[:, None] * (place_r[None, :] - place_r[:, None]) + place_q[:, None]
    agrees = np.abs(expected - place_q) < PLACE * max(query.width, query.height)
    difference = turn_and_size[None, :] / turn_and_size[:, None]
    agrees &= np.abs(np.log(np.abs(difference))) < np.log(SIZE)
    agrees &= np.abs(np.angle(difference)) < np.deg2rad(TURN)
    return np.asarray(pairs[agrees[agrees.sum(axis=1).argmax()]], dtype=np.int32)


def _places(keypoints: NDArray[np.float32], *, in_mirror: bool = False) -> tuple[Complex, Complex]:
    """Keypoints as complex numbers: places x + iy, and vectors of each one's diameter and direction."""
    x, y, diameter, angle = keypoints.T.astype(np.float64)
    places, vectors = x + 1j * y, np.maximum(diameter, 0.1) * np.exp(1j * np.deg2rad(angle))
    return (-places.conj(), -vectors.conj()) if in_mirror else (places, vectors)


def guided_matches(
    query: LocalFeatures, record: LocalFeatures, expected: Floats, *, radius: float, least_likeness: float
) -> Pairs:
    """Pairs that agree with a homography in place, size and turn, each feature in at most one, the most alike first.

    Args:
        query: the query's features.
        record: the record's.
        expected: float64 (len(record), 4), the record's keypoints as the query should show them.
        radius: how far a pair may be apart, pixels of the query.
        least_likeness: cosine that the two descriptors must reach.
    """
    x, y, diameter, angle = query.keypoints.T.astype(np.float64)
    rows_q, rows_r = _near_across(x, expected[:, 0], radius)
    there = expected[rows_r]
    fits = np.hypot(x[rows_q] - there[:, 0], y[rows_q] - there[:, 1]) < radius
    fits &= np.abs(np.log(diameter[rows_q] / there[:, 2])) < np.log(GUIDED_SIZE)
    fits &= np.abs((angle[rows_q] - there[:, 3] + 180) % 360 - 180) < GUIDED_TURN
    rows_q, rows_r = rows_q[fits], rows_r[fits]
    likeness = np.einsum("ij,ij->i", query.descriptors[rows_q], record.descriptors[rows_r])
    order = np.argsort(-likeness, kind="stable")
    order = order[likeness[order] >= least_likeness]
    return one_to_one(np.column_stack([rows_q, rows_r])[order].astype(np.int32))


def _near_across(x: Floats, expected: Floats, radius: float) -> tuple[Rows, Rows]:
    """Rows of both at most `radius` apart; a whole table of distances would cost ten times the rest of a match."""
    order = np.argsort(x, kind="stable")
    first = np.searchsorted(x[order], expected - radius, side="right")
    counts = np.searchsorted(x[order], expected + radius, side="left") - first
    counts = np.maximum(counts, 0)
    rows_r = np.repeat(np.arange(len(expected)), counts)
    within = np.arange(len(rows_r)) - np.repeat(np.cumsum(counts) - counts, counts)
    return order[np.repeat(first, counts) + within], rows_r


def one_to_one(pairs: Pairs) -> Pairs:
    """The pairs, in order, less those whose query or record feature came before."""
    seen_q: set[int] = set()
    seen_r: set[int] = set()
    kept = []
    for place, (row_q, row_r) in enumerate(pairs.tolist()):
        if row_q not in seen_q and row_r not in seen_r:
            seen_q.add(row_q)
            seen_r.add(row_r)
            kept.append(place)
    return pairs[kept]
