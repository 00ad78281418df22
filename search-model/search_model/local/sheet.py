"""Where the sheet lies in a photograph of it, by its edges alone: straight lines, then four of them. Pure.

A sheet's side is a long straight step from one colour to another, the same step on all four sides. Lines come from a
Hough transform in which an edge point votes only across its own gradient; four lines make a quadrilateral, and the
largest that is believed on every side is the sheet.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Quads = NDArray[np.float64]

LONGEST_SIDE = 240  # pixels that the search runs at
TURNS = 90  # directions of a line, 2 degrees apart
MOST_LINES = 26
LEAST_EDGE = 6.0  # change of colour, in units of Lab over a pixel or two, that can be an edge
STEP = 4  # pixels from a side to where the colours on either side of it are read
OPPOSITE, ACROSS = 25.0, 60.0  # degrees that opposite sides may differ by at most, and neighbours at least
SMALLEST_SHARE, LARGEST_SHARE = 0.1, 0.95  # of the photograph's area
OUTSIDE = 0.08  # how far a corner may lie outside the photograph, of its side
LEAST_SUPPORT, LEAST_STEP = 0.65, 5.0  # of every side: its length that is edge, and its change of colour in Lab
FULL_STEP = 20.0  # a change of colour that more would make no surer
AREA_COUNTS = 0.3  # of two quadrilaterals as well believed the larger is the sheet, the other its picture
UPRIGHT = 3.0  # degrees
REACH = 4  # pixels that a side is moved at most
STRIDE = 2  # pixels between the places looked at along a line


@dataclass(frozen=True, eq=False)
class _Lines:
    """x cos(turn) + y sin(turn) = distance. Sums run along each line, so that any stretch of it is a difference.

    Attributes:
        turns, distances: float64 (n,), radians and pixels.
        edge: float64 (n, 2 m + 1), how much of the line before each stride is an edge.
        steps: float64 (n, 2 m + 1, 3), sum of the changes of colour across it, towards greater distances.
        origin: m, the place, in strides, of the foot of the perpendicular from the top left corner.
    """

    turns: Quads
    distances: Quads
    edge: Quads
    steps: Quads
    origin: int


def find_sheet(rgb: NDArray[np.uint8]) -> NDArray[np.float64] | None:
    """The sheet's corners, float64 (4, 2), fractions of the picture, clockwise from top left; None when unsure.

    Args:
        rgb: the photograph, uint8 (h, w, 3).
    """
    lab = _small_lab(rgb)
    height, width = lab.shape[:2]
    lines = _lines(lab)
    corners, sides = _quadrilaterals(lines, width, height)
    if not len(corners):
        return None
    belief = _belief(lines, corners, sides) + AREA_COUNTS * np.sqrt(_areas(corners) / (width * height))
    if not np.isfinite(belief).any():
        return None
    best = _refined(lab, corners[belief.argmax()])
    return from_top_left(best / [width, height])


def from_top_left(corners: Quads) -> Quads:
    """The four corners clockwise on the screen, that one first which is nearest to the top left."""
    around = corners - corners.mean(axis=0)
    clockwise = corners[np.argsort(np.arctan2(around[:, 1], around[:, 0]))]
    return np.roll(clockwise, -int(clockwise.sum(axis=1).argmin()), axis=0)


def _small_lab(rgb: NDArray[np.uint8]) -> Floats:
    scale = LONGEST_SIDE / max(rgb.shape[:2])
    size = (max(16, round(rgb.shape[1] * scale)), max(16, round(rgb.shape[0] * scale)))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2LAB)
    return np.asarray(cv2.GaussianBlur(lab, (5, 5), 1.2), dtype=np.float32)


def _lines(lab: Floats) -> _Lines:
    """The lines with most edge on them."""
    across, down = _gradients(lab)
    size = np.hypot(across, down)
    ys, xs = np.nonzero(size >= LEAST_EDGE)
    turns, distances = _peaks(xs, ys, across[ys, xs], down[ys, xs], size[ys, xs], reach=sum(lab.shape[:2]))
    return _along(lab, across, down, turns, distances)


def _gradients(lab: Floats) -> tuple[Floats, Floats]:
    """Change across and down of the channel that changes most, float32 (h, w) each, Lab units."""
    across = cv2.Sobel(lab, cv2.CV_32F, 1, 0, ksize=3, scale=0.25)
    down = cv2.Sobel(lab, cv2.CV_32F, 0, 1, ksize=3, scale=0.25)
    channel = (across**2 + down**2).argmax(axis=2)
    rows, columns = np.indices(channel.shape)
    return (
        np.asarray(across[rows, columns, channel], dtype=np.float32),
        np.asarray(down[rows, columns, channel], dtype=np.float32),
    )


def _peaks(
    xs: NDArray[np.intp], ys: NDArray[np.intp], across: Floats, down: Floats, size: Floats, *, reach: int
) -> tuple[Quads, Quads]:
    """The strongest lines through the edge points: turns and distances."""
    direction = np.arctan2(down, across)
    votes = np.zeros((TURNS, 2 * reach + 1), dtype=np.float32)
    weights = np.minimum(size, 4 * LEAST_EDGE)
    for offset in (-1, 0, 1):
        turn = np.round(direction * (TURNS / np.pi)).astype(int) + offset
        angle = turn * (np.pi / TURNS)
        distance = np.round(xs * np.cos(angle) + ys * np.sin(angle)).astype(int)
        sign = np.where((turn // TURNS) % 2 == 0, 1, -1)  # a line and its direction reversed are one line
        place = (turn % TURNS) * votes.shape[1] + sign * distance + reach
        votes += np.bincount(place, weights, votes.size).reshape(votes.shape).astype(np.float32)
    smooth = cv2.GaussianBlur(votes, (5, 3), 0)
    highest = smooth >= cv2.dilate(smooth, np.ones((5, 9)))
    places = np.flatnonzero(highest & (smooth > 0))
    strongest = places[np.argsort(-smooth.ravel()[places], kind="stable")][:MOST_LINES]
    turn, distance = np.divmod(strongest, votes.shape[1])
    return turn * (np.pi / TURNS), (distance - reach).astype(np.float64)


def _along(lab: Floats, across: Floats, down: Floats, turns: Quads, distances: Quads) -> _Lines:
    """Sums along the lines; nothing is gathered outside the picture."""
    origin = int(np.hypot(*lab.shape[:2]) / STRIDE) + 1
    normal = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    along = np.stack([-normal[:, 1], normal[:, 0]], axis=1)
    t = STRIDE * np.arange(-origin, origin)
    places = (normal * distances[:, None])[:, None, :] + along[:, None, :] * t[None, :, None]
    slopes = np.dstack([across, down])
    edge = np.zeros(places.shape[:2], dtype=bool)
    for offset in (-1, 0, 1):
        here = _read(slopes, places + offset * normal[:, None, :])
        straight = np.abs(np.einsum("ntc,nc->nt", here, normal))
        edge |= (straight >= LEAST_EDGE) & (straight > 0.9 * np.hypot(here[..., 0], here[..., 1]))
    steps = _read(lab, places + STEP * normal[:, None, :]) - _read(lab, places - STEP * normal[:, None, :])
    return _Lines(turns, distances, _running_sum(edge), _running_sum(steps), origin)


def _read(picture: Floats, places: Quads) -> Floats:
    """Nearest pixels of a picture (h, w, c) at places (..., 2) as x, y; zero outside."""
    x, y = np.round(places[..., 0]).astype(int), np.round(places[..., 1]).astype(int)
    inside = (x >= 0) & (y >= 0) & (x < picture.shape[1]) & (y < picture.shape[0])
    return np.where(inside[..., None], picture[y * inside, x * inside], 0)


def _running_sum(values: NDArray[np.generic]) -> Quads:
    sums = np.zeros((values.shape[0], values.shape[1] + 1, *values.shape[2:]))
    np.cumsum(values, axis=1, out=sums[:, 1:])
    return sums


def _quadrilaterals(lines: _Lines, width: int, height: int) -> tuple[Quads, NDArray[np.intp]]:
    """Corners (q, 4, 2) in order around, and the lines (q, 4) from each corner to the next."""
    first, second = np.triu_indices(len(lines.turns), 1)
    apart = np.abs((np.rad2deg(lines.turns[first] - lines.turns[second]) + 90) % 180 - 90)
    crossing = _crossings(lines)
    opposite = np.column_stack([first, second])[(apart < OPPOSITE)]
    one, other = np.triu_indices(len(opposite), 1)
    sides = np.hstack([opposite[one], opposite[other]])[:, [0, 2, 1, 3]]
    apart = np.abs((np.rad2deg(lines.turns[sides[:, 0]] - lines.turns[sides[:, 1]]) + 90) % 180 - 90)
    sides = sides[apart > ACROSS]
    corners = crossing[np.roll(sides, 1, axis=1), sides]
    room = OUTSIDE * np.array([width, height])
    inside = ((corners > -room) & (corners - room < [width, height])).all(axis=(1, 2))
    corners, sides = corners[inside], sides[inside]
    share = _areas(corners) / (width * height)
    fits = (share >= SMALLEST_SHARE) & (share <= LARGEST_SHARE)
    return corners[fits], sides[fits]


def _crossings(lines: _Lines) -> Quads:
    """Where every two lines meet, (n, n, 2); far away when they are parallel."""
    cos, sin = np.cos(lines.turns), np.sin(lines.turns)
    determinant = cos[:, None] * sin[None, :] - sin[:, None] * cos[None, :]
    determinant = np.where(np.abs(determinant) < 1e-6, 1e-6, determinant)
    x = (lines.distances[:, None] * sin[None, :] - lines.distances[None, :] * sin[:, None]) / determinant
    y = (cos[:, None] * lines.distances[None, :] - cos[None, :] * lines.distances[:, None]) / determinant
    return np.stack([x, y], axis=-1)


def _areas(corners: Quads) -> Quads:
    """The shoelace formula, (q,)."""
    x, y = corners[..., 0], corners[..., 1]
    return np.asarray(np.abs((x * np.roll(y, -1, axis=1) - np.roll(x, -1, axis=1) * y).sum(axis=1)) / 2)


def _belief(lines: _Lines, corners: Quads, sides: NDArray[np.intp]) -> Quads:
    """How well each quadrilateral's sides are edge and the same step of colour, 0 to 1; -inf for no sheet."""
    normal = np.stack([np.cos(lines.turns), np.sin(lines.turns)], axis=1)[sides]
    support, steps = _sums(lines, corners, sides, np.stack([-normal[..., 1], normal[..., 0]], axis=-1))
    outward = np.sign(((corners - corners.mean(axis=1, keepdims=True)) * normal).sum(-1))
    steps = steps * outward[..., None]
    mean = steps.mean(axis=1, keepdims=True)
    same_step = (steps * mean).sum(-1) / np.maximum(np.linalg.norm(mean, axis=-1), 1e-9)
    belief = (support * np.minimum(same_step / FULL_STEP, 1)).mean(axis=1)
    sheet = (support.min(axis=1) >= LEAST_SUPPORT) & (same_step.min(axis=1) >= LEAST_STEP)
    # A picture's own edge in a scan of its page: upright, and lighter outside. So few photographs are like that.
    upright = (np.abs((np.rad2deg(lines.turns[sides]) + 45) % 90 - 45) <= UPRIGHT).all(axis=1)
    sheet &= ~(upright & (mean[:, 0, 0] > 0))
    return np.where(sheet, belief, -np.inf)


