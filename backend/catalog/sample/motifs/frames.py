"""Frames and fields for inscriptions: cartouches, banderoles, wreaths, ovals and borders of scale."""

import numpy as np

from catalog.sample.curves import arc, ellipse, mirror, moved, points, rectangle, rotate, smooth, spiral
from catalog.sample.hatching import ramp, rings
from catalog.sample.plate import Plate


def leaf(x: float, y: float, length: float, width: float, degrees: float) -> np.ndarray:
    """The outline of a pointed leaf that grows from (x, y)."""
    t = np.linspace(0, 1, 14)
    half = width / 2 * np.sin(np.pi * t**0.8)
    edge = np.concatenate([np.stack([t * length, half], 1), np.stack([t * length, -half], 1)[::-1]])
    return moved(rotate(edge, degrees), x, y)


def veined_leaf(
    plate: Plate, x: float, y: float, length: float, width: float, degrees: float, *, tone: float = 0.35
) -> None:
    """A leaf with one half in shade and a rib."""
    outline = leaf(x, y, length, width, degrees)
    plate.erase(outline)
    half = len(outline) // 2
    rib = moved(rotate(points((0, 0), (length * 0.5, 0), (length * 0.94, 0)), degrees), x, y)
    plate.hatch(np.concatenate([outline[:half], rib[::-1]]), tone, degrees + 50, 3.2)
    plate.outline(outline, 1.1)
    plate.line(rib, 0.9)


