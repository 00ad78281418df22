"""Plans of fortified towns seen from straight above, and the two halves of the globe."""

import cv2
import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, moved, points, rectangle, rotate, smooth
from catalog.sample.hatching import rings, straight
from catalog.sample.lettering import ITALIC, ROMAN
from catalog.sample.motifs import cartography as signs
from catalog.sample.motifs import nature
from catalog.sample.motifs.frames import corner_scrolls, motto, scale_border
from catalog.sample.motifs.inscriptions import fitted, signatures
from catalog.sample.noise import fractal_noise
from catalog.sample.people import FUESSLIN, KOLB, SAUVAGNE, WALDMEYER, ZEHNDLER
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject


def draw(sheet: Sheet, rng: Generator) -> Plate:
    """Draw one plate of this genre."""
    plate = Plate(*((900, 600) if sheet.options.get("globe") else (800, 700)), rng)
    if sheet.options.get("globe"):
        _globe(plate, rng, sheet)
    else:
        _town(plate, rng, sheet)
    signatures(plate, sheet, 24, plate.height - 22, plate.width - 24)
    return plate


# A fortified town


def _town(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    centre, radius = (plate.width * 0.52, plate.height * 0.53), plate.height * 0.33
    bastions, turn = sheet.options.get("bastions", 6), rng.uniform(0, 60)
    _fields(plate, rng)
    if sheet.options.get("river", True):
        _river(plate, rng, centre, radius)
    _works(plate, centre, radius, bastions, turn)
    _streets(plate, rng, centre, radius * 0.78, sheet.options.get("plan", "grid"))
    _tint(plate, centre, radius)
    plate.erase_outside(10)
    scale_border(plate, 6, 6, plate.width - 6, plate.height - 6)
    motto(plate, sheet.subject.lines[0].upper(), plate.width / 2, 58, plate.width * 0.62, 40, sag=0.03)
    signs.compass_rose(plate, 86, plate.height - 110, 44)
    box = rectangle(plate.width - 214, plate.height - 116, plate.width - 26, plate.height - 36)
    plate.erase(box)
    plate.outline(box, 1.4)
    signs.scale_of_miles(plate, plate.width - 190, plate.height - 56, 140, "Schritte / Pas")


def _fields(plate: Plate, rng: Generator) -> None:
    """Gardens and ploughed strips around the town."""
    for _ in range(46):
        x, y, a = rng.uniform(0, plate.width), rng.uniform(0, plate.height), rng.uniform(0, 180)
        w, h = rng.uniform(26, 60, 2)
        strip = moved(rotate(rectangle(-w, -h, w, h), a), x, y)
        plate.erase(strip)
        plate.hatch(strip, rng.uniform(0.1, 0.22), a + rng.choice([0, 90]), rng.uniform(5, 7.5))
        plate.outline(strip, 0.8)
    for _ in range(120):
        signs.round_tree(plate, rng.uniform(0, plate.width), rng.uniform(0, plate.height), rng.uniform(4, 6))


def _river(plate: Plate, rng: Generator, centre: tuple[float, float], radius: float) -> None:
    y = np.linspace(-20, plate.height + 20, 7)
    x = plate.width * 0.5 + np.cumsum(rng.normal(0, 46, 7)) - 40
    middle = smooth(np.stack([x, y], 1))
    bed = np.concatenate([moved(middle, -26, 0), moved(middle, 26, 0)[::-1]])
    plate.erase(bed)
    plate.shade(bed, 0.22, lambda px, py: (px - np.interp(py, middle[:, 1], middle[:, 0])) / 5)
    plate.outline(bed, 1.6)
    away = np.hypot(plate.x - centre[0], plate.y - centre[1]) / radius
    plate.tint(bed, (130, 174, 182), np.clip((away - 1.2) * 40, 0, 0.6))


def _works(plate: Plate, centre: tuple[float, float], radius: float, bastions: int, turn: float) -> None:
    """Glacis, moat with ravelins, rampart and wall, from outside inwards."""
    cx, cy = centre
    for scale, tone, width in ((1.32, 0.0, 1.0), (1.2, 0.42, 1.6), (1.0, 0.12, 2.4), (0.9, 0.0, 1.2)):
        trace = signs.star_fort(cx, cy, radius * scale, bastions, turn)
        plate.erase(trace)
        if tone:
            plate.shade(trace, tone, straight(0, 4) if tone > 0.3 else rings(cx, cy, 4))
        plate.outline(trace, width)
    for index in range(bastions):
        a = np.radians(turn + (index + 0.5) * 360 / bastions)
        x, y = cx + radius * 1.12 * np.cos(a), cy + radius * 1.12 * np.sin(a)
        island = moved(rotate(points((-16, -20), (26, 0), (-16, 20), (-8, 0)), np.degrees(a)), x, y)
        plate.erase(island)
        plate.outline(island, 1.6)


def _streets(plate: Plate, rng: Generator, centre: tuple[float, float], radius: float, plan: str) -> None:
    blocks = _radial_blocks(radius) if plan == "radial" else _grid_blocks(rng, radius)
    for block in blocks:
        signs.block_plan(plate, rng, moved(block, *centre), rng.uniform(0, 90))
    church = (
        np.array(
            [
                (-20, -6),
                (-8, -6),
                (-8, -14),
                (4, -14),
                (4, -6),
                (22, -6),
                (27, 0),
                (22, 6),
                (4, 6),
                (4, 14),
                (-8, 14),
                (-8, 6),
                (-20, 6),
            ]
        )
        * 1.1
    )
    place = ellipse(centre[0], centre[1], 44, 36)
    plate.erase(place)
    plate.outline(place, 1)
    plate.fill(moved(rotate(church, -20), *centre), 0.92)


def _grid_blocks(rng: Generator, radius: float) -> list[np.ndarray]:
    """Crooked rectangles inside a circle about (0, 0)."""
    cuts = [np.cumsum(np.concatenate([[-radius], rng.uniform(34, 62, 12)])) for _ in range(2)]
    angle, blocks = rng.uniform(-30, 30), []
    for left, right in zip(cuts[0], cuts[0][1:], strict=False):
        for top, bottom in zip(cuts[1], cuts[1][1:], strict=False):
            block = rectangle(left + 4, top + 4, right - 4, bottom - 4) + rng.normal(0, 2, (4, 2))
            if np.hypot(*block.T).max() < radius:
                blocks.append(rotate(block, angle))
    return blocks


def _radial_blocks(radius: float) -> list[np.ndarray]:
    """Rings of blocks between streets that leave the centre."""
    blocks = []
    for inner, outer, count in ((52, 92, 8), (102, 140, 16), (150, radius * 0.97, 24)):
        for index in range(count):
            start, end = index * 360 / count + 3, (index + 1) * 360 / count - 3
            blocks.append(
                np.concatenate(
                    [arc(0, 0, outer, outer, start, end, 8), arc(0, 0, inner, inner, end, start, 8)]
                )
            )
    return blocks


def _tint(plate: Plate, centre: tuple[float, float], radius: float) -> None:
    plate.tint(ellipse(centre[0], centre[1], radius * 0.84, radius * 0.84), (216, 128, 104), 0.26)
    plate.tint(
        None,
        (176, 190, 120),
        np.clip(np.hypot(plate.x - centre[0], plate.y - centre[1]) / radius - 1.1, 0, 1) * 0.3,
    )


# The globe in two circles


def _globe(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    radius = 205
    terrain = fractal_noise(rng, plate.ink.shape, 150, 6)
    nature.sky(plate, rng, plate.height * 1.3, clouds=0.75, dark=0.3)
    for side in (-1, 1):
        _hemisphere(plate, terrain, plate.width / 2 + side * (radius + 6), plate.height * 0.53, radius)
    for x, y in ((plate.width / 2, 122), (plate.width / 2, plate.height - 82)):
        plate.erase(ellipse(x, y, 56, 56))
        signs.compass_rose(plate, x, y, 50)
    plate.erase_outside(10)
    scale_border(plate, 6, 6, plate.width - 6, plate.height - 6)
    title = " ".join(sheet.subject.lines).upper()
    box = points((150, 22), (plate.width - 150, 22), (plate.width - 150, 62), (150, 62))
    plate.erase(box)
    plate.outline(box, 1.4)
    plate.letter(title, plate.width / 2, 50, fitted(title, 560, 20, spacing=0.2), hand=ROMAN, spacing=0.2)
    corner_scrolls(plate, 26, 26, plate.width - 26, plate.height - 26, 46)


def _hemisphere(plate: Plate, terrain: np.ndarray, cx: float, cy: float, radius: float) -> None:
    plate.erase(ellipse(cx, cy, radius + 16, radius + 16, 180))
    inside = np.hypot(plate.x - cx, plate.y - cy) < radius
    land = ((terrain > 0.06) & inside).astype(np.float32)
    distance = cv2.distanceTransform(((land < 0.5) & inside).astype(np.uint8), cv2.DIST_L2, 5)
    plate.shade(
        None, np.clip(0.7 - distance / 14, 0, 1) * (land < 0.5) * inside, straight(0, 3.4), tremble=0.4
    )
    edge = cv2.morphologyEx(land, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) * inside
    plate.add(np.s_[:, :], cv2.GaussianBlur(edge, (0, 0), 0.6))
    plate.tint(None, (222, 178, 110), land * 0.5)
    plate.tint(None, (140, 178, 180), (1 - land) * inside * 0.4)
    for line in _graticule(cx, cy, radius):
        plate.line(line, 0.9, tone=0.7)
    for grow, width in ((0, 2.0), (8, 1.0), (14, 2.2)):
        plate.outline(ellipse(cx, cy, radius + grow, radius + grow, 180), width)
    for degrees in range(0, 360, 30):
        a = np.radians(degrees)
        at = np.array([cx + (radius + 8) * np.cos(a), cy + (radius + 8) * np.sin(a)])
        plate.line(np.stack([at, at + 6 * np.array([np.cos(a), np.sin(a)])]), 1.4)
    plate.letter("AEQVATOR", cx - radius * 0.4, cy - 5, 9, hand=ITALIC, spacing=0.4)


def _graticule(cx: float, cy: float, radius: float) -> list[np.ndarray]:
    """Meridians and parallels of a globular projection."""
    lines = [points((cx - radius, cy), (cx + radius, cy))]
    t = np.linspace(-1, 1, 60)
    for share in np.linspace(-1, 1, 13)[1:-1]:
        lines.append(np.stack([cx + share * radius * np.sqrt(1 - t**2), cy + t * radius], 1))
    for share in (-0.8, -0.6, -0.4, -0.2, 0.2, 0.4, 0.6, 0.8):
        half = np.sqrt(1 - share**2)
        lines.append(np.stack([cx + t * half * radius, cy + radius * share * (0.8 + 0.2 * t**2 * 1.1)], 1))
    return lines


MAKER = ("Kartograph", "Stecher")
GENRE = Genre(
    name="plan",
    classification="Plan",
    techniques=("Kupferstich, koloriert", "Radierung, koloriert"),
    teams=(
        (Hand(KOLB, MAKER, "sculp."), Hand(FUESSLIN, ("Verleger",))),
        (Hand(SAUVAGNE, MAKER, "del."),),
        (Hand(ZEHNDLER, MAKER, "mensuravit"), Hand(WALDMEYER, ("Verlegerin",))),
    ),
    draw=draw,
    press=Press(age=0.5, margin=30),
    subjects=(
        subject("Grundriss der Festung Birsau", bastions=6),
        subject("Plan of the Citadel of Corvane", bastions=5, plan="radial", river=False),
        subject("Lindach sambt seinen Schanzen", bastions=8, plan="radial"),
        subject("Ichnographia urbis Rothenavii", bastions=7),
        subject("Orbis terrarum | in duas partes divisus", globe=True),
        subject("Die zwey Hälften der Erdkugel", globe=True),
    ),
)
