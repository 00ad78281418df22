"""Halls in perspective and prisons of fancy."""

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, points, rectangle
from catalog.sample.hatching import rays, rings, straight
from catalog.sample.motifs.figures import wanderer, wanderers
from catalog.sample.motifs.perspective import View
from catalog.sample.plate import Plate
from catalog.sample.sheets import Sheet


def _floor(
    plate: Plate, view: View, half: float, depth: float, *, level: float = -1.4, tiles: int = 8
) -> None:
    """A chequered pavement."""
    xs, zs = np.linspace(-half, half, tiles + 1), np.arange(-3.6, depth, 2 * half / tiles)
    for i in range(tiles):
        for j in range(len(zs) - 1):
            tile = view.at(
                (xs[i], level, zs[j]),
                (xs[i + 1], level, zs[j]),
                (xs[i + 1], level, zs[j + 1]),
                (xs[i], level, zs[j + 1]),
            )
            if (i + j) % 2:
                plate.hatch(tile, 0.62 - 0.2 * j / len(zs), 2, 3.8)
            plate.outline(tile, 0.9)


def hall(sheet: Sheet, rng: Generator) -> Plate:
    """A barrel-vaulted hall with arcades at both sides and light at its end."""
    plate = Plate(*((600, 720) if sheet.options.get("upright") else (840, 600)), rng)
    view = View(plate.width / 2, plate.height * 0.6, plate.height * 0.2, 4.0)
    half, spring, bay, bays = 2.0, 1.3, 2.2, sheet.options.get("bays", 6)
    plate.ink[:] = 0
    end = bays * bay
    _vault(plate, view, half, spring, end, bay)
    for side in (-1, 1):
        _arcade(plate, view, side * half, spring, bay, bays, lit=side < 0)
    _floor(plate, view, half, end)
    _end_wall(plate, view, half, spring, end, rng)
    for z, x in ((1.2, -0.8), (3.4, 0.5), (6.5, -0.2)):
        foot = view.at((x, -1.4, z))[0]
        wanderer(plate, foot[0], foot[1], view.unit * 4 / (4 + z) * 0.95, cloak=z > 3)
    return plate


def _vault(plate: Plate, view: View, half: float, spring: float, end: float, bay: float) -> None:
    """The barrel with its coffers; rings of the arch lead inwards."""
    near = view.arch(-half, half, spring, -3.4)
    far = view.arch(-half, half, spring, end)
    band = np.concatenate([near, far[::-1]])
    plate.shade(
        band,
        lambda x, y: 0.3 + 0.42 * np.clip((x - view.cx) / plate.width * 2, -0.5, 1),
        rays(view.cx, view.cy - spring * view.unit * 0.2, 300),
        cross=(rings(view.cx, view.cy, 4),),
        tremble=0.2,
    )
    for z in np.arange(-3, end + 0.1, bay / 2):
        plate.line(view.arch(-half, half, spring, z), 2.2 * 4 / (5 + z) + 0.6)
    for a in np.linspace(0, np.pi, 13):
        x, y = half * np.cos(a), spring + half * np.sin(a)
        plate.line(view.line((x, y, -3.4), (x, y, end)), 1)


def _arcade(plate: Plate, view: View, x: float, spring: float, bay: float, bays: int, *, lit: bool) -> None:
    """A wall of arches; one side lies in the light."""
    wall = view.at((x, -1.4, -3.4), (x, spring, -3.4), (x, spring, bays * bay), (x, -1.4, bays * bay))
    plate.erase(wall)
    plate.hatch(wall, 0.12 if lit else 0.42, 0, 4)
    for index in range(-1, bays):
        near, far = index * bay + 0.35, (index + 1) * bay - 0.35
        crown = view.side_arch(x, near, far, 0.1)
        opening = np.concatenate([view.at((x, -1.4, near)), crown, view.at((x, -1.4, far))])
        plate.erase(opening)
        plate.hatch(opening, 0.5 if lit else 0.88, 90, 3.6)
        plate.outline(opening, 1.5)
        for z in (near - 0.35, far + 0.35):
            plate.line(view.line((x, -1.4, z), (x, spring, z)), 1.6)
        for y in (0.1, -0.02):
            plate.line(view.line((x, y, near - 0.35), (x, y, near)), 1.6)
    for y in (spring, spring - 0.16, spring - 0.24):
        plate.line(view.line((x, y, -3.4), (x, y, bays * bay)), 1.4)


def _end_wall(plate: Plate, view: View, half: float, spring: float, end: float, rng: Generator) -> None:
    wall = np.concatenate(
        [view.at((half, -1.4, end)), view.arch(-half, half, spring, end), view.at((-half, -1.4, end))]
    )
    plate.erase(wall)
    plate.hatch(wall, 0.14, 0, 3.6)
    plate.outline(wall, 1.3)
    door = np.concatenate(
        [view.at((0.9, -1.4, end)), view.arch(-0.9, 0.9, 0.6, end), view.at((-0.9, -1.4, end))]
    )
    plate.erase(door)
    plate.outline(door, 1.6)