def wreath(
    plate: Plate,
    cx: float,
    cy: float,
    rx: float,
    ry: float,
    *,
    leaf_length: float,
    leaves: int = 44,
    tone: float = 0.4,
) -> None:
    """Laurel that climbs both sides of an ellipse and meets at the top."""
    for side in (-1, 1):
        for index in range(leaves // 2):
            angle = 90 - side * (8 + index * 166 / (leaves / 2))
            x, y = cx + rx * np.cos(np.radians(angle)), cy + ry * np.sin(np.radians(angle))
            along = angle - side * 90
            for splay in (32, -28, 4):
                veined_leaf(plate, x, y, leaf_length, leaf_length * 0.36, along + splay * side, tone=tone)
    bow(plate, cx, cy + ry, leaf_length)


def bow(plate: Plate, x: float, y: float, size: float) -> None:
    """A knotted ribbon."""
    for side in (-1, 1):
        loop = smooth(
            points((0, 0), (side * 0.7, -0.5), (side * 1.05, -0.05), (side * 0.6, 0.25)) * size, closed=True
        )
        tail = smooth(points((0, 0), (side * 0.5, 0.5), (side * 0.45, 0.9), (side * 1.0, 1.3))) * size
        band = np.concatenate([tail, moved(tail[::-1], side * size * 0.2, -size * 0.1)])
        for shape in (moved(band, x, y), moved(loop, x, y)):
            plate.erase(shape)
            plate.hatch(shape, 0.3, 60, 3.2)
            plate.outline(shape, 1.2)
    plate.erase(ellipse(x, y, size * 0.2, size * 0.2))
    plate.outline(ellipse(x, y, size * 0.2, size * 0.2), 1.3)


def oval_frame(plate: Plate, cx: float, cy: float, rx: float, ry: float, *, width: float = 24) -> None:
    """A moulded oval ring, lit from the upper left; its inside is left as it is."""
    outer, inner = ellipse(cx, cy, rx + width, ry + width), ellipse(cx, cy, rx, ry)
    ring = np.concatenate([outer, outer[:1], inner[:1], inner[::-1]])
    plate.erase(ring)

    def tone(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        across = (
            (np.hypot((x - cx) / (rx + width), (y - cy) / (ry + width)) - rx / (rx + width))
            * (rx + width)
            / width
        )
        lit = ((x - cx) / rx + (y - cy) / ry) * 0.7
        return 0.34 + 0.3 * lit * np.sin(np.clip(across, 0, 1) * 2 * np.pi) + 0.1 * lit

    plate.shade(ring, tone, rings(cx, cy, 3.6, stretch=rx / ry), tremble=0.3)
    for grow in (0, width * 0.3, width):
        plate.outline(ellipse(cx, cy, rx + grow, ry + grow), 1.4)


def banderole(
    plate: Plate, cx: float, cy: float, length: float, height: float, *, sag: float = 0.12
) -> np.ndarray:
    """A scroll with forked ends; returns its middle line, left to right."""
    t = np.linspace(-1, 1, 40)
    middle = np.stack([cx + t * length / 2, cy - sag * length * (1 - t**2) + sag * length * 0.5], 1)
    for side in (-1, 1):
        end = middle[-1] if side > 0 else middle[0]
        flap = points((-0.55, 0.35), (1.5, 0.75), (1.05, 1.2), (1.6, 1.75), (-0.55, 1.35)) * (
            side * height,
            height,
        )
        flap = moved(flap, *(end - (0, height * 0.5)))
        plate.erase(flap)
        plate.hatch(flap, 0.38, 90, 3.4)
        plate.outline(flap, 1.3)
    band = np.concatenate([moved(middle, 0, -height / 2), moved(middle, 0, height / 2)[::-1]])
    plate.erase(band)
    edge = (np.abs(plate.x - cx) / (length / 2)) ** 8 * 0.5
    plate.hatch(band, edge, 90, 3.4)
    plate.outline(band, 1.4)
    return middle


def motto(
    plate: Plate, text: str, cx: float, cy: float, length: float, height: float, *, sag: float = 0.12
) -> None:
    """A scroll with words on it."""
    middle = banderole(plate, cx, cy, length, height, sag=sag)
    bend = sag * length
    radius = ((length / 2) ** 2 + bend**2) / (2 * bend)
    top = middle[len(middle) // 2]
    plate.letter_round(
        text, (cx, top[1] + radius), radius - height * 0.2, -90, min(height * 0.46, length / len(text) * 0.95)
    )


STRAP = points(
    (-1.12, 0),
    (-1.2, -0.6),
    (-0.95, -1.2),
    (-0.45, -1.12),
    (0, -1.42),
    (0.45, -1.12),
    (0.95, -1.2),
    (1.2, -0.6),
    (1.12, 0),
    (1.2, 0.6),
    (0.95, 1.2),
    (0.45, 1.12),
    (0, 1.4),
    (-0.45, 1.12),
    (-0.95, 1.2),
    (-1.2, 0.6),
)


def cartouche(plate: Plate, cx: float, cy: float, width: float, height: float, *, tone: float = 0.45) -> None:
    """Scrolled strapwork round a blank field of this size."""
    half, centre = np.array([width, height]) / 2, np.array([cx, cy])
    curl = half.min() * 0.34
    for x, y, turn in ((-1, -1, 1), (1, -1, -1), (-1, 1, -1), (1, 1, 1)):
        at = centre + (x, y) * (half + curl * 0.13)
        _volute(plate, at[0], at[1], curl, turn, 90)
    outer = smooth(STRAP * half, 8, closed=True) + centre
    plate.erase(outer)
    shade = ramp(tone * 0.75, across=tone * 0.5 / width, down=tone * 0.5 / height, at=(cx, cy))
    plate.hatch(outer, shade, 20, 3.6)
    plate.outline(outer, 2)
    plate.outline(outer * 0.965 + centre * 0.035, 0.9)
    unit = ellipse(0, 0, 1, 1, 120)
    field = centre + np.sign(unit) * np.abs(unit) ** 0.5 * half
    plate.erase(field)
    plate.outline(field, 1.6)
    palmette(plate, cx, cy - half[1] * 1.12, half[1] * 0.6)
    palmette(plate, cx, cy + half[1] * 1.12, half[1] * 0.5, degrees=180)


def _volute(plate: Plate, x: float, y: float, radius: float, turn: int, start: float) -> None:
    disc = ellipse(x, y, radius, radius)
    plate.erase(disc)
    plate.shade(disc, lambda px, py: 0.3 + 0.4 * ((px - x) + (py - y)) / radius, rings(x, y, 3.2))
    plate.outline(disc, 1.6)
    plate.strokes([spiral(x, y, radius, turn * 2.2, start=start)], 3)


def palmette(plate: Plate, x: float, y: float, size: float, *, degrees: float = 0, lobes: int = 7) -> None:
    """A fan of lobes above (x, y)."""
    order = sorted(range(lobes), key=lambda i: -abs(i - (lobes - 1) / 2))
    for index in order:
        spread = (index - (lobes - 1) / 2) * 24
        length = size * (1 - abs(spread) / 260)
        veined_leaf(plate, x, y, length, size * 0.3, degrees - 90 + spread, tone=0.3)
    knob = ellipse(x, y, size * 0.14, size * 0.14)
    plate.erase(knob)
    plate.outline(knob, 1.4)


def scale_border(
    plate: Plate, left: float, top: float, right: float, bottom: float, *, step: float = 26, width: float = 9
) -> None:
    """The border of a map: black and white by turns, between rules."""
    for inset in (0, width):
        plate.outline(rectangle(left + inset, top + inset, right - inset, bottom - inset), 1.3)
    across = max(4, round((right - left - 2 * width) / step / 2) * 2)
    down = max(4, round((bottom - top - 2 * width) / step / 2) * 2)
    xs = np.linspace(left + width, right - width, across + 1)
    ys = np.linspace(top + width, bottom - width, down + 1)
    for a, b in zip(xs[::2], xs[1::2], strict=False):
        plate.fill(rectangle(a, top + 3, b, top + width - 3))
        plate.fill(rectangle(a, bottom - width + 3, b, bottom - 3))
    for a, b in zip(ys[::2], ys[1::2], strict=False):
        plate.fill(rectangle(left + 3, a, left + width - 3, b))
        plate.fill(rectangle(right - width + 3, a, right - 3, b))


def corner_scrolls(plate: Plate, left: float, top: float, right: float, bottom: float, size: float) -> None:
    """A tendril in each corner of a rectangle."""
    tendril = [
        moved(spiral(size * 0.5, size * 0.5, size * 0.42, 1.6, start=200), left, top),
        moved(smooth(points((0.05, 1.5), (0.1, 0.9), (0.12, 0.35))) * size, left, top),
        moved(smooth(points((1.5, 0.05), (0.9, 0.1), (0.35, 0.12))) * size, left, top),
    ]
    middle = (left + right) / 2
    for line in tendril:
        for side in (line, mirror(line, middle)):
            for shape in (side, np.stack([side[:, 0], top + bottom - side[:, 1]], 1)):
                plate.strokes([shape], size * 0.09)


def rosette(plate: Plate, x: float, y: float, radius: float, petals: int = 8) -> None:
    """A round flower seen from the front."""
    for index in range(petals):
        veined_leaf(plate, x, y, radius, radius * 0.62, index * 360 / petals, tone=0.35)
    plate.erase(ellipse(x, y, radius * 0.26, radius * 0.26))
    plate.outline(ellipse(x, y, radius * 0.26, radius * 0.26), 1.3)
    plate.line(arc(x, y, radius * 0.14, radius * 0.14, 20, 200), 1.2)
