"""Maps of invented coasts and islands, with soundings of fancy."""

import cv2
import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse, moved, points, rectangle, smooth
from catalog.sample.hatching import straight
from catalog.sample.lettering import ITALIC, ROMAN
from catalog.sample.motifs import cartography as signs
from catalog.sample.motifs import ships
from catalog.sample.motifs.frames import cartouche, scale_border
from catalog.sample.motifs.inscriptions import fitted, signatures
from catalog.sample.noise import fractal_noise
from catalog.sample.people import DREXLER, FUESSLIN, SAUVAGNE, WAECKERLIN, WALDMEYER, ZEHNDLER
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject

NAMES = (
    "Birsau",
    "Lindach",
    "Seewyl",
    "Tannegg",
    "Rothenau",
    "Merrow",
    "Sankt Ägid",
    "Ostwerd",
    "Holmsund",
    "Vallorne",
    "Corvane",
    "Grünau",
    "Südhafen",
    "Möwenort",
    "Altwyl",
    "Port Elen",
    "Kap Ruh",
    "Weißenfels",
)
SEAS = (
    "MARE BOREALE",
    "DAS STILLE MEER",
    "OCEANVS",
    "GOLFO DI SAN LVCA",
    "MER DE TANNEGG",
    "SINVS ORIENTALIS",
)
TINTS = ((214, 120, 96), (126, 168, 104), (228, 196, 92), (198, 138, 168), (120, 160, 178))


def draw(sheet: Sheet, rng: Generator) -> Plate:
    """Draw one plate of this genre."""
    plate = Plate(*((640, 830) if sheet.options.get("upright") else (880, 680)), rng)
    land = _land(plate, rng, sheet.options.get("shape", "island"))
    _coast(plate, land)
    sea = (land < 0.5).astype(np.uint8)
    if sheet.options.get("tinted", True):
        _colours(plate, rng, land)
    corners = _corners(plate, sea)
    _inland(plate, rng, land, corners, sheet.options.get("towns", 9))
    free = _free_spots(sea, corners)
    _sea(plate, rng, sea, free, sheet)
    _title(plate, sheet, *corners[0])
    _scale(plate, rng, *corners[1])
    for left, right in ((18, 148), (plate.width - 148, plate.width - 18)):
        plate.erase(rectangle(left, plate.height - 33, right, plate.height - 15))
    signatures(plate, sheet, 24, plate.height - 21, plate.width - 24)
    plate.erase_outside(10)
    scale_border(plate, 6, 6, plate.width - 6, plate.height - 6)
    return plate


def _land(plate: Plate, rng: Generator, shape: str) -> np.ndarray:
    """1 on land, 0 at sea, float32 of the plate's shape."""
    u, v = plate.x / plate.width * 2 - 1, plate.y / plate.height * 2 - 1
    forms = {
        "island": 0.62 - np.hypot(u * 0.95, v * 1.05),
        "coast": u * 0.9 + 0.1 + 0.25 * np.sin(v * 3),
        "bay": np.hypot(u + 0.25, v * 0.9 - 0.25) - 0.68,
        "strait": np.abs(u * 0.75 + v * 0.55) - 0.36,
        "archipelago": 0.16 - 0.22 * np.hypot(u, v),
        "cape": 0.5 - np.hypot(u * 1.5, np.maximum(v * 0.8 + 0.2, 0)) - 0.1 * v,
    }
    height = (
        forms[shape] + fractal_noise(rng, plate.ink.shape, 210 if shape != "archipelago" else 130, 6) * 0.46
    )
    return np.asarray((cv2.GaussianBlur(height.astype(np.float32), (0, 0), 1.2) > 0.06).astype(np.float32))


