"""Acanthus scrolls, vases and interlaced bands: the stuff of ornament prints."""

import numpy as np

from catalog.sample.curves import ellipse, moved, normals, points, ribbon, ribbons, smooth, spiral, swell
from catalog.sample.hatching import ramp, straight
from catalog.sample.motifs.frames import leaf, rosette
from catalog.sample.plate import Plate


def acanthus(
    plate: Plate, x: float, y: float, length: float, degrees: float, *, curl: float = 0.5, tone: float = 0.45
) -> None:
    """A lobed leaf that curls over to one side."""
    t = np.linspace(0, 1, 60)
    lobes = 0.62 + 0.38 * np.abs(np.sin(t * np.pi * 5))
    half = length * 0.24 * np.sin(np.pi * t**0.8) ** 0.8 * lobes
    bend = curl * length * t**2
    spine = np.stack([t * length * (1 - 0.25 * np.abs(curl) * t), bend], 1)
    side = normals(spine) * half[:, None]
    a = np.radians(degrees)
    turn = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    upper, lower, rib = (moved(edge @ turn, x, y) for edge in (spine + side, spine - side, spine))
    outline = np.concatenate([upper, lower[::-1]])
    plate.erase(outline)
    plate.hatch(np.concatenate([lower, rib[::-1]]), tone, degrees + 60, 3.3)
    plate.hatch(np.concatenate([upper, rib[::-1]]), tone * 0.3, degrees - 60, 3.6)
    plate.outline(outline, 1.2)
    veins = [
        np.stack([rib[i], rib[i] * 0.35 + edge[min(i + 6, 59)] * 0.65])
        for edge in (upper, lower)
        for i in (6, 18, 30, 42)
    ]
    plate.strokes([rib, *[np.linspace(a, b, 6) for a, b in veins]], 1.5)


