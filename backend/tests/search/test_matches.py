"""A match as a page draws it."""

import numpy as np
import pytest
from numpy.typing import NDArray
from search_model.local.verification import Match

from search.framing import Area, Framing, is_convex
from search.looks import Look
from search.matches import WHOLE, sheet_of_edges, sheet_of_match, shown

QUAD = np.array([[0.2, 0.1], [0.8, 0.2], [0.7, 0.9], [0.1, 0.8]])
HALF = np.array([[0.0, 0.0], [0.5, 0.0], [0.5, 1.0], [0.0, 1.0]])


def match(
    *,
    quad: NDArray[np.float64] = QUAD,
    record_quad: NDArray[np.float64] = WHOLE,
    mirrored: bool = False,
    points: int = 3,
) -> Match:
    return Match(
        inliers=40,
        homography=np.eye(3),
        quad=quad,
        record_quad=record_quad,
        coverage=0.8,
        mirrored=mirrored,
        points=np.tile(np.array([[0.5, 0.25, 0.1, 0.9]], np.float32), (points, 1)),
    )


def look(framing: Framing) -> Look:
    return Look(100, 100, framing, image_id=7)


def test_what_was_cropped_is_put_back_in_its_place() -> None:
    drawn = shown(match(), look(Framing(area=Area(0.5, 0.25, 0.5, 0.5))))
    np.testing.assert_allclose(drawn.quad, QUAD * 0.5 + np.array([0.5, 0.25]), atol=1e-4)
    assert drawn.points[0] == [0.75, 0.375, 0.1, 0.9]
    assert drawn.record_quad == WHOLE.tolist()
    assert drawn.query_image_id == 7


@pytest.mark.parametrize(("asked", "seen", "said"), [(0, 0, 0), (1, 0, 1), (0, 1, 1), (1, 1, 0)])
def test_mirrored_is_said_of_the_picture_as_it_was_sent(asked: bool, seen: bool, said: bool) -> None:
    assert shown(match(mirrored=bool(seen)), look(Framing(mirrored=bool(asked)))).mirrored is bool(said)


def test_at_most_64_points_are_drawn() -> None:
    assert len(shown(match(points=100), look(Framing())).points) == 64
    assert shown(match(points=0), look(Framing())).points == []


def test_a_record_that_is_shown_in_part_has_no_corners_to_show() -> None:
    assert sheet_of_match(match(record_quad=HALF), Framing()) is None


def test_a_sheet_is_what_a_search_takes_as_quad() -> None:
    outside = match(quad=QUAD + np.array([0.25, -0.15]))
    for framing in (Framing(), Framing(mirrored=True), Framing(degrees=90)):
        for sheet in (
            sheet_of_match(outside, framing),
            sheet_of_edges(QUAD[[1, 0, 3, 2]], framing),
        ):
            assert sheet is not None
            (a, b), (c, d), (e, f), (g, h) = sheet.quad
            assert is_convex(((a, b), (c, d), (e, f), (g, h)))
            assert 0 <= np.min(sheet.quad) <= np.max(sheet.quad) <= 1
