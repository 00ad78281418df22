"""Ornament prints: candelabra, friezes, knots, initials and vases to be copied by goldsmiths and joiners."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from catalog.sample.curves import ellipse, points, rectangle
from catalog.sample.hatching import straight
from catalog.sample.lettering import BOLD
from catalog.sample.motifs import scrolls
from catalog.sample.motifs.frames import palmette, rosette, wreath
from catalog.sample.motifs.inscriptions import with_caption
from catalog.sample.people import CERVELLI, FROEHLI, FUESSLIN, HARTLAUB, OETTINGER
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject


def draw(sheet: Sheet, rng: Generator) -> Plate:
    """Draw one plate of this genre."""
    return with_caption(PATTERNS[sheet.options["pattern"]](sheet, rng), sheet, rng)


def _ground(plate: Plate, kind: str) -> None:
    if kind == "black":
        plate.ink[:] = 255
    elif kind == "hatched":
        plate.shade(None, 0.5, straight(0, 3.8), tremble=0.3)


def _candelabrum(sheet: Sheet, rng: Generator) -> Plate:
    """Vases, scrolls and palmettes stacked on one axis."""
    plate = Plate(520, 760, rng)
    _ground(plate, sheet.options.get("ground", "plain"))
    axis = plate.width / 2
    for y, size, turn in ((640, 92, 1), (455, 84, -1), (262, 92, 1), (96, 62, -1)):
        radius = size * rng.uniform(0.92, 1.06)
        scrolls.scroll(plate, axis + radius * 1.32, y, radius, turn, 180, leaves=int(rng.integers(7, 10)))
    for y in (720, 548, 350, 176):
        for spread in (-62, -20, 24, 66):
            scrolls.acanthus(plate, axis, y, 84, -90 + spread, curl=0.5 if spread > 0 else -0.5)
    scrolls.vase(plate, axis, 740, 150)
    scrolls.festoon(plate, axis - 100, axis + 100, 500, 40)
    scrolls.vase(plate, axis, 420, 120, bulge=0.36)
    palmette(plate, axis, 210, 84)
    rosette(plate, axis, 520, 34)
    palmette(plate, axis, 84, 60)
    scrolls.mirrored(plate)
    return plate


def _frieze(sheet: Sheet, rng: Generator) -> Plate:
    """A running scroll."""
    plate = Plate(840, 330, rng)
    _ground(plate, sheet.options.get("ground", "hatched"))
    radius, middle = 104, 168
    for index in range(5):
        up = index % 2 == 0
        x = 20 + index * radius * 2.04
        scrolls.scroll(plate, x, middle, radius, 1 if up else -1, 180, leaves=9)
    for y in (8, 20, plate.height - 20, plate.height - 8):
        plate.line(points((0, y), (plate.width, y)), 1.6)
    _beads(plate, 14)
    _beads(plate, plate.height - 14)
    return plate


def _beads(plate: Plate, y: float) -> None:
    plate.erase(rectangle(0, y - 5, plate.width, y + 5))
    for x in np.arange(7, plate.width, 14).tolist():
        plate.fill(ellipse(x, y, 4, 4, 14))


def _knot(sheet: Sheet, rng: Generator) -> Plate:
    """Endless bands in rings, white on black or black on white."""
    plate = Plate(680, 680, rng)
    black = sheet.options.get("ground") == "black"
    _ground(plate, "black" if black else "plain")
    middle, fold = 340.0, sheet.options["fold"]
    rings = [
        (266, 52, 3, fold * 2 + 1),
        (176, 46, 2, fold + (fold + 1) % 2),
        (96, 38, 2, fold if fold % 2 else fold + 1),
    ]
    knots = [
        scrolls.torus_knot(middle, middle, radius, depth, around, through, turn=float(rng.uniform(0, 90)))
        for radius, depth, around, through in rings
    ]
    scrolls.interlace(plate, [line for line, _ in knots], [height for _, height in knots], 13, ink=not black)
    for x in (68, 612):
        for y in (68, 612):
            line, height = scrolls.torus_knot(x, y, 32, 16, 2, 7, count=420)
            scrolls.interlace(plate, [line], [height], 7, ink=not black)
    rosette(plate, middle, middle, 44, petals=fold)
    return plate


def _rosace(sheet: Sheet, rng: Generator) -> Plate:
    """A ceiling rose: scrolls turned about a centre."""
    plate = Plate(680, 680, rng)
    _ground(plate, sheet.options.get("ground", "hatched"))
    fold, middle = sheet.options["fold"], 340.0
    plate.erase(ellipse(middle, middle, 322, 322, 160))
    plate.outline(ellipse(middle, middle, 322, 322, 160), 3)
    plate.outline(ellipse(middle, middle, 312, 312, 160), 1.2)
    for index in range(fold):
        a = 2 * np.pi * index / fold
        for turn in (1, -1):
            lean = a + turn * np.pi / fold * 0.5
            scrolls.scroll(
                plate,
                middle + 216 * np.cos(lean),
                middle + 216 * np.sin(lean),
                400 / fold,
                turn,
                np.degrees(a) + 180,
                leaves=6,
            )
    for index in range(fold * 2):
        a = 360 * index / (fold * 2)
        scrolls.acanthus(plate, middle, middle, 150 if index % 2 else 120, a, curl=0.12)
    rosette(plate, middle, middle, 62, petals=fold)
    return plate


def _initial(sheet: Sheet, rng: Generator) -> Plate:
    """A great letter among scrolls."""
    plate = Plate(600, 620, rng)
    plate.shade(None, 0.55, straight(0, 3.8), tremble=0.3)
    for x, y, turn, start in ((150, 160, 1, 90), (455, 170, -1, 90), (150, 470, -1, 270), (455, 460, 1, 270)):
        scrolls.scroll(plate, x, y, 118, turn, start, leaves=9)
    rosette(plate, 300, 315, 46)
    letter = Plate(600, 620, rng)
    letter.letter(sheet.options["letter"], 300, 520, 400, hand=BOLD)
    halo = Plate(600, 620, rng)
    for dx, dy in ((-5, 0), (5, 0), (0, -5), (0, 5), (4, 4), (-4, -4), (4, -4), (-4, 4)):
        halo.letter(sheet.options["letter"], 300 + dx, 520 + dy, 400, hand=BOLD)
    plate.scrape(np.s_[:, :], halo.ink.astype(np.float32) / 255)
    plate.add(np.s_[:, :], letter.ink.astype(np.float32) / 255)
    for inset in (5, 14):
        plate.outline(rectangle(inset, inset, 600 - inset, 620 - inset), 2)
    return plate


def _vase(sheet: Sheet, rng: Generator) -> Plate:
    """One vase, as a pattern for silver or stone."""
    plate = Plate(540, 740, rng)
    plate.shade(
        None, np.clip(0.5 - plate.y / 1500 + 0.2 * (plate.x / 540 - 0.5), 0, 1), straight(0, 4.6), tremble=0.8
    )
    plate.hatch(rectangle(0, 640, 540, 740), 0.62, 3, 4.4)
    plate.hatch(ellipse(350, 664, 200, 26), 0.85, 0, 3.6)
    if sheet.options.get("handles", True):
        scrolls.handles(plate, 270, 664, 480)
    scrolls.vase(plate, 270, 664, 520, bulge=sheet.options.get("bulge", 0.4), tone=0.85)
    if sheet.options.get("festoon"):
        scrolls.festoon(plate, 150, 390, 366, 60)
    if sheet.options.get("wreath"):
        wreath(plate, 270, 414, 72, 60, leaf_length=24, leaves=30)
    if sheet.options.get("flames"):
        palmette(plate, 270, 150, 110, lobes=9)
    return plate


Pattern = Callable[[Sheet, Generator], Plate]
PATTERNS: dict[str, Pattern] = {
    "candelabrum": _candelabrum,
    "frieze": _frieze,
    "knot": _knot,
    "rosace": _rosace,
    "initial": _initial,
    "vase": _vase,
}
ENGRAVER = ("Entwerfer", "Stecher")
GENRE = Genre(
    name="ornament",
    classification="Ornament",
    techniques=("Kupferstich", "Radierung"),
    teams=(
        (Hand(CERVELLI, ENGRAVER, "inv. et sculp."),),
        (Hand(OETTINGER, ENGRAVER, "inv."),),
        (Hand(HARTLAUB, ENGRAVER),),
        (Hand(FROEHLI, ENGRAVER, "del. et sc."),),
        (Hand(CERVELLI, ("Entwerfer",), "inv."), Hand(FUESSLIN, ("Verleger",))),
    ),
    draw=draw,
    press=Press(age=0.45),
    subjects=(
        subject("Hochfüllung mit Kandelaber", pattern="candelabrum", ground="hatched"),
        subject("Laufender Rankenfries", pattern="frieze"),
        subject("Der erste Knoten", pattern="knot", fold=7, ground="black"),
        subject("Rosette zu einer Decke", pattern="rosace", fold=8),
        subject("Initiale B mit Ranken", pattern="initial", letter="B"),
        subject("Vase mit Lorbeerkranz", pattern="vase", wreath=True),
        subject("Groteske auf schwarzem Grund", pattern="candelabrum", ground="black"),
        subject(
            "Design for an Urn with Festoons",
            pattern="vase",
            festoon=True,
            handles=False,
            bulge=0.34,
            flames=True,
        ),
        subject("Der fünfte Knoten", pattern="knot", fold=11),
        subject("Frieze with Rinceaux", pattern="frieze", ground="black"),
        subject("Initiale S mit Ranken", pattern="initial", letter="S"),
        subject("Schlanke Prunkvase", pattern="vase", bulge=0.26, flames=True),
    ),
)
