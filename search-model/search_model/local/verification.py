"""Does the query show this record? Geometric verification of one candidate. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search_model.local import homography as geometry
from search_model.local.coverage import coverage, density
from search_model.local.features import LocalFeatures
from search_model.local.homography import Homography, Points
from search_model.local.matching import NO_PAIRS, Pairs, coherent_matches, guided_matches, one_to_one, ratio_matches

FEW_TENTATIVE = 12  # below that the votes say too little, and the descriptors are compared in full
LEAST_PAIRS = 5  # four always fit a homography
LEAST_INLIERS = 7
ROUNDS = 3  # of gathering inliers and fitting them again
MARGIN = 0.1  # about the inliers, of their extent, where a homography must be sane
LEAST_LIKENESS = 0.6  # cosine of two descriptors that a homography has brought together
MOST_POINTS = 64
PLACES_A_SIDE = 40
ASIDE = ((3.6, 0.0), (-3.6, 0.0), (0.0, 3.6), (0.0, -3.6))  # tolerances: past a true pair, not past its neighbours
FULL_SIDE = 720  # pixels of the query that INLIER_PIXELS is meant for


@dataclass(frozen=True, eq=False)
class Match:
    """How a record lies in a query.

    Attributes:
        inliers: pairs of features that agree with the homography, each feature counted once.
        homography: float64 (3, 3), pixels of the record's features to pixels of the query's.
        quad: float64 (4, 2), fractions of the query: where `record_quad` lies, its corners in the same order
            (clockwise on the screen, counter-clockwise when mirrored). May reach outside [0, 1].
        record_quad: float64 (4, 2), fractions of the record: the upright rectangle that the query shows.
        coverage: 0 to 1, the share of the features that could match over which the inliers spread; see `coverage`.
        mirrored: whether the query shows the record's mirror image.
        points: float32 (n <= 64, 4): x, y in the query, x, y in the record, as fractions.
        places: how many places the inliers lie in, in that of the pictures where they are fewer: a letter of a caption
            has several features and is one.
        chance: how many inliers the same homography finds when it is moved aside: many between pages of type or
            regular hatching, few between a print and its photograph.
        density: 0 to 1, the share of the features that could match which do.
    """

    inliers: int
    homography: Homography
    quad: Points
    record_quad: Points
    coverage: float
    mirrored: bool
    points: NDArray[np.float32]
    places: int = 0
    chance: float = 0.0
    density: float = 1.0

    @property
    def strength(self) -> float:
        """By how many standard deviations of a Poisson count the places exceed chance; 2 is the prior's weight."""
        return float((self.places - self.chance) / np.sqrt(self.chance + 2))

    @property
    def solidity(self) -> float:
        """Strength times density: type that lies on type may be strong or dense, but hardly both."""
        return self.strength * self.density


def verify(query: LocalFeatures, record: LocalFeatures, tentative: Pairs | None = None) -> Match | None:
    """How the record lies in the query, or None when it cannot be shown that it does.

    Args:
        query: the query's features, or their `mirrored`.
        record: the record's, as extracted or as decoded from codes.
        tentative: int32 (m, 2), pairs (query row, record row) that are already believed, such as the votes.
    """
    if tentative is None or len(tentative) < FEW_TENTATIVE:
        tentative = ratio_matches(query, record)
    homography = _estimated(query, record, coherent_matches(query, record, tentative))
    inliers = NO_PAIRS
    for _ in range(ROUNDS):
        if homography is None:
            return None
        inliers = _inliers(query, record, homography)
        homography = _refined(query, record, inliers)
    if homography is None or len(inliers) < LEAST_INLIERS:
        return None
    return _match(query, record, homography, inliers)


def _estimated(query: LocalFeatures, record: LocalFeatures, pairs: Pairs) -> Homography | None:
    pairs = one_to_one(pairs)
    if len(pairs) < LEAST_PAIRS:
        return None
    there, here = _places(query, record, pairs)
    in_mirror = query.mirrored != record.mirrored
    found = _sane(geometry.estimate(there, here, pixels=_tolerance(query), in_mirror=in_mirror), there, in_mirror)
    return found if found is not None else _sane(geometry.affine(there, here), there, in_mirror)


def _refined(query: LocalFeatures, record: LocalFeatures, pairs: Pairs) -> Homography | None:
    if len(pairs) < LEAST_PAIRS:
        return None
    there, here = _places(query, record, pairs)
    in_mirror = query.mirrored != record.mirrored
    found = _sane(geometry.refine(there, here), there, in_mirror)
    return found if found is not None else _sane(geometry.affine(there, here), there, in_mirror)


def _sane(found: Homography | None, points: Points, in_mirror: bool) -> Homography | None:
    """The homography, facing the points, when it is sane about them.

    Not all over the record: a few points close together say nothing certain about what is far from them.
    """
    if found is None:
        return None
    facing = geometry.facing(found, points)
    rectangle = geometry.rectangle_around(points, margin=MARGIN)
    return facing if geometry.is_sane(facing, rectangle, in_mirror=in_mirror) else None


def _places(query: LocalFeatures, record: LocalFeatures, pairs: Pairs) -> tuple[Points, Points]:
    """Pixels of the record and of the query, float64 (m, 2) each."""
    here, there = query.keypoints[pairs[:, 0], :2], record.keypoints[pairs[:, 1], :2]
    return there.astype(np.float64), here.astype(np.float64)


def _tolerance(query: LocalFeatures) -> float:
    return geometry.INLIER_PIXELS * max(query.width, query.height) / FULL_SIDE


def _inliers(query: LocalFeatures, record: LocalFeatures, homography: Homography) -> Pairs:
    expected = geometry.project_keypoints(homography, record.keypoints)
    return guided_matches(query, record, expected, radius=_tolerance(query), least_likeness=LEAST_LIKENESS)


def _match(query: LocalFeatures, record: LocalFeatures, homography: Homography, inliers: Pairs) -> Match:
    record_size, query_size = (record.width, record.height), (query.width, query.height)
    there, here = _places(query, record, inliers)
    rectangle = geometry.shown_rectangle(homography, record_size, query_size, there)
    points = np.hstack([here / query_size, there / record_size]).astype(np.float32)
    chosen = np.linspace(0, len(points) - 1, min(len(points), MOST_POINTS)).round().astype(int)
    return Match(
        inliers=len(inliers),
        homography=homography,
        quad=geometry.project(homography, rectangle * record_size) / query_size,
        record_quad=rectangle,
        coverage=coverage(query, record, homography, inliers),
        mirrored=query.mirrored != record.mirrored,
        points=points[chosen],
        places=min(distinct_places(here / max(query_size)), distinct_places(there / max(record_size))),
        chance=_chance(query, record, homography),
        density=min(1.0, density(query, record, homography, inliers)),
    )


def distinct_places(points: Points) -> int:
    """How many squares of a grid of 1 / 40 hold any of the points (n, 2), in fractions of the longest side."""
    return len(np.unique(np.floor(points * PLACES_A_SIDE), axis=0))


def _chance(query: LocalFeatures, record: LocalFeatures, homography: Homography) -> float:
    """Inliers of the homography moved aside, the mean of four ways."""
    expected = geometry.project_keypoints(homography, record.keypoints)
    radius = _tolerance(query)
    counts = []
    for step in ASIDE:
        moved = expected + radius * np.array([*step, 0, 0])
        counts.append(len(guided_matches(query, record, moved, radius=radius, least_likeness=LEAST_LIKENESS)))
    return float(np.mean(counts))