def _sums(lines: _Lines, corners: Quads, sides: NDArray[np.intp], along: Quads) -> tuple[Quads, Quads]:
    """Of every side: the share of it that is edge (q, 4), and the mean step of colour across it (q, 4, 3)."""
    ends = np.stack([(corners * along).sum(-1), (np.roll(corners, -1, axis=1) * along).sum(-1)])
    places = np.round(ends / STRIDE).astype(int) + lines.origin
    low, high = places.min(axis=0).clip(0, 2 * lines.origin), places.max(axis=0).clip(0, 2 * lines.origin)
    length = np.maximum(high - low, 1)
    support = (lines.edge[sides, high] - lines.edge[sides, low]) / length
    return support, (lines.steps[sides, high] - lines.steps[sides, low]) / length[..., None]


def _refined(lab: Floats, corners: Quads) -> Quads:
    """Each side moved to where the colour changes most within a few pixels of it, and the corners with them."""
    fitted = [_fitted(lab, start, end) for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True)]
    moved = [_meeting(fitted[i - 1], fitted[i]) for i in range(4)]
    near = np.abs(np.array(moved) - corners).max() <= 2 * REACH
    return np.array(moved) if near else corners


def _fitted(lab: Floats, start: Quads, end: Quads) -> Quads:
    """The line, as a point and a direction, float64 (4,), along the strongest change of colour about a side."""
    along = (end - start) / max(float(np.linalg.norm(end - start)), 1e-9)
    normal = np.array([-along[1], along[0]])
    t = np.linspace(0.04, 0.96, 48)
    offsets = np.arange(-REACH - 1, REACH + 2)
    places = (start + np.outer(t, end - start))[:, None, :] + offsets[None, :, None] * normal
    x, y = places[..., 0].astype(np.float32), places[..., 1].astype(np.float32)
    profile = cv2.remap(lab, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    change = np.linalg.norm(profile[:, 2:] - profile[:, :-2], axis=2)
    best = places[np.arange(len(t)), change.argmax(axis=1) + 1]
    vx, vy, x, y = cv2.fitLine(best.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
    return np.array([x, y, vx, vy], dtype=np.float64)


def _meeting(one: Quads, other: Quads) -> Quads:
    """Where two lines meet; the first's point when they are parallel."""
    directions = np.column_stack([one[2:], -other[2:]])
    if abs(np.linalg.det(directions)) < 1e-6:
        return one[:2]
    return np.asarray(one[:2] + np.linalg.solve(directions, other[:2] - one[:2])[0] * one[2:])
