"""Where a record was seen in the query, as a page draws it: fractions of the upright, whole picture."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from search_model.local.verification import Match

from search.framing import Framing, upright_points
from search.looks import Look

Fractions = NDArray[np.float64]
MOST_POINTS = 64
WHOLE = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], dtype=float)
# More exact than a pixel of any screen, and a third of the bytes.
DIGITS = 4


@dataclass(frozen=True)
class ShownMatch:
    """What verification saw.

    Attributes:
        inliers: pairs of details that agree on one place.
        quad: four corners in the query: those of `record_quad`, in its order.
        record_quad: four corners in the record, of the part that the query shows.
        mirrored: whether the query shows the record as in a mirror; the corners then go anticlockwise.
        points: some of the pairs, (x, y in the query, x, y in the record).
        query_image_id: the image of the catalogue that was searched with; None for a picture that was sent.
    """

    inliers: int
    quad: list[list[float]]
    record_quad: list[list[float]]
    mirrored: bool
    points: list[list[float]]
    query_image_id: int | None


@dataclass(frozen=True)
class Sheet:
    """The print's four corners in the query, clockwise; from a `match`, or only from `edges`."""

    quad: list[list[float]]
    source: str


def shown(match: Match, look: Look) -> ShownMatch:
    """The match in the picture as it was sent, which the look was cut from, turned and mirrored."""
    framing = look.framing
    points = np.asarray(match.points[:MOST_POINTS], dtype=float).reshape(-1, 4)
    return ShownMatch(
        inliers=match.inliers,
        quad=_rounded(upright_points(np.asarray(match.quad, dtype=float), framing)),
        record_quad=_rounded(np.asarray(match.record_quad, dtype=float)),
        mirrored=match.mirrored != framing.mirrored,
        points=_rounded(np.hstack([upright_points(points[:, :2], framing), points[:, 2:]])),
        query_image_id=look.image_id,
    )


def sheet_of_match(match: Match, framing: Framing) -> Sheet | None:
    """The record's own corners, where the query shows all of it; the first is the record's top left one."""
    if not np.allclose(match.record_quad, WHOLE, atol=1e-3):
        return None
    return Sheet(_clockwise(upright_points(np.asarray(match.quad, dtype=float), framing)), "match")


def sheet_of_edges(quad: NDArray[np.floating], framing: Framing) -> Sheet:
    """The quadrangle that was seen in the framed part."""
    return Sheet(_clockwise(upright_points(np.asarray(quad, dtype=float), framing)), "edges")


def _clockwise(corners: Fractions) -> list[list[float]]:
    """Corners that a search takes as its `quad`: clockwise, inside the picture.

    Of corners in the order of a mirror image the first two and the last two change places.
    """
    (ax, ay), (bx, by) = corners[1] - corners[0], corners[2] - corners[1]
    ordered = corners if ax * by > ay * bx else corners[[1, 0, 3, 2]]
    return _rounded(np.clip(ordered, 0, 1))


def _rounded(numbers: Fractions) -> list[list[float]]:
    return [[round(float(number), DIGITS) for number in row] for row in numbers]
