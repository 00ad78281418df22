"""Cabinets of nature: shells, butterflies, beetles, fishes and feathers, drawn larger than life."""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from catalog.sample.lettering import ITALIC
from catalog.sample.motifs.colours import WINGS
from catalog.sample.motifs.fishes import feather, fish
from catalog.sample.motifs.inscriptions import with_caption
from catalog.sample.motifs.insects import beetle, butterfly
from catalog.sample.motifs.shells import ammonite, cockle, shadow, spire
from catalog.sample.people import ASHDOWNE, BRUEGGLI, FROEHLI, MOREAU, PEMBERLEY
from catalog.sample.plate import Plate
from catalog.sample.printing import Press
from catalog.sample.sheets import Genre, Hand, Sheet, subject


def draw(sheet: Sheet, rng: Generator) -> Plate:
    """Draw one plate of this genre."""
    plate = Plate(*((820, 580) if sheet.options.get("wide") else (580, 740)), rng)
    CABINETS[sheet.options["kind"]](plate, rng, sheet)
    return with_caption(plate, sheet, rng)


def _numbered(plate: Plate, number: int, x: float, y: float) -> None:
    plate.letter(f"Fig. {number}.", x, y, 11, hand=ITALIC)


# Shells


def _shells(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    """Snails wound as spires, flat spirals and cockles."""
    makers = {"spire": spire, "ammonite": ammonite, "cockle": cockle}
    for number, (kind, x, y, size) in enumerate(sheet.options["shells"]):
        at = np.array([x * plate.width, y * plate.height])
        shadow(plate, at, size)
        makers[kind](plate, rng, at, size)
        _numbered(plate, number + 1, at[0], at[1] + size * 1.18)


# Butterflies and beetles


def _butterflies(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    for number, (x, y, size, pair) in enumerate(sheet.options["insects"]):
        at = np.array([x * plate.width, y * plate.height])
        butterfly(plate, rng, at, size, WINGS[pair])
        _numbered(plate, number + 1, at[0], at[1] + size * 0.98)


def _beetles(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    for number, (x, y, size, pair) in enumerate(sheet.options["insects"]):
        at = np.array([x * plate.width, y * plate.height])
        beetle(plate, rng, at, size, WINGS[pair][1], horned=number % 2 == 0)
        _numbered(plate, number + 1, at[0], at[1] + size * 1.22)


# Fishes and feathers


def _fishes(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    for number, (x, y, size, pair) in enumerate(sheet.options["insects"]):
        at = np.array([x * plate.width, y * plate.height])
        fish(plate, rng, at, size, WINGS[pair])
        _numbered(plate, number + 1, at[0], at[1] + size * 0.52)


def _feathers(plate: Plate, rng: Generator, sheet: Sheet) -> None:
    for number, (x, y, size, pair) in enumerate(sheet.options["insects"]):
        at = np.array([x * plate.width, y * plate.height])
        feather(plate, rng, at, size, WINGS[pair])
        _numbered(plate, number + 1, at[0] + 24, at[1] + 8)


Cabinet = Callable[[Plate, Generator, Sheet], None]
CABINETS: dict[str, Cabinet] = {
    "shells": _shells,
    "butterflies": _butterflies,
    "beetles": _beetles,
    "fishes": _fishes,
    "feathers": _feathers,
}
PAINTRESS = ("Zeichnerin",)
GENRE = Genre(
    name="naturalia",
    classification="Naturstudie",
    techniques=("Kupferstich, koloriert", "Radierung, koloriert", "Aquatinta, koloriert"),
    teams=(
        (Hand(PEMBERLEY, ("Zeichnerin", "Stecherin"), "del. et sculp."),),
        (Hand(BRUEGGLI, PAINTRESS, "ad viv. pinx."), Hand(ASHDOWNE, ("Stecher",), "sc.")),
        (Hand(MOREAU, PAINTRESS, "pinx."), Hand(FROEHLI, ("Stecher",), "sc.")),
    ),
    draw=draw,
    press=Press(laid=False, ink=(54, 46, 40), age=0.35),
    subjects=(
        subject(
            "Drey Schnecken und eine Muschel",
            kind="shells",
            shells=(
                ("spire", 0.3, 0.3, 150),
                ("ammonite", 0.7, 0.24, 110),
                ("cockle", 0.3, 0.74, 108),
                ("spire", 0.72, 0.7, 130),
            ),
        ),
        subject(
            "Tagfalter, erste Tafel",
            kind="butterflies",
            insects=((0.5, 0.26, 190, 0), (0.28, 0.62, 118, 1), (0.74, 0.62, 122, 2), (0.5, 0.87, 84, 3)),
        ),
        subject(
            "Ammonshorn aus dem Steinbruch bei Lindach", kind="shells", shells=(("ammonite", 0.5, 0.46, 250),)
        ),
        subject(
            "Hirschkäfer und andere Käfer",
            kind="beetles",
            insects=((0.5, 0.38, 170, 0), (0.22, 0.78, 74, 4), (0.78, 0.78, 74, 1)),
        ),
        subject(
            "Fishes of the Merrow Estuary",
            kind="fishes",
            wide=True,
            insects=((0.5, 0.24, 250, 1), (0.36, 0.62, 200, 0), (0.74, 0.84, 160, 4)),
        ),
        subject(
            "Federn der Sumpfvögel",
            kind="feathers",
            insects=((0.14, 0.93, 560, 0), (0.36, 0.93, 640, 1), (0.58, 0.93, 590, 3), (0.8, 0.93, 500, 4)),
        ),
        subject(
            "Moths and Butterflies, Plate the Second",
            kind="butterflies",
            wide=True,
            insects=(
                (0.24, 0.3, 140, 4),
                (0.72, 0.3, 170, 5),
                (0.2, 0.76, 96, 2),
                (0.5, 0.72, 124, 3),
                (0.82, 0.78, 90, 0),
            ),
        ),
        subject(
            "Muscheln vom Strand zu Holmsund",
            kind="shells",
            wide=True,
            shells=(
                ("cockle", 0.22, 0.42, 150),
                ("cockle", 0.78, 0.34, 104),
                ("spire", 0.52, 0.44, 170),
                ("ammonite", 0.79, 0.78, 76),
            ),
        ),
        subject(
            "Käfer mit glänzenden Flügeldecken",
            kind="beetles",
            wide=True,
            insects=((0.2, 0.5, 104, 3), (0.5, 0.5, 130, 1), (0.8, 0.5, 104, 2)),
        ),
    ),
)
