"""Flowers and fruits of botanical plates."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse, points, rotate, smooth
from catalog.sample.hatching import rings, straight
from catalog.sample.motifs.plants import Colour
from catalog.sample.plate import Plate


def petal(
    plate: Plate,
    at: np.ndarray,
    length: float,
    width: float,
    degrees: float,
    colour: Colour,
    *,
    tip: float = 0.0,
    blunt: float = 0.55,
) -> None:
    """A petal that leaves `at`: `blunt` > 0.5 widens its end, `tip` draws the end out to a point."""
    t = np.linspace(0, 1, 26)
    half = width / 2 * np.sin(np.pi * t ** (0.4 + blunt)) ** 0.7
    reach = length * (t + tip * 0.2 * t**6)
    edge = np.concatenate([np.stack([reach, half], 1), np.stack([reach, -half], 1)[::-1]])
    outline = rotate(edge, degrees) + at
    plate.clear(outline)
    plate.tint(outline, colour, 0.6)
    streaks = [
        rotate(
            smooth(points((length * 0.06, y * 0.2), (length * 0.3, y * 0.8), (length * reach_, y))), degrees
        )
        + at
        for y, reach_ in (
            (0, 0.6),
            (width * 0.17, 0.46),
            (-width * 0.17, 0.46),
            (width * 0.3, 0.36),
            (-width * 0.3, 0.36),
        )
    ]
    plate.strokes(streaks, 1.3)
    plate.hatch(rotate(edge[:26], degrees) + at, 0.16, degrees + 20, 3.6)
    plate.outline(outline, 1.1)


def daisy(
    plate: Plate,
    rng: Generator,
    at: np.ndarray,
    size: float,
    colour: Colour,
    *,
    petals: int = 16,
    heart: Colour = (222, 180, 60),
) -> None:
    """Ray flowers about a stippled disc."""
    for turn in np.linspace(0, 360, petals, endpoint=False):
        petal(plate, at, size * rng.uniform(0.92, 1.04), size * 0.34, turn + rng.normal(0, 3), colour)
    disc = ellipse(at[0], at[1], size * 0.3, size * 0.28)
    plate.clear(disc)
    plate.tint(disc, heart, 0.9)
    plate.grain(disc, lambda x, y: 0.35 + 0.4 * ((x - at[0]) + (y - at[1])) / (size * 0.4), rng, size=2.2)
    plate.outline(disc, 1.1)


def rose(plate: Plate, rng: Generator, at: np.ndarray, size: float, colour: Colour) -> None:
    """Rings of round petals, the inner ones smaller."""
    for ring, (count, reach) in enumerate(((6, 1.0), (5, 0.78), (5, 0.56), (4, 0.38))):
        for turn in np.linspace(0, 360, count, endpoint=False) + ring * 34 + rng.uniform(-8, 8):
            petal(plate, at, size * reach, size * reach * 1.05, turn, colour, blunt=0.85)
    plate.grain(ellipse(at[0], at[1], size * 0.12, size * 0.12), 0.7, rng)


def tulip(plate: Plate, at: np.ndarray, size: float, degrees: float, colour: Colour) -> None:
    """A cup of pointed petals, opening upwards when `degrees` is -90."""
    for turn, reach in ((-30, 1.0), (30, 1.0), (-12, 1.06), (12, 1.06), (-22, 0.9), (22, 0.9), (0, 0.96)):
        petal(plate, at, size * reach, size * 0.5, degrees + turn, colour, tip=0.5, blunt=0.42)


def lily(plate: Plate, at: np.ndarray, size: float, degrees: float, colour: Colour) -> None:
    """Six petals that open wide, stamens between them."""
    for turn in (-72, 72, -44, 44, -15, 15):
        petal(
            plate, at, size * (1.1 - abs(turn) / 300), size * 0.3, degrees + turn, colour, tip=0.8, blunt=0.4
        )
    stamens = [
        rotate(smooth(points((0, 0), (0.4, bow * 0.5), (0.86, bow)) * size, 6), degrees) + at
        for bow in (-0.28, -0.14, 0.02, 0.16, 0.3)
    ]
    plate.strokes(stamens, 1.6)
    for line in stamens:
        plate.fill(ellipse(line[-1][0], line[-1][1], size * 0.035, size * 0.035, 12))


def bell(plate: Plate, at: np.ndarray, size: float, degrees: float, colour: Colour) -> None:
    """A bell with a scalloped rim that hangs along `degrees`."""
    side = points((0, -0.12), (0.2, -0.3), (0.6, -0.32), (0.95, -0.52))
    rim = points(
        (1.05, -0.4), (0.93, -0.25), (1.08, -0.12), (0.96, 0), (1.08, 0.12), (0.93, 0.25), (1.05, 0.4)
    )
    edge = np.concatenate([smooth(side, 6), smooth(rim, 5), smooth(side * (1, -1), 6)[::-1]]) * size
    outline = rotate(edge, degrees) + at
    plate.clear(outline)
    plate.tint(outline, colour, 0.65)
    plate.hatch(outline, lambda x, y: 0.2 + 0.25 * (x - at[0]) / size, degrees, 3.6)
    plate.outline(outline, 1.2)
    plate.strokes(
        [
            rotate(points((0.08, y * 0.4), (0.5, y * 0.7), (0.92, y)) * size, degrees) + at
            for y in (-0.2, 0, 0.2)
        ],
        1.4,
    )


def berry(plate: Plate, at: np.ndarray, radius: float, colour: Colour) -> None:
    """A round fruit with its light."""
    ball = ellipse(at[0], at[1], radius, radius * 0.96)
    plate.clear(ball)
    plate.tint(ball, colour, 0.75)
    x0, y0 = at - radius * 0.35
    plate.shade(
        ball,
        lambda x, y: np.clip(np.hypot(x - x0, y - y0) / radius * 0.62 - 0.12, 0, 1),
        rings(float(x0), float(y0), 3.2),
        cross=(straight(30, 3.2),),
    )
    plate.outline(ball, 1.3)


def umbel(plate: Plate, rng: Generator, at: np.ndarray, size: float, degrees: float, colour: Colour) -> None:
    """Rays from one point, each with its own little head of flowers."""
    heads = []
    for turn in np.linspace(-68, 68, 11):
        a = np.radians(degrees + turn)
        head = at + size * (1.05 - abs(turn) / 260) * np.array([np.cos(a), np.sin(a)])
        middle = at + 0.5 * (head - at) + np.array([0, 0.06 * size])
        plate.strokes([smooth(np.stack([at, middle, head]), 6)], 1.6)
        heads.append(head)
    for head in heads:
        for _ in range(9):
            spot = head + rng.normal(0, size * 0.075, 2)
            plate.tint(ellipse(spot[0], spot[1], size * 0.05, size * 0.05, 10), colour, 0.8)
            plate.outline(ellipse(spot[0], spot[1], size * 0.036, size * 0.036, 8), 1)


def thistle(
    plate: Plate, rng: Generator, at: np.ndarray, size: float, degrees: float, colour: Colour
) -> None:
    """A scaly ball with a brush of florets."""
    brush = [
        rotate(smooth(points((0.3, y * 0.3), (0.8, y * 0.7), (1.3 - abs(y) * 0.3, y)) * size, 5), degrees)
        + at
        for y in np.linspace(-0.75, 0.75, 26) + rng.normal(0, 0.02, 26)
    ]
    fan = (
        rotate(points((0.3, -0.25), (1.15, -0.75), (1.35, 0), (1.15, 0.75), (0.3, 0.25)) * size, degrees) + at
    )
    plate.tint(fan, colour, 0.6)
    plate.strokes(brush, 1.9)
    ball = rotate(ellipse(size * 0.12, 0, size * 0.46, size * 0.42), degrees) + at
    plate.clear(ball)
    plate.tint(ball, (128, 150, 90), 0.6)
    plate.outline(ball, 1.4)
    for row in np.linspace(-0.2, 0.5, 6):
        for y in np.linspace(-0.34, 0.34, 6):
            scale = points((row - 0.06, y - 0.05), (row + 0.09, y), (row - 0.06, y + 0.05)) * size
            plate.line(rotate(scale, degrees) + at, 1.1)
