"""Architecture: halls, façades, orders of columns, garden plans and prisons of fancy."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import arc, ellipse, points, rectangle, spiral
from catalog.sample.hatching import straight
from catalog.sample.motifs import buildings, devices, nature, scrolls
from catalog.sample.motifs.figures import wanderers
from catalog.sample.motifs.frames import rosette
from catalog.sample.motifs.gardens import garden, labyrinth
from catalog.sample.motifs.inscriptions import with_caption
from catalog.sample.motifs.interiors import hall, prison
from catalog.sample.people import CERVELLI, FROEHLI, FUESSLIN, KOLB, SAUVAGNE, ZEHNDLER
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject


def draw(sheet: Sheet, rng: Generator) -> Plate:
    """Draw one plate of this genre."""
    return with_caption(VIEWS[sheet.options["view"]](sheet, rng), sheet, rng)


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
    _shaft(plate, x, neck, foot - 30, radius, flutes=0 if kind == "TVSCANA" else 0.3)
    for a, b, grow in ((-30, -20, 4), (-20, -12, 8), (-12, 0, 14)):
        devices.body(plate, rectangle(x - radius - grow, foot + a, x + radius + grow, foot + b), tone=0.4)
    _capital(plate, x, neck, radius, kind)
    for a, b, grow in ((-92, -48, 4), (-108, -92, 14), (-118, -108, 22)):
        devices.body(plate, rectangle(x - radius - grow, neck + a, x + radius + grow, neck + b), tone=0.28)
    if kind == "DORICA":
        for shift in (-18, 0, 18):
            plate.fill(rectangle(x + shift - 4, neck - 86, x + shift + 4, neck - 54), 0.8)


def _shaft(plate: Plate, x: float, top: float, foot: float, radius: float, *, flutes: float) -> None:
    """The tapering shaft of a column, with or without flutes."""
    slim = radius * 0.84
    shaft = points((x - slim, top), (x + slim, top), (x + radius, foot), (x - radius, foot))

    def tone(px: np.ndarray, py: np.ndarray) -> np.ndarray:
        across = (px - x) / radius
        grooves = flutes * np.sin(np.arcsin(np.clip(across, -1, 1)) * 13)
        return np.asarray(np.clip(0.3 + 0.5 * across + grooves, 0.03, 1))

    plate.erase(shaft)
    plate.shade(shaft, tone, straight(90, 3.6), tremble=0.2)
    plate.outline(shaft, 1.6)


def _capital(plate: Plate, x: float, neck: float, radius: float, kind: str) -> None:
    """A plain neck, volutes, leaves, or leaves and volutes, under the abacus."""
    if kind in ("CORINTHIA", "COMPOSITA"):
        for row, count in ((0, 5), (1, 4)):
            for spread in np.linspace(-1, 1, count):
                at = x + spread * radius * 0.8
                scrolls.acanthus(plate, at, neck - row * 18, 34, -90 + spread * 26, curl=spread * 0.6)
    if kind not in ("CORINTHIA", "COMPOSITA"):
        collar = rectangle(x - radius * 0.84, neck - 38, x + radius * 0.84, neck + 2)
        devices.body(plate, collar, tone=0.4, degrees=0)
    if kind in ("IONICA", "COMPOSITA"):
        for side in (-1, 1):
            eye = x + side * radius * 1.06
            devices.body(plate, ellipse(eye, neck - 24, 17, 17), tone=0.3)
            plate.strokes([spiral(eye, neck - 24, 16, side * 2.2, start=-90)], 2.6)
    devices.body(plate, rectangle(x - radius * 1.3, neck - 48, x + radius * 1.3, neck - 36), tone=0.35)


PlateOf = Callable[[Sheet, Generator], Plate]
VIEWS: dict[str, PlateOf] = {
    "hall": hall,
    "prison": prison,
    "facade": _facade,
    "orders": _orders,
    "garden": garden,
    "labyrinth": labyrinth,
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
