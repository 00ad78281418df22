"""Architecture: vaulted halls and arcades in perspective, façades, orders of columns, garden plans, prisons of fancy."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, points, rectangle, spiral
from catalog.sample.hatching import rays, rings, straight
from catalog.sample.lettering import ITALIC
from catalog.sample.motifs import buildings, devices, nature, scrolls
from catalog.sample.motifs import cartography as signs
from catalog.sample.motifs.figures import wanderer, wanderers
from catalog.sample.motifs.frames import palmette, rosette
from catalog.sample.motifs.inscriptions import with_caption
from catalog.sample.motifs.perspective import View
from catalog.sample.people import CERVELLI, FROEHLI, FUESSLIN, KOLB, SAUVAGNE, ZEHNDLER
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject


def draw(sheet: Sheet, rng: Generator) -> Plate:
    return with_caption(VIEWS[sheet.options["view"]](sheet, rng), sheet, rng)


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


def _hall(sheet: Sheet, rng: Generator) -> Plate:
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


def _prison(sheet: Sheet, rng: Generator) -> Plate:
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
    _great_arch(plate, rng, -170, 790, 330, 860, 0.8)
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


def _facade(sheet: Sheet, rng: Generator) -> Plate:
    """An elevation with its measured storeys."""
    plate = Plate(860, 560, rng)
    nature.sky(plate, rng, 470, clouds=0.8, dark=0.22)
    left, right, foot = 90, 770, 486
    devices.body(plate, rectangle(left, 200, right, foot), tone=0.1, degrees=0)
    bays = sheet.options.get("bays", 9)
    wide = (right - left) / bays
    for bay in range(bays):
        middle = left + (bay + 0.5) * wide
        for top, high, kind in ((222, 74, "round"), (322, 70, "gable"), (418, 66, "arch")):
            _window(plate, middle, top, wide * 0.46, high, kind)
        for x in (left + bay * wide, left + (bay + 1) * wide):
            _pilaster(plate, x, 206, 400)
    for y, grow in ((196, 10), (304, 4), (402, 6), (foot - 4, 12)):
        devices.body(plate, rectangle(left - grow, y, right + grow, y + 9), tone=0.3)
    middle = (left + right) / 2
    if sheet.options.get("dome"):
        buildings.dome(plate, middle, 200, 210)
    gable = points((middle - wide * 2, 196), (middle, 118), (middle + wide * 2, 196))
    devices.body(plate, gable, tone=0.25)
    rosette(plate, middle, 166, 22)
    for x in np.linspace(left, right, bays + 1):
        if abs(x - middle) > wide * 2:
            scrolls.vase(plate, x, 196, 34)
    plate.hatch(rectangle(0, foot + 6, 860, 560), 0.4, 0, 4.4)
    wanderers(plate, rng, 240, 536, 40, 3)
    wanderers(plate, rng, 640, 530, 36, 2)
    return plate


def _window(plate: Plate, x: float, top: float, wide: float, high: float, kind: str) -> None:
    frame = rectangle(x - wide / 2, top, x + wide / 2, top + high)
    if kind == "arch":
        frame = np.concatenate(
            [
                arc(x, top + wide / 2, wide / 2, wide / 2, 180, 360, 20),
                points((x + wide / 2, top + high), (x - wide / 2, top + high)),
            ]
        )
    plate.erase(frame)
    plate.hatch(frame, lambda px, py: 0.85 - 0.35 * (px - x) / wide, 90, 3.4)
    plate.outline(frame, 1.6)
    if kind == "gable":
        plate.outline(points((x - wide * 0.66, top - 3), (x, top - 15), (x + wide * 0.66, top - 3)), 1.4)
    if kind == "round":
        plate.line(arc(x, top - 2, wide * 0.62, 12, 180, 360, 16), 1.6)
    for share in (0, 1 / 3, -1 / 3):
        plate.scratch(
            [points((x - wide / 2, top + high * (0.5 + share)), (x + wide / 2, top + high * (0.5 + share)))],
            1.6,
        )
    plate.scratch([points((x, top), (x, top + high))], 2)


def _pilaster(plate: Plate, x: float, top: float, foot: float) -> None:
    devices.body(plate, rectangle(x - 6, top, x + 6, foot), tone=0.3, degrees=90, width=1.1)
    devices.body(plate, rectangle(x - 9, top, x + 9, top + 9), tone=0.3, width=1.1)


def _orders(sheet: Sheet, rng: Generator) -> Plate:
    """Columns side by side with their measures."""
    plate = Plate(820, 620, rng)
    plate.shade(None, 0.16, straight(0, 5), tremble=0.4)
    for index, (kind, high) in enumerate(
        (("TVSCANA", 350), ("DORICA", 390), ("IONICA", 420), ("CORINTHIA", 445), ("COMPOSITA", 460))
    ):
        x, foot = 96 + index * 158, 560
        _order(plate, x, foot, high, kind)
        plate.letter(kind, x, 602, 13, spacing=0.16)
        plate.line(points((x - 70, foot), (x - 70, foot - high)), 0.9)
        for part in range(15):
            plate.line(points((x - 73, foot - high * part / 14), (x - 67, foot - high * part / 14)), 1)
    return plate


def _order(plate: Plate, x: float, foot: float, high: float, kind: str) -> None:
    """Plinth, base, shaft, capital and a piece of entablature."""
    radius, neck = 34.0, foot - high + 46
    shaft = points(
        (x - radius * 0.84, neck), (x + radius * 0.84, neck), (x + radius, foot - 30), (x - radius, foot - 30)
    )
    flutes = 0 if kind == "TVSCANA" else 0.3
    plate.erase(shaft)
    plate.shade(
        shaft,
        lambda px, py: np.clip(
            0.3
            + 0.5 * (px - x) / radius
            + flutes * np.sin(np.arcsin(np.clip((px - x) / radius, -1, 1)) * 13),
            0.03,
            1,
        ),
        straight(90, 3.6),
        tremble=0.2,
    )
    plate.outline(shaft, 1.6)
    for a, b, grow in ((-30, -20, 4), (-20, -12, 8), (-12, 0, 14)):
        devices.body(plate, rectangle(x - radius - grow, foot + a, x + radius + grow, foot + b), tone=0.4)
    if kind in ("CORINTHIA", "COMPOSITA"):
        for row, count in ((0, 5), (1, 4)):
            for spread in np.linspace(-1, 1, count):
                scrolls.acanthus(
                    plate,
                    x + spread * radius * 0.8,
                    neck - row * 18,
                    34,
                    -90 + spread * 26,
                    curl=spread * 0.6,
                )
    if kind in ("IONICA", "COMPOSITA"):
        for side in (-1, 1):
            eye = x + side * radius * 1.06
            devices.body(plate, ellipse(eye, neck - 24, 17, 17), tone=0.3)
            plate.strokes([spiral(eye, neck - 24, 16, side * 2.2, start=-90)], 2.6)
    if kind in ("TVSCANA", "DORICA"):
        devices.body(
            plate, rectangle(x - radius * 0.84, neck - 38, x + radius * 0.84, neck + 2), tone=0.4, degrees=0
        )
    devices.body(plate, rectangle(x - radius * 1.3, neck - 48, x + radius * 1.3, neck - 36), tone=0.35)
    for a, b, grow in ((-92, -48, 4), (-108, -92, 14), (-118, -108, 22)):
        devices.body(plate, rectangle(x - radius - grow, neck + a, x + radius + grow, neck + b), tone=0.28)
    if kind == "DORICA":
        for shift in (-18, 0, 18):
            plate.fill(rectangle(x + shift - 4, neck - 86, x + shift + 4, neck - 54), 0.8)


def _garden(sheet: Sheet, rng: Generator) -> Plate:
    """A parterre from above with hedges, basins and avenues."""
    plate = Plate(640, 760, rng)
    plate.shade(None, 0.1, straight(0, 7))
    for x in (22, 618):
        for y in np.arange(20, 760, 24):
            signs.round_tree(plate, x, y, 11)
    for row in range(3):
        for column in range(2):
            _parterre(plate, 70 + column * 262, 40 + row * 238, 238, 206, row)
    for y in (262, 500):
        basin = ellipse(320, y, 40, 40)
        plate.erase(ellipse(320, y, 54, 54))
        plate.outline(ellipse(320, y, 54, 54), 1.6)
        plate.shade(basin, 0.42, rings(320, y, 4))
        plate.outline(basin, 2)
        palmette(plate, 320, y + 8, 26)
    return plate


def _parterre(plate: Plate, left: float, top: float, wide: float, high: float, kind: int) -> None:
    """One bed of embroidery in box, symmetrical both ways."""
    bed = rectangle(left, top, left + wide, top + high)
    plate.erase(bed)
    for inset, width in ((0, 4), (9, 1.2)):
        plate.outline(rectangle(left + inset, top + inset, left + wide - inset, top + high - inset), width)
    cx, cy = left + wide / 2, top + high / 2
    for sx in (-1, 1):
        for sy in (-1, 1):
            line = spiral(wide * 0.27, high * 0.26, wide * 0.17, 1.8 + 0.2 * kind, start=200 + 40 * kind)
            plate.strokes([line * (sx, sy) + np.array([cx, cy])], 7)
            second = spiral(wide * 0.1, high * 0.12, wide * 0.09, -1.4, start=30)
            plate.strokes([second * (sx, sy) + np.array([cx, cy])], 5)
            signs.round_tree(plate, cx + sx * wide * 0.44, cy + sy * high * 0.42, 9)
    rosette(plate, cx, cy, 20)


def _labyrinth(sheet: Sheet, rng: Generator) -> Plate:
    """Concentric hedges with gates."""
    plate = Plate(660, 660, rng)
    c = 330.0
    plate.shade(None, 0.34 * (np.hypot(plate.x - c, plate.y - c) > 312), straight(45, 4.2), tremble=0.3)
    for index, radius in enumerate(np.arange(56, 312, 32.0)):
        gate = float(rng.uniform(0, 360))
        opening = 26 * 16 / radius * 2
        band = np.concatenate(
            [
                arc(c, c, radius + 9, radius + 9, gate + opening, gate + 360, 120),
                arc(c, c, radius - 9, radius - 9, gate + 360, gate + opening, 120),
            ]
        )
        plate.erase(band)
        plate.shade(
            band,
            lambda x, y: 0.62 + 0.3 * ((x - c) + (y - c)) / 500,
            rays(c, c, int(radius * 1.5)),
            tremble=1.6,
        )
        plate.outline(band, 1.8)
        if index < 7:
            for spoke in (gate + 90, gate + 210):
                a = np.radians(spoke)
                ray = np.array([np.cos(a), np.sin(a)])
                plate.line(
                    np.stack([np.array([c, c]) + (radius + 9) * ray, np.array([c, c]) + (radius + 23) * ray]),
                    9,
                )
    nature.tree(plate, rng, c, c + 26, 76)
    plate.letter_round("QVAERENDO INVENIETIS", (c, c), 292, -90, 13, hand=ITALIC)
    return plate


PlateOf = Callable[[Sheet, Generator], Plate]
VIEWS: dict[str, PlateOf] = {
    "hall": _hall,
    "prison": _prison,
    "facade": _facade,
    "orders": _orders,
    "garden": _garden,
    "labyrinth": _labyrinth,
}
ARCHITECT = ("Architekt", "Stecher")
GENRE = Genre(
    name="architecture",
    classification="Architekturdarstellung",
    techniques=("Radierung", "Kupferstich", "Radierung, Kupferstich"),
    teams=(
        (Hand(CERVELLI, ARCHITECT, "inv. et inc."),),
        (Hand(SAUVAGNE, ("Architekt",), "inv."), Hand(ZEHNDLER, ("Stecher",), "sc.")),
        (Hand(FROEHLI, ARCHITECT, "del. et sc."),),
        (
            Hand(CERVELLI, ("Architekt",), "del."),
            Hand(KOLB, ("Stecher",), "sculp."),
            Hand(FUESSLIN, ("Verleger",)),
        ),
    ),
    draw=draw,
    press=Press(age=0.45),
    subjects=(
        subject("Gewölbte Halle mit Arkaden", view="hall"),
        subject("Kerker mit Zugbrücke und Treppen", view="prison"),
        subject("Aufriss des Palastes zu Birsau", view="facade", dome=True),
        subject("Die fünf Säulenordnungen", view="orders"),
        subject("Grundriss eines Lustgartens", view="garden"),
        subject("Interior of a Vaulted Cloister", view="hall", upright=True, bays=9),
        subject("Der Irrgarten zu Lindach", view="labyrinth"),
        subject("Elevation of a Town House of Seven Bays", view="facade", bays=7),
        subject("Phantastischer Kerker, zweite Platte", view="prison"),
    ),
)