def _coast(plate: Plate, land: np.ndarray) -> None:
    """The shore line, and short level strokes in the water along it."""
    distance = cv2.distanceTransform((land < 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    tone = np.clip(0.75 - distance / 15, 0, 1) * (land < 0.5)
    plate.shade(None, tone, straight(0, 3.4), tremble=0.4)
    for shore in _contours(land):
        plate.outline(shore, 1.7)


def _contours(mask: np.ndarray) -> list[np.ndarray]:
    found, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    kernel = np.ones(5) / 5
    lines = [contour[:, 0].astype(float) for contour in found if len(contour) > 24]
    return [
        np.stack([np.convolve(np.pad(line[:, i], 2, mode="wrap"), kernel, "valid") for i in (0, 1)], 1)[::2]
        for line in lines
    ]


def _colours(plate: Plate, rng: Generator, land: np.ndarray) -> None:
    """Provinces outlined in water colour, the sea faintly green along the shore."""
    seeds = rng.uniform(0, 1, (5, 2)) * (plate.width, plate.height)
    warp = fractal_noise(rng, plate.ink.shape, 120, 3) * 60
    reach = np.stack([np.hypot(plate.x - x + warp, plate.y - y - warp) for x, y in seeds])
    province, nearest = reach.argmin(axis=0), np.sort(reach, axis=0)
    edge = np.exp(-(nearest[1] - nearest[0]) / 16) * 0.5 + 0.16
    order = rng.permutation(len(TINTS))
    for index in range(len(seeds)):
        plate.tint(None, TINTS[order[index]], edge * land * (province == index))
    distance = cv2.distanceTransform((land < 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    plate.tint(None, (120, 168, 160), np.exp(-distance / 26) * 0.42 * (land < 0.5))
    border = (np.abs(nearest[1] - nearest[0]) < 1.6) & (land > 0.5) & ((plate.x + plate.y) % 7 < 4)
    plate.add(np.s_[:, :], border.astype(np.float32) * 0.8)


def _inland(
    plate: Plate, rng: Generator, land: np.ndarray, corners: list[tuple[int, int]], towns: int
) -> None:
    """Mountain chains, rivers, woods, and towns with their names, all clear of the shore."""
    depth = cv2.distanceTransform((land > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    depth[:40], depth[-40:], depth[:, :40], depth[:, -40:] = 0, 0, 0, 0
    for column, row in corners:
        depth[row - 90 : row + 90, column - 170 : column + 150] = 0
    for _ in range(3):
        _river(plate, rng, depth)
    peaks = _spread(rng, depth > 22, 60, 15)
    chain = fractal_noise(rng, plate.ink.shape, 170, 2)
    for x, y in sorted(
        (spot for spot in peaks if chain[int(spot[1]), int(spot[0])] > -0.12), key=lambda spot: spot[1]
    ):
        signs.molehill(plate, rng, x, y, rng.uniform(9, 15))
    depth[:, -130:] = 0  # room for the names
    names = rng.permutation(NAMES)
    for index, (x, y) in enumerate(_spread(rng, depth > 16, towns, 74)):
        width = 14 + 7 * len(names[index])
        plate.erase(points((x + 10, y - 10), (x + width, y - 10), (x + width, y + 4), (x + 10, y + 4)))
        signs.place(plate, rng, x, y, str(names[index]), grand=index == 0)


def _spread(rng: Generator, allowed: np.ndarray, count: int, apart: float) -> list[tuple[float, float]]:
    """Up to `count` random places where `allowed`, none nearer than `apart` pixels to another."""
    spots: list[tuple[float, float]] = []
    rows, columns = np.nonzero(allowed)
    for index in rng.integers(0, max(1, len(rows)), count * 12) if len(rows) else ():
        x, y = float(columns[index]), float(rows[index])
        if len(spots) < count and all(np.hypot((x - a) * 0.6, y - b) > apart * 0.6 for a, b in spots):
            spots.append((x, y))
    return spots


def _river(plate: Plate, rng: Generator, depth: np.ndarray) -> None:
    """From the deepest inland near a random place down to the shore, meandering."""
    rows, columns = np.nonzero(depth > max(30.0, float(depth.max()) * 0.55))
    if not len(rows):
        return
    pick = int(rng.integers(len(rows)))
    line, heading = [np.array([columns[pick], rows[pick]], float)], rng.uniform(0, 6.3)
    for _ in range(90):
        x, y = line[-1].astype(int)
        if not (3 < x < plate.width - 4 and 3 < y < plate.height - 4) or depth[y, x] < 1:
            break
        fall = -np.array([float(depth[y, x + 3] - depth[y, x - 3]), float(depth[y + 3, x] - depth[y - 3, x])])
        heading += rng.normal(0, 0.35)
        step = fall / (np.hypot(*fall) + 1e-6) * 0.75 + np.array([np.cos(heading), np.sin(heading)]) * 0.6
        line.append(line[-1] + 5 * step / (np.hypot(*step) + 1e-6))
    if len(line) > 6:
        for shift in (-1.0, 1.0):
            plate.line(smooth(np.array(line[::2]) + shift, 5), 0.9)


def _free_spots(sea: np.ndarray, corners: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """Places in open water, the widest first."""
    room = sea.copy()
    room[:22], room[-22:], room[:, :22], room[:, -22:] = 0, 0, 0, 0
    for x, y in corners:
        room[max(0, y - 80) : y + 80, max(0, x - 140) : x + 140] = 0
    spots = []
    for _ in range(7):
        distance = cv2.distanceTransform(room, cv2.DIST_L2, 5)
        _, radius, _, (x, y) = cv2.minMaxLoc(distance)
        if radius < 26:
            break
        spots.append((float(x), float(y)))
        cv2.circle(room, (x, y), 96, 0, -1)
    return spots


def _sea(
    plate: Plate, rng: Generator, sea: np.ndarray, free: list[tuple[float, float]], sheet: Sheet
) -> None:
    """Winds, ships, monsters and the name of the sea."""
    for x, y in free[:2]:
        signs.rhumbs(plate, x, y, sea, lines=16 if sheet.options.get("upright") else 32)
    if free:
        signs.compass_rose(plate, *free[0], 52)
    for index, (x, y) in enumerate(free[1:]):
        plate.erase(ellipse(x, y - 14, 42, 32))
        if index == 1:
            signs.sea_monster(plate, x, y + 12, 34)
        elif index == 2:
            plate.letter(
                str(rng.choice(SEAS)), x, y, 11, hand=ITALIC, spacing=0.3, degrees=rng.uniform(-12, 12)
            )
        else:
            ships.ship(plate, rng, x, y + 14, 62, masts=2 + index % 2)


def _corners(plate: Plate, sea: np.ndarray) -> list[tuple[int, int]]:
    """Centres for the cartouche and the scale of miles: the two corners with the most water."""
    corners = [(x, y) for x in (150, plate.width - 150) for y in (98, plate.height - 104)]
    return sorted(
        corners, key=lambda at: -float(sea[at[1] - 70 : at[1] + 70, at[0] - 120 : at[0] + 120].mean())
    )[:2]


def _title(plate: Plate, sheet: Sheet, x: int, y: int) -> None:
    width, height = 210, 92
    cartouche(plate, x, y, width, height)
    for index, line in enumerate(sheet.subject.lines):
        words, hand, tall = (line, ITALIC, 13) if index else (line.upper(), ROMAN, 20)
        plate.letter(words, x, y - 8 + index * 20, fitted(words, width * 0.84, tall), hand=hand)
    plate.letter(f"Anno {sheet.year}", x, y + 36, 9, hand=ITALIC)
    plate.tint(ellipse(x, y, width * 0.66, height * 0.78), (226, 186, 130), 0.3)


def _scale(plate: Plate, rng: Generator, x: int, y: int) -> None:
    top = plate.height - 60 if y > plate.height / 2 else 92
    box = moved(points((-92, -70), (92, -70), (92, 26), (-92, 26)), x, top)
    plate.erase(box)
    plate.outline(box, 1.4)
    label = str(rng.choice(("Scala Milliarium", "Deutsche Meilen", "Lieues de France")))
    signs.scale_of_miles(plate, x - 70, top + 6, 140, label)


MAKER = ("Kartograph", "Stecher")
GENRE = Genre(
    name="map",
    classification="Karte",
    techniques=("Kupferstich, koloriert", "Kupferstich, Radierung, koloriert"),
    teams=(
        (Hand(ZEHNDLER, MAKER, "fecit"), Hand(WALDMEYER, ("Verlegerin",))),
        (Hand(WAECKERLIN, MAKER, "descripsit"), Hand(DREXLER, ("Verleger",))),
        (Hand(SAUVAGNE, MAKER, "delineavit"), Hand(FUESSLIN, ("Verleger",))),
    ),
    draw=draw,
    press=Press(age=0.6, margin=30, paper=(244, 233, 210)),
    subjects=(
        subject("Insula Tannegg | cum portubus suis", shape="island"),
        subject("Die Küste von Seewyl | sampt den Häfen und Untiefen", shape="coast", towns=11),
        subject("The Bay of Merrow | with its Soundings", shape="bay", towns=12),
        subject("Fretum Corvanum | nova tabula", shape="strait", towns=10),
        subject("Die Ostwerder Inseln | neu aufgenommen", shape="archipelago", towns=7),
        subject("Das Vorgebirge der Ruhe", shape="cape", upright=True),
        subject("Carte de l'Isle Vallorne", shape="island", upright=True, towns=8),
        subject("Der Südliche Meerbusen | mit großem Fleiß", shape="bay", upright=True, towns=9),
        subject("A Chart of the Northern Isles", shape="archipelago", upright=True, tinted=False, towns=6),
    ),
)