def scroll(
    plate: Plate,
    x: float,
    y: float,
    radius: float,
    turn: int,
    start: float,
    *,
    leaves: int = 9,
    width: float = 0.1,
    tone: float = 0.45,
) -> None:
    """A stem that winds inwards from its rim at `start` degrees to a rosette, throwing off leaves."""
    line = spiral(x, y, radius, turn * 1.75, start=start, inner=0.24, power=0.9, count=150)
    along = np.degrees(np.arctan2(*np.gradient(line, axis=0).T[::-1]))
    for share in np.linspace(0.02, 0.62, leaves):
        index = int(share * 149)
        size = radius * (0.62 - 0.4 * share)
        x0, y0 = line[index]
        acanthus(plate, x0, y0, size, along[index] - turn * 48, curl=-turn * 0.35, tone=tone)
    stem = ribbon(line, np.linspace(width, width * 0.4, 150) * radius)
    plate.erase(stem)
    plate.hatch(stem, lambda px, py: 0.3 + 0.25 * ((px - x) + (py - y)) / radius, 45, 3.2)
    plate.outline(stem, 1.3)
    for share in np.linspace(0.3, 0.85, leaves // 2):
        index = int(share * 149)
        x0, y0 = line[index]
        acanthus(
            plate,
            x0,
            y0,
            radius * (0.34 - 0.14 * share),
            along[index] + turn * 40,
            curl=turn * 0.5,
            tone=tone,
        )
    rosette(plate, x, y, radius * 0.25)


def vase(
    plate: Plate, x: float, foot: float, height: float, *, bulge: float = 0.42, tone: float = 0.6
) -> None:
    """An urn on a foot, turned round its axis and gadrooned."""
    t = np.linspace(0, 1, 90)
    profile = height * np.interp(
        t,
        [0, 0.04, 0.1, 0.2, 0.34, 0.52, 0.7, 0.8, 0.86, 0.93, 0.94, 1],
        [0.25, 0.27, 0.2, 0.15, 0.26, bulge, 0.3, 0.1, 0.08, 0.2, 0.26, 0.26],
    )
    profile = np.convolve(np.pad(profile, 5, mode="edge"), np.hanning(13)[1:-1] / 6, mode="valid")
    ys = foot - height + t * height
    outline = np.concatenate([np.stack([x - profile, ys], 1), np.stack([x + profile, ys], 1)[::-1]])
    plate.erase(outline)

    def depth(px: np.ndarray, py: np.ndarray) -> np.ndarray:
        across = (px - x) / np.maximum(np.interp(py, ys, profile), 1)
        flutes = 0.22 * np.sin(np.arcsin(np.clip(across, -1, 1)) * 9) * ((py > ys[45]) & (py < ys[70]))
        return np.asarray(
            np.clip(
                tone * (0.18 + 0.95 * np.clip(across - 0.1, -0.2, 1) ** 2 + 0.75 * across**8 + flutes), 0, 1
            )
        )

    plate.shade(
        outline,
        depth,
        lambda px, py: (
            (py + 0.07 * height * ((px - x) / np.maximum(np.interp(py, ys, profile), 1)) ** 2) / 3.8
        ),
        cross=(straight(58, 3.8), straight(-58, 3.8)),
        tremble=0.5,
    )
    plate.outline(outline, 1.7)
    for index in (4, 9, 24, 45, 70, 82, 84):
        sag = 0.06 * height * np.sin(np.linspace(0, np.pi, 30))
        band = np.stack([np.linspace(x - profile[index], x + profile[index], 30), ys[index] + sag], 1)
        plate.line(band, 1.3)


def handles(plate: Plate, x: float, foot: float, height: float, *, tone: float = 0.5) -> None:
    """Two scrolled handles for a vase of this height."""
    for side in (-1, 1):
        bow = smooth(
            points((0.2, -0.92), (0.42, -1.0), (0.56, -0.8), (0.46, -0.6), (0.4, -0.46))
            * (side * height, height),
            12,
        )
        shape = moved(ribbon(bow, swell(len(bow), height * 0.06, start=0.5, end=0.5)), x, foot)
        plate.erase(shape)
        plate.hatch(shape, tone, 20, 3.2)
        plate.outline(shape, 1.4)
        plate.strokes(
            [
                moved(
                    spiral(side * height * 0.46, -height * 0.48, height * 0.07, side * 1.4, start=0), x, foot
                )
            ],
            3,
        )


def festoon(plate: Plate, left: float, right: float, y: float, sag: float) -> None:
    """A garland of leaves and fruits between two points."""
    t = np.linspace(0, 1, 24)
    line = np.stack([left + (right - left) * t, y + sag * 4 * t * (1 - t)], 1)
    for index, (px, py) in enumerate(line[1:-1]):
        size = sag * (0.16 + 0.26 * np.sin(np.pi * t[index + 1]))
        for spread in (-60, 60, -130, 130):
            outline = leaf(px, py, size * 1.7, size * 0.8, spread)
            plate.erase(outline)
            plate.hatch(outline, 0.4, spread + 50, 3.2)
            plate.outline(outline, 1)
        if index % 2:
            fruit = ellipse(px, py, size * 0.5, size * 0.5)
            plate.erase(fruit)
            plate.hatch(fruit, ramp(0.3, across=1 / size, at=(px, 0), high=0.9), 40, 3)
            plate.outline(fruit, 1.2)


def interlace(
    plate: Plate, lines: list[np.ndarray], heights: list[np.ndarray], width: float, *, ink: bool
) -> None:
    """Closed bands that pass over and under each other.

    `lines` are (n, 2), `heights` (n,): the higher part of a crossing is drawn last. `ink` bands are black
    with white edges, others white with black edges.
    """
    pieces = []
    for line, height in zip(lines, heights, strict=True):
        loop = np.concatenate([line, line[:4]])
        for start in range(0, len(line), 3):
            pieces.append((float(height[min(start + 1, len(line) - 1)]), loop[start : start + 5]))
    pieces = [piece for piece in pieces if len(piece[1]) == 5]
    pieces.sort(key=lambda piece: piece[0])
    stack = np.stack([piece for _, piece in pieces])
    wide, slim = ribbons(stack, np.full(5, width)), ribbons(stack, np.full(5, width * 0.62))
    for rim, core in zip(wide, slim, strict=True):
        (plate.erase if ink else plate.fill)(rim)
        (plate.fill if ink else plate.erase)(core)


def torus_knot(
    cx: float,
    cy: float,
    radius: float,
    depth: float,
    around: int,
    through: int,
    *,
    count: int = 900,
    turn: float = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """A line that winds `around` times about the centre and swings `through` times; with its height."""
    s = np.linspace(0, 2 * np.pi, count, endpoint=False)
    reach = radius + depth * np.cos(through * s)
    angle = around * s + np.radians(turn)
    return np.stack([cx + reach * np.cos(angle), cy + reach * np.sin(angle)], 1), np.sin(through * s)


def mirrored(plate: Plate) -> None:
    """Copy the right half of the plate, reversed, to the left."""
    half = plate.width // 2
    plate.ink[:, :half] = plate.ink[:, plate.width - half :][:, ::-1]
