"""Pure geometry of lines: float arrays of shape (n, 2), x before y, in pixels, y pointing down."""

import numpy as np


def points(*pairs: tuple[float, float]) -> np.ndarray:
    """The pairs as one array of shape (n, 2)."""
    return np.array(pairs, np.float64)


def smooth(knots: np.ndarray, per_knot: int = 12, *, closed: bool = False) -> np.ndarray:
    """A centripetal-free (uniform) Catmull-Rom curve through the knots."""
    ends = (knots[-1:], knots[:2]) if closed else (2 * knots[:1] - knots[1:2], 2 * knots[-1:] - knots[-2:-1])
    padded = np.concatenate([ends[0], knots, ends[1]])
    t = np.linspace(0, 1, per_knot, endpoint=False)[:, None]
    corners = zip(padded[:-3], padded[1:-2], padded[2:-1], padded[3:], strict=True)
    spans = [_span(a, b, c, d, t) for a, b, c, d in corners]
    return np.concatenate([*spans, knots[:1] if closed else knots[-1:]])


def _span(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray, t: np.ndarray) -> np.ndarray:
    return np.asarray(
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - 3 * c + d - a) * t**3)
    )


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float, count: int = 48) -> np.ndarray:
    """An elliptic arc; angles in degrees, y pointing down, so 90 is below the centre."""
    angle = np.radians(np.linspace(start, end, count))
    return np.stack([cx + rx * np.cos(angle), cy + ry * np.sin(angle)], axis=1)


def ellipse(cx: float, cy: float, rx: float, ry: float, count: int = 90) -> np.ndarray:
    """A full ellipse, its first point not repeated."""
    return arc(cx, cy, rx, ry, 0, 360, count + 1)[:-1]


def rectangle(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    """Four corners, clockwise from the top left."""
    return points((left, top), (right, top), (right, bottom), (left, bottom))


def regular_polygon(cx: float, cy: float, radius: float, sides: int, turn: float = -90) -> np.ndarray:
    """Corners on a circle, the first at `turn` degrees."""
    return arc(cx, cy, radius, radius, turn, turn + 360, sides + 1)[:-1]


def star(cx: float, cy: float, outer: float, inner: float, rays: int, turn: float = -90) -> np.ndarray:
    """A star of `rays` points, the first at `turn` degrees."""
    tips = regular_polygon(cx, cy, outer, rays, turn)
    dents = regular_polygon(cx, cy, inner, rays, turn + 180 / rays)
    return np.stack([tips, dents], axis=1).reshape(-1, 2)


def closed(line: np.ndarray) -> np.ndarray:
    """The same line with its first point repeated at the end."""
    return np.concatenate([line, line[:1]])


def normals(lines: np.ndarray) -> np.ndarray:
    """Unit normals of lines of shape (..., n, 2) at each of their points (to the left)."""
    along = np.empty_like(lines, np.float64)
    along[..., 1:-1, :] = lines[..., 2:, :] - lines[..., :-2, :]
    along[..., 0, :] = lines[..., 1, :] - lines[..., 0, :]
    along[..., -1, :] = lines[..., -1, :] - lines[..., -2, :]
    length = np.maximum(np.hypot(along[..., 0], along[..., 1]), 1e-9)[..., None]
    return np.stack([along[..., 1], -along[..., 0]], axis=-1) / length


def ribbons(lines: np.ndarray, widths: np.ndarray) -> np.ndarray:
    """The outlines (m, 2 n, 2) of m strokes along `lines` (m, n, 2) with full widths (n,)."""
    side = normals(lines) * (np.asarray(widths, np.float64) / 2)[:, None]
    return np.concatenate([lines + side, (lines - side)[:, ::-1]], axis=1)


def ribbon(line: np.ndarray, widths: np.ndarray | float) -> np.ndarray:
    """The outline of one stroke along `line` with the given full width at each point."""
    return np.asarray(ribbons(line[None], np.broadcast_to(np.asarray(widths, np.float64), (len(line),)))[0])


def swell(
    count: int, width: float, *, start: float = 0.15, end: float = 0.15, peak: float = 0.5
) -> np.ndarray:
    """Widths of a burin stroke: it enters thin, swells to `width` at `peak` and leaves thin."""
    return width * np.interp(np.linspace(0, 1, count), [0, peak, 1], [start, 1, end])


def moved(line: np.ndarray, dx: float, dy: float) -> np.ndarray:
    """The same line elsewhere."""
    return np.asarray(line + np.array([dx, dy]))


def rotate(line: np.ndarray, degrees: float, about: tuple[float, float] = (0, 0)) -> np.ndarray:
    """The line turned clockwise about a point."""
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray((line - about) @ turn + about)


def mirror(line: np.ndarray, axis_x: float) -> np.ndarray:
    """The line reflected in the vertical x = axis_x."""
    return np.stack([2 * axis_x - line[:, 0], line[:, 1]], axis=1)


def spiral(
    cx: float,
    cy: float,
    radius: float,
    turns: float,
    *,
    start: float = 0,
    inner: float = 0.04,
    power: float = 1.0,
    count: int = 120,
) -> np.ndarray:
    """From the rim (at `start` degrees) inwards; negative `turns` wind the other way."""
    t = np.linspace(0, 1, count)
    r = radius * (inner + (1 - inner) * (1 - t) ** power)
    angle = np.radians(start) + 2 * np.pi * turns * t
    return np.stack([cx + r * np.cos(angle), cy + r * np.sin(angle)], axis=1)