def prison(sheet: Sheet, rng: Generator) -> Plate:
    """Arches behind arches, stairs, bridges and ropes."""
    plate = Plate(600, 760, rng)
    plate.hatch(rectangle(0, 600, 600, 760), lambda x, y: 0.25 + 0.3 * (y - 600) / 160, 4, 4.4)
    plate.hatch(rectangle(0, 0, 600, 600), lambda x, y: 0.34 - 0.3 * y / 600, 40, 5)
    for index, (x, wide, foot, tone) in enumerate(
        ((90, 190, 560, 0.2), (330, 210, 540, 0.25), (-60, 300, 660, 0.42), (260, 360, 700, 0.5))
    ):
        shift, grow = rng.uniform(-46, 46), rng.uniform(0.86, 1.16)
        _great_arch(plate, rng, x + shift, foot, wide * grow, 470 + index * 40, tone)
    _bridge_of_planks(plate, 40, 380, 600, 320)
    _stairs(plate, rng, rng.uniform(90, 190), 742, rng.uniform(380, 500), rng.uniform(430, 520))
    for x in (150, 330, 470):
        plate.line(points((x, 0), (x + rng.normal(0, 6), rng.uniform(200, 360))), 2.2)
        wheel = ellipse(x, rng.uniform(150, 230), 20, 24)
        plate.erase(wheel)
        plate.outline(wheel, 3)
    _great_arch(plate, rng, -170, 790, 330, 860, 0.62)
    for x, y, size in ((250, 610, 34), (150, 700, 44), (330, 360, 26), (470, 730, 52)):
        wanderers(plate, rng, x, y, size, 2)
    plate.shade(
        None,
        np.clip(0.45 - np.hypot(plate.x - 380, plate.y - 250) / 900, 0, 0.22),
        straight(62, 5),
        tremble=3,
    )
    return plate


def _great_arch(
    plate: Plate, rng: Generator, x: float, foot: float, wide: float, high: float, tone: float
) -> None:
    """A pier and arch of rough blocks."""
    pier, top = wide * 0.2, foot - high
    spring = foot - high * 0.42
    opening = np.concatenate(
        [
            points((x + wide - pier, foot)),
            arc(x + wide / 2, spring, wide / 2 - pier, wide / 2 - pier, 0, -180, 40),
            points((x + pier, foot)),
        ]
    )
    body = np.concatenate([opening, points((x, foot), (x, top), (x + wide, top), (x + wide, foot))])
    plate.erase(body)
    plate.hatch(
        body, lambda px, py: tone * (0.6 + 0.5 * (px - x) / wide + 0.3 * np.sin(py / 37)), 8, 4.2, turn=50
    )
    plate.outline(body, 1.6)
    for a in np.linspace(0, np.pi, 15):
        inner, outer = wide / 2 - pier, wide / 2 - pier * 0.45
        at = np.array([x + wide / 2, spring])
        ray = np.array([np.cos(a), -np.sin(a)])
        plate.line(np.stack([at + inner * ray, at + outer * ray]), 1.6)
    for y in np.arange(top, foot, 30):
        for left, right in ((x, x + pier), (x + wide - pier, x + wide)):
            plate.strokes(
                [
                    points((left, y), (right, y)),
                    points((rng.uniform(left, right), y), (rng.uniform(left, right), y + 30)),
                ],
                1.6,
            )


def _stairs(plate: Plate, rng: Generator, x: float, foot: float, end: float, top: float) -> None:
    count = 16
    for index in range(count):
        t, u = index / count, (index + 1) / count
        left, right = x + (end - x) * t, x + (end - x) * u
        y, up = foot + (top - foot) * t, foot + (top - foot) * u
        step = points(
            (left, y), (right, y), (right, up), (left, up), (left - 90, up + 26), (left - 90, y + 26)
        )
        plate.erase(step)
        plate.hatch(step, 0.5, 90, 3.6)
        tread = points((left, up), (right, up), (right - 90, up + 26), (left - 90, up + 26))
        plate.erase(tread)
        plate.outline(step, 1.3)
        plate.outline(tread, 1.3)


def _bridge_of_planks(plate: Plate, left: float, y: float, right: float, top: float) -> None:
    deck = points((left - 60, y), (right, top), (right, top + 20), (left - 60, y + 20))
    plate.erase(deck)
    plate.hatch(deck, 0.55, 84, 3.8)
    plate.outline(deck, 1.8)
    for t in np.linspace(0, 1, 12):
        x = left - 60 + (right - left + 60) * t
        level = y + (top - y) * t
        plate.line(points((x, level), (x, level - 34)), 2)
    plate.line(points((left - 60, y - 34), (right, top - 34)), 2.2)
